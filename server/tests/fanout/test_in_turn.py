"""What about an incident makes what superfluous, and that its readers get the end of it once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.models import Subscriber
from afterword.components.models import Page
from afterword.fanout.actions import cancel, expand_due, keep_counts
from afterword.fanout.in_turn import told_in_turn
from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of
from afterword.postbox.actions import OVERTAKEN, claim
from afterword.postbox.models import Letter, LetterState
from afterword.publishing.models import Audience, Publication, PublicationKind
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
UPDATE, CLOSURE, SUMMARY = (
    PublicationKind.UPDATE, PublicationKind.CLOSURE, PublicationKind.SUMMARY,
)  # fmt: skip


@pytest.fixture
def page(now: datetime, settings: Any) -> Page:
    settings.CANCEL_SECONDS = 0
    page = a_page(now - timedelta(days=2))
    subscribed(page, now - timedelta(days=1), "ada@mail.example", "bob@mail.example")
    Letter.objects.all().delete()
    return page


@pytest.mark.parametrize(
    ("first", "then", "ends"),
    [
        (UPDATE, UPDATE, True),
        (UPDATE, CLOSURE, True),
        (UPDATE, SUMMARY, True),
        (CLOSURE, UPDATE, True),
        (CLOSURE, CLOSURE, True),
        (CLOSURE, SUMMARY, False),
        (SUMMARY, UPDATE, False),
        (SUMMARY, SUMMARY, False),
    ],
)
def test_what_makes_what_superfluous(
    page: Page, now: datetime, first: str, then: str, ends: bool
) -> None:
    one, two = publish(page, now, kind=first), publish(page, now, kind=then)
    expand_due(now=now)
    before, after = about_of(one), about_of(two)
    found = told_in_turn([before, after])
    assert found.newer == ({before: {after}} if ends else {})
    assert found.older == ({after: {before}} if ends else {})


def other_incident(page: Page, now: datetime) -> Publication:
    return publish(page, now, incident_id="other")


def to_a_list(page: Page, now: datetime) -> Publication:
    return publish(page, now, kind=PublicationKind.DATA_NOTICE, audience=Audience.LIST,
                   recipient_list="none")  # fmt: skip


def on_the_page(page: Page, now: datetime) -> Publication:
    return publish(page, now, audience=Audience.PAGE)


@pytest.mark.parametrize("then", [other_incident, to_a_list, on_the_page])
def test_what_overtakes_nothing(
    page: Page, now: datetime, then: Callable[[Page, datetime], Publication]
) -> None:
    one = publish(page, now)
    two = then(page, now)
    expand_due(now=now)
    found = told_in_turn([about_of(one), about_of(two), "digest:1"])
    assert (found.newer, found.older) == ({}, {})


def test_what_has_left_for_everybody_is_not_looked_for_again(page: Page, now: datetime) -> None:
    one = publish(page, now, status="investigating")
    expand_due(now=now)
    Letter.objects.update(state=LetterState.SENT, sent_at=now)
    keep_counts()
    two = publish(page, now)
    expand_due(now=now)
    assert told_in_turn([about_of(two)]).older == {}
    assert told_in_turn([about_of(one)]).newer == {about_of(one): {about_of(two)}}


def leaving(now: datetime) -> set[tuple[str, str]]:
    found = claim(now=now, limit=10, lease_seconds=60, in_order=told_in_turn)
    return {(each.about, each.recipient) for each in found}


def test_whoever_had_the_first_gets_the_ending_and_nobody_old_words_after_it(
    page: Page, now: datetime
) -> None:
    first = publish(page, now, status="investigating", body="We look.")
    expand_due(now=now)
    Letter.objects.filter(recipient="ada@mail.example").update(state=LetterState.SENT, sent_at=now)
    # Bob's was put off by his server.
    Letter.objects.filter(recipient="bob@mail.example").update(next_at=now + timedelta(hours=1))
    over = publish(page, now + timedelta(minutes=30))
    later = now + timedelta(minutes=31)
    expand_due(now=later)
    about = about_of(over)
    assert leaving(later) == {(about, "ada@mail.example"), (about, "bob@mail.example")}
    bob = Letter.objects.get(about=about_of(first), recipient="bob@mail.example")
    assert (bob.state, bob.last_answer) == (LetterState.WITHDRAWN, OVERTAKEN)
    assert about_of(first) not in {about for about, _ in leaving(now + timedelta(hours=2))}


def test_words_of_a_cancelled_run_hold_no_older_ones_back(page: Page, now: datetime) -> None:
    first = publish(page, now, status="investigating", body="We look.")
    publish(page, now)
    expand_due(now=now)
    cancel(
        actor=MACHINE, now=now, mailing=Mailing.objects.latest("pk"), reason="Said too early."
    )  # fmt: skip
    assert {about for about, _ in leaving(now)} == {about_of(first)}
    assert Subscriber.objects.count() == 2
