"""Whoever a summary passed over for a letter that was then stopped gets the summary, once."""

from datetime import datetime, timedelta

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import freeze_list
from afterword.audience.actions.subscribers import choose_digest, unsubscribe
from afterword.audience.models import Segment, Subscriber
from afterword.components.models import Page
from afterword.fanout.actions import cancel, expand_due, tell_instead
from afterword.fanout.models import DigestEntry, Mailing
from afterword.fanout.queries import about_of, run_of
from afterword.kit.errors import WrongState
from afterword.postbox.actions import claim, release_claims_of
from afterword.postbox.models import Letter
from afterword.publishing.models import Audience, Publication, PublicationKind
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
ADA, BOB, EVE, KIM = (f"{name}@mail.example" for name in ("ada", "bob", "eve", "kim"))
STRANGER = "stranger@mail.example"
HOUR = timedelta(hours=1)


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - timedelta(days=10))


@pytest.fixture
def readers(page: Page, now: datetime) -> dict[str, Subscriber]:
    found = subscribed(page, now - timedelta(days=1), ADA, BOB, EVE, KIM)
    Letter.objects.all().delete()
    return {each.email: each for each in found}


def a_letter_to(page: Page, now: datetime, *members: str) -> Publication:
    people = freeze_list(
        actor=MACHINE, now=now, page=page, incident_ref="pay1", segment=Segment.DATA,
        members=[(each, "") for each in members],
    )  # fmt: skip
    return publish(
        page, now, kind=PublicationKind.DATA_NOTICE, audience=Audience.LIST,
        recipient_list=people.public_id,
    )  # fmt: skip


def told(publication: Publication, now: datetime) -> set[str]:
    expand_due(now=now)
    found = Letter.objects.filter(about=about_of(publication))
    return set(found.values_list("recipient", flat=True))


def run_about(publication: Publication) -> Mailing:
    return Mailing.objects.get(publication=publication)


def stop(letter: Publication, now: datetime, *, instead: bool = True) -> None:
    cancel(
        actor=MACHINE, now=now, mailing=run_about(letter), reason="The wrong people.",
        instead=instead,
    )  # fmt: skip


def test_whose_letter_is_cancelled_after_the_summary_gets_the_summary_exactly_once(
    page: Page, readers: dict[str, Subscriber], now: datetime
) -> None:
    letter = a_letter_to(page, now, ADA, BOB, EVE, STRANGER)
    told(letter, now)
    summary = publish(page, now, kind=PublicationKind.SUMMARY)
    assert told(summary, now) == {KIM}
    Letter.objects.filter(about=about_of(letter), recipient=BOB).update(state="sent", sent_at=now)
    unsubscribe(now=now, token=readers[EVE].token)
    stop(letter, now + HOUR)
    assert told(summary, now + HOUR) == {KIM, ADA}, "Bob had his letter, Eve left"
    for hours in (2, 3):
        assert told(summary, now + hours * HOUR) == {KIM, ADA}
    assert Letter.objects.filter(about=about_of(summary), recipient=ADA).count() == 1
    assert run_about(letter).instead_ended_at == now + HOUR
    assert run_of(page, run_about(summary).pk).counted.total == 2


def test_one_whose_letter_is_in_the_air_is_waited_for(
    page: Page, readers: object, now: datetime
) -> None:
    letter = a_letter_to(page, now, ADA)
    told(letter, now)
    (claimed,) = claim(now=now, limit=5, lease_seconds=60, worker="w")
    assert claimed.recipient == ADA
    summary = publish(page, now, kind=PublicationKind.SUMMARY)
    assert ADA not in told(summary, now)
    stop(letter, now)
    assert ADA not in told(summary, now), "it may have left"
    release_claims_of(worker="w", now=now)
    assert ADA in told(summary, now)


def test_nothing_is_sent_while_another_letter_of_their_own_is_to_come(
    page: Page, readers: object, now: datetime
) -> None:
    letter = a_letter_to(page, now, ADA, BOB)
    told(letter, now)
    summary = publish(page, now, kind=PublicationKind.SUMMARY)
    told(summary, now)
    freeze_list(
        actor=MACHINE, now=now, page=page, incident_ref="pay1", segment=Segment.SLA,
        members=[(BOB, "")],
    )  # fmt: skip
    stop(letter, now)
    assert told(summary, now) == {EVE, KIM, ADA}


def test_a_summary_that_was_corrected_since_comes_with_the_correction_on_top(
    page: Page, readers: object, now: datetime
) -> None:
    letter = a_letter_to(page, now, ADA)
    told(letter, now)
    summary = publish(page, now, kind=PublicationKind.SUMMARY)
    told(summary, now)
    correction = publish(
        page, now, kind=PublicationKind.CORRECTION, corrects=summary, weight="fact",
        body="We wrote “11:40 UTC”; it is 10:55 UTC.",
    )  # fmt: skip
    told(correction, now)
    wrong = publish(
        page, now, kind=PublicationKind.CORRECTION, corrects=summary, weight="fact",
        body="We wrote “11:40 UTC”; it is 19:00 UTC.",
    )  # fmt: skip
    publish(
        page, now, kind=PublicationKind.CORRECTION, corrects=wrong, weight="retraction",
        body="That was no correction.",
    )  # fmt: skip
    stop(letter, now)
    assert ADA in told(summary, now)
    assert ADA not in told(correction, now)
    words = Letter.objects.get(about=about_of(summary), recipient=ADA).message.text
    assert words.index("10:55") < words.index("11:40 UTC.")
    assert "19:00" not in words, "that was taken back"


def test_a_summary_that_was_taken_back_or_is_old_is_sent_to_nobody_more(
    page: Page, readers: object, now: datetime
) -> None:
    letter = a_letter_to(page, now, ADA)
    told(letter, now)
    summary = publish(page, now, kind=PublicationKind.SUMMARY)
    told(summary, now)
    later = now + timedelta(days=3, minutes=1)
    stop(letter, later)
    assert ADA not in told(summary, later)
    with pytest.raises(WrongState, match="Nothing was left out"):
        tell_instead(actor=MACHINE, now=later, mailing=run_about(letter))


def test_who_chose_a_digest_finds_a_note_in_it(
    page: Page, readers: dict[str, Subscriber], now: datetime
) -> None:
    choose_digest(now=now, token=readers[ADA].token, digest="daily")
    letter = a_letter_to(page, now, ADA)
    told(letter, now)
    note = publish(page, now, kind=PublicationKind.NOTE)
    told(note, now)
    assert not DigestEntry.objects.exists()
    stop(letter, now)
    assert ADA not in told(note, now)
    assert DigestEntry.objects.get().subscriber == readers[ADA]


def test_a_letter_that_is_retracted_leaves_the_summary_to_whoever_did_not_get_it(
    page: Page, readers: object, now: datetime
) -> None:
    letter = a_letter_to(page, now, ADA, BOB)
    told(letter, now)
    Letter.objects.filter(about=about_of(letter), recipient=BOB).update(state="sent", sent_at=now)
    summary = publish(page, now, kind=PublicationKind.SUMMARY)
    assert told(summary, now) == {EVE, KIM}
    publish(
        page, now, kind=PublicationKind.CORRECTION, audience=Audience.LIST, weight="retraction",
        corrects=letter, recipient_list=letter.recipient_list,
    )  # fmt: skip
    assert told(summary, now) == {EVE, KIM, ADA}


def test_it_can_be_left_for_later_and_asked_for_once(
    page: Page, readers: object, now: datetime
) -> None:
    letter = a_letter_to(page, now, ADA)
    told(letter, now)
    summary = publish(page, now, kind=PublicationKind.SUMMARY)
    told(summary, now)
    with pytest.raises(WrongState, match="not cancelled"):
        tell_instead(actor=MACHINE, now=now, mailing=run_about(letter))
    stop(letter, now, instead=False)
    assert ADA not in told(summary, now)
    tell_instead(actor=MACHINE, now=now, mailing=run_about(letter))
    assert ADA in told(summary, now)
    with pytest.raises(WrongState, match="Nothing was left out"):
        tell_instead(actor=MACHINE, now=now, mailing=run_about(letter))
