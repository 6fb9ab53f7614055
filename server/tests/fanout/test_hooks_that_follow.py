"""A webhook or room that follows one incident, to its end and no further; and chat servers inside
the house, which an operator names."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from afterword.audience.actions.hooks import (
    ask_for_hook,
    choose_for_hook,
    confirm_hook,
    remove_hook,
)
from afterword.audience.models import FollowedByHook, Hook, SubscriberState
from afterword.components.models import Page
from afterword.fanout.actions import end_following, expand_due
from afterword.fanout.queries import about_of
from afterword.kit.errors import BadInput
from afterword.kit.outgoing import places_of
from afterword.postbox.models import Letter
from afterword.publishing.models import Publication, PublicationKind, PublicIncident
from fanout.published import a_page, publish

pytestmark = pytest.mark.django_db
OWNER, ROOM = "ops@fernway.example", "https://hooks.slack.com/services/T0/B0/xyz"
DAY = timedelta(days=1)


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - 10 * DAY)


def a_room(page: Page, now: datetime, incident: str = "", url: str = ROOM) -> Hook:
    """Ask for a room, and confirm it over the page that the mail leads to."""
    ask_for_hook(now=now - DAY, page=page, channel="slack", url=url, email=OWNER, incident=incident)
    return confirm_hook(now=now - DAY, token=Hook.objects.latest("pk").token, incident=incident)


def hears(publication: Publication, now: datetime) -> bool:
    expand_due(now=now)
    return Letter.objects.filter(about=about_of(publication), channel="slack").exists()


def test_it_gets_every_word_about_that_incident_and_none_about_another(
    page: Page, now: datetime
) -> None:
    a_room(page, now, "pay1")
    assert hears(publish(page, now, status="investigating"), now)
    assert not hears(publish(page, now, status="investigating", incident_id="pay2"), now)
    assert hears(publish(page, now), now)
    assert hears(publish(page, now, kind=PublicationKind.CLOSURE), now)
    assert not hears(publish(page, now, kind=PublicationKind.NOTE, incident_id="pay2"), now)


def test_following_takes_nothing_from_a_room_that_gets_more(page: Page, now: datetime) -> None:
    room = a_room(page, now)
    choose_for_hook(
        now=now, token=room.token, component_ids=["exports"], whole_page=False, wants="every"
    )
    confirm_hook(now=now, token=room.token, incident="pay1")
    assert hears(publish(page, now, component="payments"), now)
    assert not hears(publish(page, now, component="payments", incident_id="pay2"), now)
    assert hears(publish(page, now, component="exports", incident_id="pay3"), now)


def test_it_ends_thirty_days_after_the_last_word_once_it_is_over(page: Page, now: datetime) -> None:
    room = a_room(page, now, "pay1")
    publish(page, now, status="investigating")
    later = now + 31 * DAY
    assert end_following(now=later) == 0, "it is not over"
    publish(page, later, status="resolved")
    PublicIncident.objects.update(is_open=False, updated_at=later)
    assert end_following(now=later + 29 * DAY) == 0
    assert end_following(now=later + 31 * DAY) == 1
    room.refresh_from_db()
    assert (room.state, FollowedByHook.objects.count()) == (SubscriberState.UNSUBSCRIBED, 0)
    assert end_following(now=later + 32 * DAY) == 0


def test_a_room_that_gets_more_goes_on_when_what_it_followed_is_over(
    page: Page, now: datetime
) -> None:
    room = a_room(page, now)
    publish(page, now)
    confirm_hook(now=now, token=room.token, incident="pay1")
    PublicIncident.objects.update(is_open=False, updated_at=now)
    assert end_following(now=now + 31 * DAY) == 0
    room.refresh_from_db()
    assert (room.state, FollowedByHook.objects.count()) == (SubscriberState.ACTIVE, 0)


def test_whoever_ended_it_and_asks_anew_gets_what_they_ask_for_then(
    page: Page, now: datetime
) -> None:
    room = a_room(page, now, "pay1")
    remove_hook(now=now, token=room.token)
    assert not FollowedByHook.objects.exists()
    confirm_hook(now=now, token=room.token)
    later = now + DAY
    assert hears(publish(page, later, incident_id="pay2"), later)


def test_the_forms_lead_from_the_incident_to_a_room_that_follows_it(
    page: Page, now: datetime, client: Client
) -> None:
    publish(page, now, status="investigating")
    asked = client.get("/subscribe/", {"incident": "pay1"}).content.decode()
    link = re.search(r'href="([^"]*/hooks/[^"]*)"', asked)
    assert link is not None
    form = client.get(link[1]).content.decode()
    assert "Card payments failed" in form
    sent = {"incident": "pay1", "channel": "slack", "url": ROOM, "email": OWNER}
    assert client.post("/subscribe/hooks/", sent).status_code == 303
    letter = Letter.objects.select_related("message").get(recipient=OWNER)
    assert "?incident=pay1" in letter.message.text
    path = f"/subscribe/hooks/{letter.fill['token']}/"
    shown = client.get(path, {"incident": "pay1"}).content.decode()
    assert 'value="follow"' in shown
    assert 'value="confirm"' not in shown
    client.post(path, {"do": "follow", "incident": "pay1"})
    room = Hook.objects.get()
    assert (room.state, room.only_followed) == (SubscriberState.ACTIVE, True)
    page_of_it = client.get(path).content.decode()
    assert "It gets what we say about the incidents below." in page_of_it
    more = {"do": "choose", "scope": "all", "wants": "every"}
    client.post(path, more)
    assert not Hook.objects.get().only_followed
    client.post(path, more | {"scope": "followed"})
    assert Hook.objects.get().only_followed
    with pytest.raises(BadInput):
        FollowedByHook.objects.all().delete()
        choose_for_hook(
            now=now, token=room.token, component_ids=[], whole_page=False, wants="every",
            only_followed=True,
        )  # fmt: skip
    assert client.get("/subscribe/hooks/?incident=nothing").status_code == 404


CHAT = "http://chat.internal:8065/hooks/abc"


def test_a_chat_server_in_the_house_is_taken_where_the_operator_named_it(
    page: Page, now: datetime, settings: Any
) -> None:
    with pytest.raises(BadInput):
        a_room(page, now, url=CHAT)
    settings.HOOKS_MAY_CALL = places_of("http://chat.internal:8065/hooks/")
    assert a_room(page, now, url=CHAT).state == SubscriberState.ACTIVE
    for other in (
        "http://chat.internal:8066/hooks/abc", "http://chat.internal:8065/api/v4/users",
        "http://chat.internal:8065/hooks/../api", "http://wiki.internal/hooks/abc",
        "http://a@chat.internal:8065/hooks/abc", "http://chat.internal:8065/hooks/a b",
    ):  # fmt: skip
        with pytest.raises(BadInput):
            a_room(page, now, url=other)
