"""What a reader chose stays until they choose otherwise: nothing they did not say changes it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.subscribers import (
    choose_components,
    confirm,
    quarantine,
    unsubscribe,
)
from afterword.audience.actions.suppressions import suppress
from afterword.audience.links import confirmation_of
from afterword.audience.models import Hook, Subscriber
from afterword.audience.queries.subscribers import chosen_component_ids, follows
from afterword.components.models import Page
from afterword.components.queries import open_components
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
ADA = "ada@mail.example"
HOUR = timedelta(hours=1)


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - timedelta(days=10))


@pytest.fixture
def ada(page: Page, now: datetime) -> Subscriber:
    """A reader of payments alone."""
    (reader,) = subscribed(page, now - HOUR, ADA)
    return choose_components(
        now=now, token=reader.token, component_ids=["payments"], whole_page=False
    )


def now_of(reader: Subscriber) -> tuple[str, bool, set[str], list[str]]:
    found = Subscriber.objects.get(pk=reader.pk)
    return found.state, found.only_followed, set(chosen_component_ids(found)), follows(found)


def follow(reader: Subscriber, incident: str, now: datetime) -> None:
    confirm(now=now, token=confirmation_of(reader.token, now, incident))


def test_a_reader_whose_mail_came_back_has_their_choice_again_when_they_follow_an_incident(
    page: Page, ada: Subscriber, now: datetime
) -> None:
    quarantine(now=now, page=page, email=ADA, because="5.1.1 gone")
    follow(ada, "pay1", now + HOUR)
    assert now_of(ada) == ("active", False, {"payments"}, ["pay1"])


def test_one_who_followed_one_incident_alone_still_does_when_their_mail_works_again(
    page: Page, ada: Subscriber, now: datetime
) -> None:
    Subscriber.objects.update(only_followed=True)
    quarantine(now=now, page=page, email=ADA, because="5.1.1 gone")
    follow(ada, "pay1", now + HOUR)
    assert now_of(ada)[:2] == ("active", True)


@pytest.mark.parametrize("how", ["left", "complained"])
def test_whoever_wanted_no_more_gets_the_one_incident_they_follow_and_nothing_else(
    page: Page, ada: Subscriber, now: datetime, how: str
) -> None:
    if how == "left":
        unsubscribe(now=now, token=ada.token)
    else:
        suppress(actor=MACHINE, now=now, page=page, email=ADA, reason="complained")
        quarantine(now=now, page=page, email=ADA, because="Reported as spam.")
    follow(ada, "pay1", now + HOUR)
    assert now_of(ada)[:2] == ("active", True)


@pytest.mark.parametrize(
    "form", [{}, {"scope": ""}, {"scope": "x"}, {"component": ["exports"]}, {"zone": "UTC"}]
)
def test_a_form_that_says_nothing_of_what_mails_are_about_is_refused_and_changes_nothing(
    page: Page, ada: Subscriber, client: Client, form: dict[str, object]
) -> None:
    before = now_of(ada)
    answer = client.post(f"/subscribe/manage/{ada.token}/", form)
    assert answer.status_code == 422
    assert "Nothing was changed" in answer.content.decode()
    assert now_of(ada) == before


def test_of_a_form_that_is_refused_nothing_is_saved(
    page: Page, ada: Subscriber, client: Client
) -> None:
    form = {"scope": "all", "wants": "ends", "zone": "Europe/Berlin", "digest": "hourly"}
    assert client.post(f"/subscribe/manage/{ada.token}/", form).status_code == 422
    found = Subscriber.objects.get()
    assert (found.wants, found.zone, found.digest) == ("every", "", "none")
    assert now_of(ada)[2] == {"payments"}


def test_a_form_about_something_else_leaves_what_mails_are_about(
    page: Page, ada: Subscriber, client: Client
) -> None:
    client.post(f"/subscribe/manage/{ada.token}/", {"digest": "weekly"})
    assert Subscriber.objects.get().digest == "weekly"
    assert now_of(ada)[2] == {"payments"}


def test_a_reader_stops_following_one_incident(
    page: Page, ada: Subscriber, client: Client, now: datetime
) -> None:
    for incident in ("pay1", "exp1"):
        publish(page, now, incident_id=incident, title=f"{incident} failed")
        follow(ada, incident, now)
    manage = f"/subscribe/manage/{ada.token}/"
    assert b"Stop following exp1 failed" in client.get(manage).content
    for _ in range(2):
        assert client.post(manage, {"unfollow": "exp1"}).status_code == 303
    assert now_of(ada) == ("active", False, {"payments"}, ["pay1"])
    client.post(manage, {"unfollow": "pay1"})
    assert now_of(ada)[3] == []
    assert b"Stop following" not in client.get(manage).content


def test_the_only_thing_a_reader_gets_cannot_be_dropped_without_saying_what_then(
    page: Page, client: Client, now: datetime
) -> None:
    publish(page, now, incident_id="pay1")
    client.post("/subscribe/", {"email": ADA, "incident": "pay1"})
    reader = Subscriber.objects.get()
    follow(reader, "pay1", now)
    answer = client.post(f"/subscribe/manage/{reader.token}/", {"unfollow": "pay1"})
    assert answer.status_code == 422
    assert "To get nothing, unsubscribe" in answer.content.decode()
    assert now_of(reader) == ("active", True, set(), ["pay1"])


def test_an_empty_choice_for_a_webhook_changes_nothing(
    page: Page, client: Client, now: datetime
) -> None:
    hook = Hook.objects.create(
        page=page, channel="webhook", address_mark="m" * 64, sealed_url="", sealed_secret="",
        email=ADA, state="active", created_at=now, confirmed_at=now, wants="ends",
    )  # fmt: skip
    hook.components.set([each for each in open_components(page) if each.public_id == "payments"])
    where = f"/subscribe/hooks/{hook.token}/"
    answer = client.post(where, {"do": "choose", "wants": "every"})
    assert answer.status_code == 422
    hook.refresh_from_db()
    assert hook.wants == "ends"
    assert [each.public_id for each in hook.components.all()] == ["payments"]
