"""A plan decided anew after the summary left: whoever it passed over for nothing gets it, once."""

from datetime import datetime, timedelta

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import freeze_list, replace_lists
from afterword.audience.actions.subscribers import choose_digest, unsubscribe
from afterword.audience.models import Segment, Subscriber
from afterword.audit.models import Entry
from afterword.components.models import Page
from afterword.fanout.actions import cancel, expand_due
from afterword.fanout.deciding_late import already_said, on_page_alone, texts_that_left
from afterword.fanout.models import DigestEntry, Mailing
from afterword.fanout.queries import about_of, run_of
from afterword.postbox.models import Letter
from afterword.publishing.models import Audience, Publication, PublicationKind
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
ADA, BOB, EVE, KIM = (f"{name}@mail.example" for name in ("ada", "bob", "eve", "kim"))
STRANGER = "stranger@mail.example"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - timedelta(days=10))


@pytest.fixture(autouse=True)
def readers(page: Page, now: datetime) -> dict[str, Subscriber]:
    found = subscribed(page, now - timedelta(days=1), ADA, BOB, EVE, KIM)
    Letter.objects.all().delete()
    return {each.email: each for each in found}


def listed(page: Page, now: datetime, *members: str, segment: Segment = Segment.SLA) -> str:
    """Decide for a letter to these people; return the public id of their list."""
    return freeze_list(
        actor=MACHINE, now=now, page=page, incident_ref="pay1", segment=segment,
        members=[(each, "") for each in members],
    ).public_id  # fmt: skip


def decide_for_the_page(page: Page, now: datetime, segment: Segment = Segment.SLA) -> None:
    replace_lists(now=now, page=page, incident_ref="pay1", segment=segment)


def told(publication: Publication, now: datetime) -> list[str]:
    expand_due(now=now)
    found = Letter.objects.filter(about=about_of(publication), channel="email")
    return sorted(found.values_list("recipient", flat=True))


def a_summary(page: Page, now: datetime) -> Publication:
    return publish(page, now, kind=PublicationKind.SUMMARY)


def test_whose_list_is_given_up_after_the_summary_left_gets_the_summary_once(
    page: Page, readers: dict[str, Subscriber], now: datetime
) -> None:
    listed(page, now, ADA, BOB, EVE, STRANGER)
    summary = a_summary(page, now)
    assert told(summary, now) == [KIM]
    unsubscribe(now=now, token=readers[EVE].token)
    decide_for_the_page(page, now + MINUTE)
    for minutes in (2, 3, 60):
        assert told(summary, now + minutes * MINUTE) == [ADA, BOB, KIM], "Eve left"
    assert run_of(page, Mailing.objects.get(publication=summary).pk).counted.total == 3
    entry = Entry.objects.get(verb="fanout.told_replaced")
    assert entry.subject == "incident:pay1"


def test_who_is_no_longer_on_the_new_list_gets_it_and_who_still_is_waits_for_the_letter(
    page: Page, now: datetime
) -> None:
    listed(page, now, ADA, BOB)
    summary = a_summary(page, now)
    told(summary, now)
    listed(page, now + MINUTE, BOB)
    assert told(summary, now + 2 * MINUTE) == [ADA, EVE, KIM]
    listed(page, now + 3 * MINUTE, BOB)
    assert told(summary, now + 5 * MINUTE) == [ADA, EVE, KIM]
    decide_for_the_page(page, now + 6 * MINUTE)
    assert told(summary, now + 8 * MINUTE) == [ADA, BOB, EVE, KIM]


def test_who_moved_to_a_more_specific_list_gets_that_letter_alone(
    page: Page, now: datetime
) -> None:
    listed(page, now, ADA, BOB)
    summary = a_summary(page, now)
    told(summary, now)
    listed(page, now + MINUTE, ADA, segment=Segment.DATA)
    decide_for_the_page(page, now + MINUTE)
    assert told(summary, now + 3 * MINUTE) == [BOB, EVE, KIM]


def test_whoever_decides_has_as_long_to_decide_again_as_a_run_can_be_cancelled(
    page: Page, now: datetime, settings: object
) -> None:
    settings.CANCEL_SECONDS = 300  # type: ignore[attr-defined]
    listed(page, now, ADA)
    summary = a_summary(page, now)
    told(summary, now)
    decide_for_the_page(page, now + MINUTE)
    assert ADA not in told(summary, now + 5 * MINUTE)
    listed(page, now + 5 * MINUTE, ADA)
    assert ADA not in told(summary, now + 60 * MINUTE)


def test_a_list_whose_letter_is_published_keeps_its_letter_whatever_is_decided_since(
    page: Page, now: datetime
) -> None:
    people = listed(page, now, ADA)
    letter = publish(
        page, now, kind=PublicationKind.FOLLOW_UP, audience=Audience.LIST, recipient_list=people
    )
    summary = a_summary(page, now)
    told(summary, now)
    decide_for_the_page(page, now + MINUTE)
    assert told(summary, now + 3 * MINUTE) == [BOB, EVE, KIM]
    assert told(letter, now + 3 * MINUTE) == [ADA]


def test_a_list_made_after_the_summary_left_brings_nobody_a_second_one(
    page: Page, now: datetime
) -> None:
    summary = a_summary(page, now)
    everybody = [ADA, BOB, EVE, KIM]
    assert told(summary, now) == everybody
    listed(page, now + MINUTE, ADA, BOB)
    decide_for_the_page(page, now + 2 * MINUTE)
    assert told(summary, now + 4 * MINUTE) == everybody


def test_who_had_it_in_a_digest_and_wants_mail_at_once_since_gets_no_second_one(
    page: Page, readers: dict[str, Subscriber], now: datetime
) -> None:
    choose_digest(now=now, token=readers[ADA].token, digest="daily")
    note = publish(page, now, kind=PublicationKind.NOTE)
    assert told(note, now) == [BOB, EVE, KIM]
    listed(page, now + MINUTE, ADA)
    choose_digest(now=now + MINUTE, token=readers[ADA].token, digest="none")
    decide_for_the_page(page, now + MINUTE)
    assert told(note, now + 3 * MINUTE) == [BOB, EVE, KIM]
    assert DigestEntry.objects.count() == 1


def test_a_summary_that_is_cancelled_retracted_or_three_days_old_reaches_nobody_more(
    page: Page, now: datetime
) -> None:
    listed(page, now, ADA)
    old, cancelled, back = (a_summary(page, now) for _ in range(3))
    for each in (old, cancelled, back):
        told(each, now)
    cancel(
        actor=MACHINE, now=now, reason="The wrong words.",
        mailing=Mailing.objects.get(publication=cancelled),
    )  # fmt: skip
    publish(page, now, kind=PublicationKind.CORRECTION, corrects=back, weight="retraction")
    later = now + timedelta(days=3, minutes=5)
    decide_for_the_page(page, later)
    for each in (old, cancelled, back):
        assert ADA not in told(each, later + 2 * MINUTE)


def test_a_summary_that_leaves_after_the_decision_needs_nothing_more(
    page: Page, now: datetime
) -> None:
    listed(page, now, ADA)
    decide_for_the_page(page, now + MINUTE)
    summary = a_summary(page, now + 2 * MINUTE)
    assert told(summary, now + 2 * MINUTE) == [ADA, BOB, EVE, KIM]
    assert told(summary, now + 9 * MINUTE) == [ADA, BOB, EVE, KIM]


# What the desk knows before


def test_before_it_is_decided_it_can_be_said_who_would_get_it_and_who_has_it(
    page: Page, readers: dict[str, Subscriber], now: datetime
) -> None:
    summary = a_summary(page, now)
    assert texts_that_left(page, "pay1", now) == [], "nothing has left"
    listed(page, now, ADA, BOB, STRANGER)
    told(summary, now)
    group = [ADA, BOB, KIM, STRANGER]
    people = listed(page, now, *group)
    assert texts_that_left(page, "pay1", now) == [summary]
    (said,) = already_said([summary], group, without=people)
    assert (said.text, said.had, said.would) == (summary, 1, 2)
    (said,) = already_said([summary], group)
    assert (said.had, said.would) == (1, 0), "they wait for their letter"
    decide_for_the_page(page, now)
    assert told(summary, now + 2 * MINUTE) == [ADA, BOB, EVE, KIM]
    (said,) = already_said([summary], group)
    assert (said.had, said.would) == (3, 0)


def test_what_left_for_the_page_alone_is_named(page: Page, now: datetime) -> None:
    quiet = publish(page, now, kind=PublicationKind.SUMMARY, audience=Audience.PAGE)
    a_summary(page, now)
    assert on_page_alone(page, "pay1") == [quiet]
