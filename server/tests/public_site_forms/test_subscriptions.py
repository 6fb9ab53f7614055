from datetime import datetime, timedelta

import pytest
from django.test import Client

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.subscribers import confirm, subscribe
from afterword.audience.models import Subscriber, SubscriberState
from afterword.components.actions import create_component, create_page
from afterword.components.models import Page
from afterword.kit import clock
from afterword.postbox.models import Letter, LetterState
from fanout.published import publish
from postbox.letters import posted

pytestmark = pytest.mark.django_db
ADA = "ada@mail.example"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def page(now: datetime) -> Page:
    page = create_page(
        actor=MACHINE, now=now, name="Larkbridge", url="https://status.larkbridge.example"
    )
    for name in ("Payments", "Exports"):
        create_component(actor=MACHINE, now=now, page=page, name=name, public_id=name.lower())
    return page


@pytest.fixture
def visitor(page: Page) -> Client:
    """Somebody without cookies, whose forms are checked as strictly as on a real server."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def active(page: Page) -> Subscriber:
    at = clock.now() - timedelta(days=1)
    subscribe(now=at, page=page, email=ADA)
    return confirm(now=at, token=Letter.objects.get().fill["confirmation"])


def test_a_stranger_and_a_subscriber_get_the_same_answer(
    visitor: Client, active: Subscriber
) -> None:
    answers = [
        visitor.post("/subscribe/", {"email": email}, follow=True)
        for email in (ADA, "new@mail.example")
    ]
    known, unknown = [(each.status_code, each.redirect_chain, each.content) for each in answers]
    assert known == unknown
    assert b"mailbox" in answers[0].content


def test_subscribing_confirming_and_leaving_in_a_browser_without_cookies(
    visitor: Client, page: Page
) -> None:
    assert b"<form" in visitor.get("/subscribe/").content
    visitor.post("/subscribe/", {"email": ADA})
    link = f"/subscribe/confirm/{Letter.objects.get().fill['confirmation']}/"
    assert visitor.head(link).status_code == 200
    assert Subscriber.objects.get().state == SubscriberState.UNCONFIRMED
    assert b"You are subscribed" in visitor.post(link).content
    assert Subscriber.objects.get().state == SubscriberState.ACTIVE
    leave = f"/unsubscribe/{Subscriber.objects.get().token}/"
    assert b"You are unsubscribed" in visitor.post(leave).content
    assert Subscriber.objects.get().state == SubscriberState.UNSUBSCRIBED
    assert not visitor.cookies


def test_a_reader_chooses_a_time_zone_while_signing_up_and_nobody_else_for_them(
    visitor: Client, page: Page
) -> None:
    page.time_zone = "Europe/Brussels"
    page.save()
    form = visitor.get("/subscribe/").content.decode()
    assert '<option value="">Europe/Brussels (this page’s)</option>' in form
    assert '<option value="America/Argentina/Salta">Argentina, Salta</option>' in form
    visitor.post("/subscribe/", {"email": ADA, "zone": "Asia/Tokyo"})
    assert Subscriber.objects.get().zone == "Asia/Tokyo"
    visitor.post(f"/subscribe/confirm/{Letter.objects.get().fill['confirmation']}/")
    for zone in ("Europe/Rome", ""):
        visitor.post("/subscribe/", {"email": ADA, "zone": zone})
        assert Subscriber.objects.get().zone == "Asia/Tokyo"
    chosen = '<option value="Asia/Tokyo" selected>Tokyo</option>'
    manage = visitor.get(f"/subscribe/manage/{Subscriber.objects.get().token}/").content.decode()
    assert chosen in manage
    assert "data-zone-here" not in manage, "a choice that was made is not guessed over"
    refused = visitor.post("/subscribe/", {"email": "new@mail.example", "zone": "Mars/Base"})
    assert refused.status_code == 422
    assert "no such time zone" in refused.content.decode()


def test_a_scanner_that_opens_every_link_unsubscribes_nobody(
    visitor: Client, active: Subscriber
) -> None:
    leave = f"/unsubscribe/{active.token}/"
    for _ in range(3):
        answer = visitor.get(leave)
        assert answer.status_code == 200
        assert b'method="post"' in answer.content
        visitor.head(leave)
    active.refresh_from_db()
    assert active.state == SubscriberState.ACTIVE


def test_a_scanner_that_opens_every_link_confirms_nobody(visitor: Client, page: Page) -> None:
    visitor.post("/subscribe/", {"email": ADA})
    link = f"/subscribe/confirm/{Letter.objects.get().fill['confirmation']}/"
    for _ in range(3):
        answer = visitor.get(link)
        assert (answer.status_code, answer.content.count(b"<button")) == (200, 1)
        assert ADA.encode() in answer.content
        visitor.head(link)
    assert Subscriber.objects.get().state == SubscriberState.UNCONFIRMED
    visitor.post(link)
    assert Subscriber.objects.get().state == SubscriberState.ACTIVE
    assert b"You are subscribed" in visitor.get(link).content


def test_one_click_from_a_mail_program_acts_at_once_without_redirect(
    visitor: Client, active: Subscriber, now: datetime
) -> None:
    (waiting,) = posted(now, [ADA])
    for _ in range(2):
        answer = visitor.post(f"/unsubscribe/{active.token}/", ONE_CLICK)
        assert answer.status_code == 200
    active.refresh_from_db()
    waiting.refresh_from_db()
    assert active.state == SubscriberState.UNSUBSCRIBED
    assert waiting.state == LetterState.WITHDRAWN


@pytest.mark.parametrize("where", ["unsubscribe", "subscribe/manage", "subscribe/confirm"])
def test_a_link_that_is_not_ours_says_how_to_go_on(visitor: Client, where: str) -> None:
    answer = visitor.get(f"/{where}/{'x' * 43}/")
    assert answer.status_code == 404
    assert b"Subscribe again" in answer.content


def test_what_is_no_address_is_shown_back_escaped(visitor: Client) -> None:
    answer = visitor.post("/subscribe/", {"email": '"><script>alert(1)</script>'})
    assert answer.status_code == 422
    assert b"<script>alert" not in answer.content
    assert b"name@company.example" in answer.content


def test_a_network_that_asks_too_often_is_told_to_wait(visitor: Client) -> None:
    answers = [
        visitor.post("/subscribe/", {"email": f"r{n}@mail.example"}).status_code for n in range(21)
    ]
    assert answers == [303] * 20 + [429]


@pytest.mark.parametrize(
    ("direct", "noted", "expected"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("8.8.8.8", "1.1.1.1", "8.8.8.8"),
        ("127.0.0.1", "1.2.3.4, 8.8.4.4", "8.8.4.4"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("2a00:1450:4001:81b::200e", "", "2a00:1450:4001:81b::/64"),
        ("::ffff:8.8.8.8", "", "8.8.8.8"),
        ("", "", ""),
    ],
)
def test_a_proxy_of_ours_is_believed_and_a_stranger_is_not(
    rf: object, direct: str, noted: str, expected: str
) -> None:
    from django.test import RequestFactory

    from afterword.kit.networks import network_of

    request = RequestFactory().get("/", REMOTE_ADDR=direct, headers={"X-Forwarded-For": noted})
    documentation = direct in {"203.0.113.9"}
    # Documentation networks are not global, so a note behind them counts like behind a proxy.
    assert network_of(request.META) == ("198.51.100.1" if documentation else expected)


def test_pages_whose_address_is_a_key_stay_out_of_caches_and_referers(
    visitor: Client, active: Subscriber
) -> None:
    for address in (f"/unsubscribe/{active.token}/", f"/subscribe/manage/{active.token}/"):
        answer = visitor.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"


def test_a_reader_chooses_some_components_and_then_everything(
    visitor: Client, active: Subscriber
) -> None:
    manage = f"/subscribe/manage/{active.token}/"
    assert b"Payments" in visitor.get(manage).content
    some = {"scope": "some", "component": ["payments", "nothing-of-ours"]}
    assert b"Saved" in visitor.post(manage, some, follow=True).content
    assert [each.public_id for each in active.components.all()] == ["payments"]
    refused = visitor.post(manage, {"scope": "some"})
    assert refused.status_code == 422
    visitor.post(manage, {"scope": "all"})
    assert not active.components.exists()


def test_a_reader_follows_one_incident_and_nothing_else_until_they_choose_more(
    visitor: Client, page: Page, now: datetime
) -> None:
    publish(page, now, incident_id="pay1", title="Card <b>payments</b> failed")
    form = visitor.get("/subscribe/?incident=pay1").content
    assert b"Card &lt;b&gt;payments&lt;/b&gt; failed" in form
    visitor.post("/subscribe/", {"email": ADA, "incident": "pay1"})
    visitor.post(f"/subscribe/confirm/{Letter.objects.get().fill['confirmation']}/")
    ada = Subscriber.objects.get()
    assert (ada.state, ada.only_followed) == ("active", True)
    manage = f"/subscribe/manage/{ada.token}/"
    assert b"only the incidents you follow" in visitor.get(manage).content
    berlin = {"wants": "ends", "zone": "Europe/Berlin"}
    visitor.post(manage, {"scope": "followed"} | berlin)
    ada.refresh_from_db()
    assert (ada.only_followed, ada.wants, ada.zone) == (True, "ends", "Europe/Berlin")
    assert (
        visitor.post(manage, {"scope": "all", "wants": "ends", "zone": "Mars"}).status_code == 422
    )
    visitor.post(manage, {"scope": "all", "wants": "every", "zone": ""})
    ada.refresh_from_db()
    assert (ada.only_followed, ada.wants, ada.zone) == (False, "every", "")


def test_a_reader_chooses_a_digest(visitor: Client, active: Subscriber) -> None:
    manage = f"/subscribe/manage/{active.token}/"
    assert b"together once a week, on Monday" in visitor.get(manage).content
    visitor.post(manage, {"scope": "all", "digest": "weekly"})
    active.refresh_from_db()
    assert active.digest == "weekly"
    assert b'value="weekly" checked' in visitor.get(manage).content
    assert visitor.post(manage, {"scope": "all", "digest": "hourly"}).status_code == 422
    visitor.post(manage, {"scope": "all"})
    active.refresh_from_db()
    assert active.digest == "weekly", "a form without the choice changes nothing"


def test_an_incident_that_is_not_here_cannot_be_followed(visitor: Client, page: Page) -> None:
    assert visitor.get("/subscribe/?incident=nothing").status_code == 404
    assert visitor.post("/subscribe/", {"email": ADA, "incident": "no"}).status_code == 404
    assert not Subscriber.objects.exists()


def test_following_is_confirmed_also_by_who_subscribes_already(
    visitor: Client, active: Subscriber, page: Page, now: datetime
) -> None:
    publish(page, now, incident_id="pay1")
    visitor.post("/subscribe/", {"email": ADA, "incident": "pay1"})
    link = f"/subscribe/confirm/{Letter.objects.latest('pk').fill['confirmation']}/"
    assert visitor.get(link).content.count(b"<button") == 1
    assert not active.followed.exists()
    visitor.post(link)
    assert [each.incident_ref for each in active.followed.all()] == ["pay1"]
    active.refresh_from_db()
    assert not active.only_followed
