"""Readers who gave their consent elsewhere come in confirmed, once, without a mail."""

from datetime import UTC, datetime

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.bringing import import_subscribers
from afterword.audience.actions.subscribers import unsubscribe
from afterword.audience.models import Subscriber
from afterword.audit.models import Entry
from afterword.components.actions import create_page
from afterword.components.models import Page
from afterword.kit.errors import BadInput
from afterword.postbox.models import Letter

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)


@pytest.fixture
def fernway() -> Page:
    return create_page(actor=MACHINE, now=NOW, name="Fernway", url="https://status.fernway.example")


def bring(page: Page, *emails: str) -> int:
    return import_subscribers(actor=MACHINE, now=NOW, page=page, emails=emails, source="test")


def test_they_are_active_at_once_and_get_no_mail(fernway: Page) -> None:
    assert bring(fernway, "Ana@Willow.example", "ben@willow.example", "ana@willow.example") == 2
    assert set(Subscriber.objects.values_list("state", flat=True)) == {"active"}
    assert not Letter.objects.exists()
    assert Entry.objects.get(verb="audience.import_subscribers").detail == {"added": 2}


def test_a_second_time_changes_nothing(fernway: Page) -> None:
    bring(fernway, "ana@willow.example")
    entries = Entry.objects.count()
    assert bring(fernway, "ana@willow.example") == 0
    assert Entry.objects.count() == entries


def test_who_has_left_is_not_brought_back(fernway: Page) -> None:
    bring(fernway, "ana@willow.example")
    unsubscribe(now=NOW, token=Subscriber.objects.get().token)
    assert bring(fernway, "ana@willow.example") == 0
    assert Subscriber.objects.get().state == "unsubscribed"


def test_what_is_no_address_keeps_the_whole_list_out(fernway: Page) -> None:
    with pytest.raises(BadInput):
        bring(fernway, "ana@willow.example", "no address")
    assert not Subscriber.objects.exists()
