"""Whoever has not got a text yet when it is corrected reads it with the correction on top, and
never the old words after the new ones."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.hooks import ask_for_hook, confirm_hook
from afterword.audience.actions.lists import freeze_list
from afterword.audience.actions.subscribers import choose_moments
from afterword.audience.models import Hook, Segment
from afterword.components.models import Page
from afterword.fanout.actions import cancel, expand_due
from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of
from afterword.kit.timespans import parse_iso
from afterword.postbox.actions import claim, record_results
from afterword.postbox.envelope import envelope_of
from afterword.postbox.models import Letter
from afterword.postbox.outcomes import Outcome, Result
from afterword.publishing.models import Audience, Publication, PublicationKind
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
AWAKE, ASLEEP = "awake@mail.example", "asleep@mail.example"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
OLD, NEW = "It began at 11:40 UTC.", "We wrote “11:40 UTC”; it is 10:55 UTC."
NIGHT = parse_iso("2026-03-10T22:30:00Z")
MORNING = NIGHT + timedelta(hours=12)
LETTERS = "publication:"


@pytest.fixture
def page() -> Page:
    return a_page(NIGHT - timedelta(days=10))


@pytest.fixture
def readers(page: Page) -> None:
    """One is awake when the summary leaves, in the zone they chose; of the other it is night."""
    found = subscribed(page, NIGHT - timedelta(days=1), AWAKE, ASLEEP)
    for each, zone in zip(found, ("America/New_York", "Europe/Berlin"), strict=True):
        choose_moments(now=NIGHT, token=each.token, wants="every", zone=zone)
    Letter.objects.all().delete()


def told(publication: Publication, now: datetime) -> set[str]:
    expand_due(now=now)
    found = Letter.objects.filter(about=about_of(publication))
    return set(found.values_list("recipient", flat=True))


def sent(now: datetime, outcome: Outcome = Outcome.ACCEPTED, code: int = 250) -> list[str]:
    """Send what is due; return who gets which words."""
    found = []
    while got := claim(now=now, limit=50, lease_seconds=60, worker="w"):
        found += [f"{each.recipient} {words_of(each)}" for each in got]
        record_results(
            results=[Result(each.pk, each.lease_until, outcome, now, code) for each in got]
        )
    return found


def words_of(each: Any) -> str:
    letter = Letter.objects.select_related("message").get(pk=each.pk)
    text = envelope_of(letter.message).fill(letter).decode()
    plain = letter.message.text
    assert (NEW in plain) == ("10:55" in text)
    new, old = plain.find(NEW), plain.find(OLD)
    return "new above old" if 0 <= new < old else "new" if new >= 0 else "old"


def a_summary(page: Page, now: datetime, **more: Any) -> Publication:
    return publish(page, now, kind=PublicationKind.SUMMARY, body=OLD, **more)


def correct(
    page: Page, now: datetime, wrong: Publication, weight: str = "fact", body: str = NEW
) -> Publication:
    return publish(
        page, now, kind=PublicationKind.CORRECTION, corrects=wrong, weight=weight, body=body,
        audience=wrong.audience, recipient_list=wrong.recipient_list,
    )  # fmt: skip


def test_whose_letter_waits_for_the_morning_reads_the_correction_on_top_of_it(
    page: Page, readers: None
) -> None:
    summary = a_summary(page, NIGHT)
    assert told(summary, NIGHT) == {AWAKE, ASLEEP}
    assert sent(NIGHT) == [f"{AWAKE} old"]
    correction = correct(page, NIGHT + HOUR, summary)
    assert told(correction, NIGHT + HOUR) == {AWAKE}
    assert sent(NIGHT + HOUR) == [f"{AWAKE} new"]
    assert sent(MORNING) == [f"{ASLEEP} new above old"]
    letter = Letter.objects.select_related("message").get(recipient=ASLEEP)
    assert "The text, as it was published:" in letter.message.text
    assert letter.message.html.index("10:55") < letter.message.html.index("It began at 11:40")


def test_whom_the_server_put_off_gets_both_and_never_the_old_words_after_the_new(
    page: Page, readers: None
) -> None:
    summary = a_summary(page, NIGHT)
    told(summary, NIGHT)
    assert sent(NIGHT, Outcome.DEFERRED, 451) == [f"{AWAKE} old"]
    assert told(correct(page, NIGHT + MINUTE, summary), NIGHT + MINUTE) == {AWAKE}
    assert sorted(sent(MORNING)) == [
        f"{ASLEEP} new above old", f"{AWAKE} new", f"{AWAKE} new above old",
    ]  # fmt: skip


def test_a_letter_to_a_list_is_amended_too(page: Page) -> None:
    people = freeze_list(
        actor=MACHINE, now=NIGHT, page=page, segment=Segment.SLA, incident_ref="pay1",
        members=[(ASLEEP, "Ada")],
    )  # fmt: skip
    letter = publish(
        page, NIGHT, kind=PublicationKind.FOLLOW_UP, body=OLD, audience=Audience.LIST,
        recipient_list=people.public_id,
    )  # fmt: skip
    assert told(letter, NIGHT) == {ASLEEP}
    assert told(correct(page, NIGHT, letter), NIGHT) == set()
    assert sent(MORNING) == [f"{ASLEEP} new above old"]


def test_what_corrects_the_correction_reaches_whoever_read_it_on_top(
    page: Page, readers: None
) -> None:
    summary = a_summary(page, NIGHT)
    told(summary, NIGHT)
    sent(NIGHT)
    first = correct(page, NIGHT + HOUR, summary)
    told(first, NIGHT + HOUR)
    sent(MORNING)
    again = correct(page, MORNING, first, body="It is 10:50 UTC.")
    assert told(again, MORNING) == {AWAKE, ASLEEP}


def test_what_corrects_the_correction_stands_above_it_where_nothing_has_left(
    page: Page, readers: None
) -> None:
    summary = a_summary(page, NIGHT)
    told(summary, NIGHT)
    sent(NIGHT)
    first = correct(page, NIGHT + HOUR, summary)
    told(first, NIGHT + HOUR)
    sent(NIGHT + HOUR)
    again = correct(page, NIGHT + 2 * HOUR, first, body="It is 10:50 UTC.")
    assert told(again, NIGHT + 2 * HOUR) == {AWAKE}
    assert f"{ASLEEP} new above old" in sent(MORNING)
    words = Letter.objects.get(about=about_of(summary), recipient=ASLEEP).message.text
    assert words.index(NEW) < words.index("It is 10:50 UTC.") < words.index(OLD)


def test_a_correction_that_is_taken_back_is_taken_off_the_letters_that_have_not_left(
    page: Page, readers: None
) -> None:
    summary = a_summary(page, NIGHT)
    told(summary, NIGHT)
    sent(NIGHT)
    first = correct(page, NIGHT + HOUR, summary)
    told(first, NIGHT + HOUR)
    sent(NIGHT + HOUR)
    back = correct(page, NIGHT + 2 * HOUR, first, "retraction", "The correction was wrong.")
    assert told(back, NIGHT + 2 * HOUR) == {AWAKE}
    assert f"{ASLEEP} old" in sent(MORNING)


def test_a_new_title_and_a_letter_apart_leave_the_correction_on_top(
    page: Page, readers: None
) -> None:
    summary = a_summary(page, NIGHT)
    told(summary, NIGHT)
    told(correct(page, NIGHT + HOUR, summary), NIGHT + HOUR)
    publish(
        page, NIGHT + HOUR, kind=PublicationKind.CORRECTION, corrects=summary, weight="title",
        title="Cards were refused", body="The title named the wrong thing.",
    )  # fmt: skip
    expand_due(now=NIGHT + HOUR)
    letter = Letter.objects.select_related("message").get(about=about_of(summary), recipient=ASLEEP)
    assert "Cards were refused" in letter.message.subject
    assert NEW in letter.message.text


def test_a_room_that_did_not_answer_reads_the_correction_on_top(page: Page, now: datetime) -> None:
    ask_for_hook(
        now=NIGHT - HOUR, page=page, channel="slack", email="owner@mail.example",
        url="https://hooks.slack.com/services/T0/B0/x",
    )  # fmt: skip
    hook = confirm_hook(now=NIGHT - HOUR, token=Hook.objects.get().token)
    summary = a_summary(page, NIGHT)
    assert told(summary, NIGHT) == {f"hook:{hook.pk}"}
    correction = correct(page, NIGHT + MINUTE, summary)
    assert told(correction, NIGHT + MINUTE) == set()
    letter = Letter.objects.get(about=about_of(summary))
    assert letter.message.text.index("10:55") < letter.message.text.index("It began at")
    again = correct(page, NIGHT + HOUR, correction, body="It is 10:50 UTC.")
    letter.state, letter.sent_at = "sent", NIGHT
    letter.save()
    assert told(again, NIGHT + HOUR) == {f"hook:{hook.pk}"}


def stop(correction: Publication, now: datetime) -> None:
    """Cancel the run of a correction, also one that no worker has begun to write."""
    mailing, _ = Mailing.objects.get_or_create(publication=correction, defaults={"started_at": now})
    cancel(actor=MACHINE, now=now, mailing=mailing, reason="They were called.")


@pytest.mark.parametrize("written", [True, False])
def test_a_correction_whose_mailing_is_cancelled_stands_on_the_letters_that_have_not_left(
    page: Page, readers: None, written: bool
) -> None:
    summary = a_summary(page, NIGHT)
    told(summary, NIGHT)
    assert sent(NIGHT) == [f"{AWAKE} old"]
    correction = correct(page, NIGHT + HOUR, summary)
    if written:
        assert told(correction, NIGHT + HOUR) == {AWAKE}
    stop(correction, NIGHT + HOUR)
    expand_due(now=NIGHT + HOUR)
    assert sent(MORNING) == [f"{ASLEEP} new above old"]


def test_cancelling_the_run_of_a_retraction_puts_nothing_on_top(page: Page, readers: None) -> None:
    summary = a_summary(page, NIGHT)
    told(summary, NIGHT)
    stop(correct(page, NIGHT, summary, weight="retraction"), NIGHT)
    words = Letter.objects.filter(about=about_of(summary)).values_list("message__text", flat=True)
    assert words
    assert not any(NEW in each for each in words)
