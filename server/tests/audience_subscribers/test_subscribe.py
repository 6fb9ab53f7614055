from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.subscribers import (
    MAILS_PER_ADDRESS_AND_DAY,
    REQUESTS_PER_NETWORK_AND_HOUR,
    confirm,
    forget,
    subscribe,
    unsubscribe,
)
from afterword.audience.models import SignUpRequest, Subscriber, SubscriberState
from afterword.audit.models import Entry
from afterword.components.actions import create_page
from afterword.components.models import Page
from afterword.kit.errors import BadInput, NotAllowed, NotFound
from afterword.postbox.models import Letter, LetterState, Stream
from postbox.letters import posted

pytestmark = pytest.mark.django_db
ADA = "ada@mail.example"


@pytest.fixture
def page(now: datetime) -> Page:
    return create_page(
        actor=MACHINE, now=now, name="Larkbridge", url="https://status.larkbridge.example"
    )


def confirmation_for(address: str) -> str:
    """Return what the newest confirmation link to the address carries."""
    letter = Letter.objects.filter(recipient=address).latest("pk")
    return str(letter.fill["confirmation"])


def test_one_click_in_the_mail_confirms(page: Page, now: datetime) -> None:
    subscriber = subscribe(now=now, page=page, email=" Ada@Mail.Example ")
    assert (subscriber.email, subscriber.state) == (ADA, SubscriberState.UNCONFIRMED)
    confirmed = confirm(now=now + timedelta(minutes=1), token=confirmation_for(ADA))
    assert confirmed.state == SubscriberState.ACTIVE
    again = confirm(now=now + timedelta(minutes=2), token=confirmation_for(ADA))
    assert again.confirmed_at == confirmed.confirmed_at


def test_an_address_that_is_subscribed_gets_its_manage_link_and_stays_active(
    page: Page, now: datetime
) -> None:
    subscribe(now=now, page=page, email=ADA)
    confirm(now=now, token=confirmation_for(ADA))
    later = now + timedelta(hours=1)
    assert subscribe(now=later, page=page, email=ADA).state == SubscriberState.ACTIVE
    mails = Letter.objects.filter(recipient=ADA).order_by("pk")
    assert ["manage" in each.message.text for each in mails] == [False, True]


def test_an_address_is_not_flooded(page: Page, now: datetime) -> None:
    for minute in range(24 * 60):
        if minute % 5 == 0:
            subscribe(now=now + timedelta(minutes=minute), page=page, email=ADA)
    sent = Letter.objects.filter(recipient=ADA)
    assert sent.count() == MAILS_PER_ADDRESS_AND_DAY
    assert {each.message.stream for each in sent} == {Stream.ACCOUNT}
    assert Subscriber.objects.count() == 1


def test_a_network_is_slowed_down_and_told_so(page: Page, now: datetime) -> None:
    for number in range(REQUESTS_PER_NETWORK_AND_HOUR):
        subscribe(now=now, page=page, email=f"r{number}@mail.example", network="192.0.2.7")
    with pytest.raises(NotAllowed, match="hour"):
        subscribe(now=now, page=page, email=ADA, network="192.0.2.7")
    subscribe(now=now, page=page, email=ADA, network="192.0.2.8")
    subscribe(now=now + timedelta(hours=2), page=page, email="z@mail.example", network="192.0.2.7")
    assert not SignUpRequest.objects.filter(network__contains="192").exists()


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ada",
        "ada@",
        "@mail.example",
        "ada@mail",
        "a" * 250 + "@mail.example",
        "ada@mail.example\r\nRCPT TO:<eve@mail.example>",
        "ada@mail.example, eve@mail.example",
        "<ada@mail.example>",
        "zoë@mail.example",
        "ada@\ud800.example",
        "ada@" + "x" * 70 + ".example",
    ],
)
def test_what_is_no_address_is_refused_with_a_way_on(page: Page, now: datetime, email: str) -> None:
    with pytest.raises(BadInput, match=r"name@company\.example"):
        subscribe(now=now, page=page, email=email)
    assert Letter.objects.count() == 0


def test_a_domain_in_any_script_is_one_address(page: Page, now: datetime) -> None:
    one = subscribe(now=now, page=page, email="ada@BÜCHER.example")
    two = subscribe(now=now, page=page, email="ada@xn--bcher-kva.example")
    assert one.pk == two.pk


def test_a_link_older_than_a_week_or_not_ours_confirms_nothing(page: Page, now: datetime) -> None:
    subscribe(now=now, page=page, email=ADA)
    link = confirmation_for(ADA)
    with pytest.raises(NotFound, match="Subscribe again"):
        confirm(now=now + timedelta(days=8), token=link)
    for forged in ("", "x", link[:-1], link.replace(".", ".9"), Subscriber.objects.get().token):
        with pytest.raises(NotFound):
            confirm(now=now, token=forged)
    assert Subscriber.objects.get().state == SubscriberState.UNCONFIRMED


def test_leaving_takes_back_what_was_waiting_and_may_be_repeated(page: Page, now: datetime) -> None:
    subscriber = subscribe(now=now, page=page, email=ADA)
    confirm(now=now, token=confirmation_for(ADA))
    (waiting,) = posted(now, [ADA])
    for minutes in (1, 2):
        left = unsubscribe(now=now + timedelta(minutes=minutes), token=subscriber.token)
        assert left.unsubscribed_at == now + timedelta(minutes=1)
    waiting.refresh_from_db()
    assert waiting.state == LetterState.WITHDRAWN


def test_an_old_confirmation_link_does_not_bring_back_who_left(page: Page, now: datetime) -> None:
    subscriber = subscribe(now=now, page=page, email=ADA)
    old = confirmation_for(ADA)
    confirm(now=now, token=old)
    unsubscribe(now=now + timedelta(hours=1), token=subscriber.token)
    with pytest.raises(NotFound):
        confirm(now=now + timedelta(hours=2), token=old)
    assert Subscriber.objects.get().state == SubscriberState.UNSUBSCRIBED
    subscribe(now=now + timedelta(hours=3), page=page, email=ADA)
    assert Subscriber.objects.get().state == SubscriberState.UNSUBSCRIBED
    confirm(now=now + timedelta(hours=3, minutes=1), token=confirmation_for(ADA))
    back = Subscriber.objects.get()
    assert (back.state, back.token) == (SubscriberState.ACTIVE, subscriber.token)


def test_addresses_never_confirmed_are_forgotten_and_others_are_not(
    page: Page, now: datetime
) -> None:
    for name in ("never", "active", "left"):
        subscribe(now=now, page=page, email=f"{name}@mail.example", network="192.0.2.7")
    for name in ("active", "left"):
        confirm(now=now, token=confirmation_for(f"{name}@mail.example"))
    unsubscribe(now=now, token=Subscriber.objects.get(email="left@mail.example").token)
    assert forget(now=now + timedelta(days=6)) == 0
    assert forget(now=now + timedelta(days=8)) == 1
    assert SignUpRequest.objects.count() == 0
    assert set(Subscriber.objects.values_list("email", flat=True)) == {
        "active@mail.example",
        "left@mail.example",
    }


def test_the_audit_log_tells_of_consent_without_the_address(page: Page, now: datetime) -> None:
    subscriber = subscribe(now=now, page=page, email=ADA)
    confirm(now=now, token=confirmation_for(ADA))
    unsubscribe(now=now, token=subscriber.token)
    acts = Entry.objects.filter(verb__startswith="audience.")
    assert [each.verb for each in acts] == [
        "audience.subscribe",
        "audience.confirm",
        "audience.unsubscribe",
    ]
    for each in acts:
        assert ADA not in f"{each.subject}{each.detail}{each.actor_label}"
        assert subscriber.token not in f"{each.subject}{each.detail}{each.actor_label}"


def test_links_in_mails_lead_to_this_site_with_the_token_in_the_path(
    page: Page, now: datetime
) -> None:
    from django.urls import resolve

    from afterword.audience import links

    for link, name in (
        (links.subscribe_url(), "subscribe"),
        (links.confirm_url("x"), "confirm"),
        (links.manage_url("x"), "manage"),
        (links.unsubscribe_url("x"), "unsubscribe"),
    ):
        assert resolve(urlsplit(link).path).url_name == name
        assert not urlsplit(link).query
