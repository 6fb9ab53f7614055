"""The public list of promises follows what is published, and turns late by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.publishing.actions import catalogue_what_is_missing, turn_promises_late
from afterword.publishing.models import PublicPromise, PublicTally, Rebuild
from publishing.press import PROMISES, a_page, word

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OPEN = PROMISES[1]
DUE = datetime(2026, 4, 18, 12, 0, tzinfo=UTC)


def told(page: Page, at: datetime, *promises: dict[str, Any], **more: Any) -> Any:
    more = {"kind": "commitment_update", "status": "resolved", **more}
    return word(page, "inv", at, commitments=list(promises), **more)


def outcomes(page: Page) -> list[str]:
    return [each.outcome for each in queries.promises_of(page, "inv")]


def test_a_publication_lists_what_it_promises(now: datetime) -> None:
    page = a_page(now)
    told(page, now, *PROMISES, kind="summary")
    assert outcomes(page) == ["no_day", "open", "dropped"]
    assert queries.tally(page, "promise") == {"dropped": 1, "no_day": 1, "open": 1}
    assert queries.tally(page, "settled") == {"2026-03": 2}


def test_a_letter_to_a_list_promises_nothing_in_public(now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now)
    told(page, now, *PROMISES, kind="follow_up", audience="list")
    assert outcomes(page) == []


def test_a_promise_moves_between_the_counts(now: datetime) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    told(page, now + DAY, {**OPEN, "state": "done", "done_on": "2026-04-18"})
    assert queries.tally(page, "promise") == {"kept": 1}
    told(page, now + 2 * DAY, {**OPEN, "state": "in_progress"})
    assert queries.tally(page, "promise") == {"open": 1}
    assert queries.tally(page, "settled") == {}


def test_what_was_done_before_a_day_was_promised_is_no_promise_kept(now: datetime) -> None:
    page = a_page(now)
    told(page, now, {**OPEN, "state": "done", "done_on": "2026-03-10"})
    assert outcomes(page) == ["no_day"]
    # It proves not to be done: from here on there is a day to hold it to.
    told(page, now + DAY, {**OPEN, "state": "in_progress"})
    assert outcomes(page) == ["open"]
    told(page, now + 2 * DAY, {**OPEN, "state": "done", "done_on": "2026-03-20"})
    assert outcomes(page) == ["kept"]


def test_a_day_that_was_moved_does_not_make_a_promise_kept_in_time(now: datetime) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    told(page, now + DAY, {**OPEN, "due": "2026-05-18"})
    done = {**OPEN, "due": "2026-05-18", "state": "done", "done_on": "2026-05-10"}
    told(page, DUE + 22 * DAY, done)
    assert outcomes(page) == ["kept_moved"]
    assert queries.tally(page, "promise") == {"kept_moved": 1}
    [row] = queries.promises_of(page, "inv")
    assert (row.first_due.isoformat(), row.told_at) == ("2026-04-18", DUE + 22 * DAY)


@pytest.mark.parametrize(
    ("told_on", "done_on", "outcome"),
    [
        ("2026-04-18", "2026-05-18", "kept_moved"),  # told on the old day itself is in time
        ("2026-04-19", "2026-05-10", "kept_late"),
        ("2026-04-10", "2026-05-19", "kept_late"),  # and the new day has to be kept
        ("2026-04-10", "2026-04-18", "kept"),
    ],
)
def test_a_slip_told_in_time_is_no_silent_one(
    now: datetime, told_on: str, done_on: str, outcome: str
) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    told(page, noon(told_on), {**OPEN, "due": "2026-05-18"})
    done = {**OPEN, "due": "2026-05-18", "state": "done", "done_on": done_on}
    told(page, noon(done_on), done)
    assert outcomes(page) == [outcome]


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


@pytest.mark.parametrize(
    ("told_on", "done_on", "outcome"),
    [
        ("2026-04-18", "2026-04-18", "kept"),
        ("2026-04-19", "2026-04-18", "kept_told"),  # said to be done in time, told after
        ("2026-05-20", "2026-03-20", "kept_told"),
        ("2026-05-20", "2026-04-19", "kept_late"),
    ],
)
def test_a_day_that_is_set_back_keeps_no_promise(
    now: datetime, told_on: str, done_on: str, outcome: str
) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    told(page, noon(told_on), {**OPEN, "state": "done", "done_on": done_on})
    [row] = queries.promises_of(page, "inv")
    assert (row.outcome, row.settled_on, row.done_on) == (
        outcome, noon(told_on).date(), noon(done_on).date(),
    )  # fmt: skip
    assert queries.tally(page, "settled") == {told_on[:7]: 1}, "in the month readers were told"


def test_what_proves_not_done_was_not_kept_by_having_been_said_to_be(now: datetime) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    done = {**OPEN, "state": "done", "done_on": "2026-04-17"}
    told(page, DUE - DAY, done)
    assert outcomes(page) == ["kept"]
    told(page, DUE + DAY, {**OPEN, "state": "in_progress"})
    assert outcomes(page) == ["late"]
    told(page, DUE + 30 * DAY, {**done, "done_on": "2026-05-18"})
    assert outcomes(page) == ["kept_late"]


def test_words_that_change_when_it_is_done_do_not_make_it_done_later(now: datetime) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    done = {**OPEN, "state": "done", "done_on": "2026-04-17"}
    told(page, DUE - DAY, done)
    told(page, DUE + 9 * DAY, {**done, "why": "Said better."})
    assert outcomes(page) == ["kept"]


def test_a_promise_that_is_put_off_again_and_again_is_counted_every_time(now: datetime) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    for n, due in enumerate(["2026-04-28", "2026-05-18", "2026-05-18", "2026-05-08", "2026-06-07"]):
        told(page, now + n * DAY, {**OPEN, "due": due})
    [row] = queries.promises_of(page, "inv")
    assert (row.moves, row.days_moved, row.moved_in_time, row.outcome) == (3, 60, True, "open")
    assert queries.tally(page, "put_off") == {"times": 3, "days": 60}
    told(page, DUE + 60 * DAY, {**OPEN, "due": "2026-08-06"})
    [row] = queries.promises_of(page, "inv")
    assert (row.moves, row.days_moved, row.moved_in_time, row.outcome) == (4, 120, False, "moved")


def test_a_promise_that_was_put_off_counts_as_such_once_its_first_day_is_over(
    now: datetime,
) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    told(page, now + DAY, {**OPEN, "due": "2026-06-01"})
    assert (turn_promises_late(now=DUE), outcomes(page)) == (0, ["open"])
    assert (turn_promises_late(now=DUE + DAY), outcomes(page)) == (1, ["moved"])
    assert turn_promises_late(now=DUE + DAY) == 0
    assert queries.tally(page, "promise") == {"moved": 1}
    assert (turn_promises_late(now=DUE + 50 * DAY), outcomes(page)) == (1, ["late"])


def test_an_upgrade_tells_slips_told_in_time_from_silent_ones(now: datetime) -> None:
    """What stood as kept late before is counted anew, from the words readers had."""
    page = a_page(now)
    told(page, now, OPEN)
    told(page, now + DAY, {**OPEN, "due": "2026-05-18"})
    done = {**OPEN, "due": "2026-05-18", "state": "done", "done_on": "2026-05-10"}
    told(page, noon("2026-05-10"), done)
    PublicPromise.objects.update(outcome="kept_late")
    PublicTally.objects.filter(value="kept_moved").update(value="kept_late")
    name = "0022_slips_told_in_time"
    MigrationLoader(None).disk_migrations["publishing", name].operations[0].code(apps, None)
    assert outcomes(page) == ["kept_moved"]
    assert queries.tally(page, "promise") == {"kept_moved": 1}


def retract(page: Page, at: datetime, wrong: Any) -> None:
    word(page, "inv", at, kind="correction", status="resolved", corrects=wrong,
         correction={"weight": "retraction"}, body="It named a customer.")  # fmt: skip


def test_a_promise_made_only_in_a_retracted_text_is_gone_and_counts(now: datetime) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    wrong = told(page, now + DAY, OPEN, {**OPEN, "id": "more", "what": "Brockhurst is told first"})
    assert len(outcomes(page)) == 2
    retract(page, now + 2 * DAY, wrong)
    assert [each.what for each in queries.promises_of(page, "inv")] == [OPEN["what"]]
    assert queries.tally(page, "promise") == {"open": 1, "taken_back": 1}
    kept = PublicPromise.objects.filter(outcome="taken_back").values_list("what", "why", "effect")
    assert list(kept) == [("", "", "")], "its words are gone"


def test_a_retraction_gives_no_promise_a_new_first_day_and_no_notice(now: datetime) -> None:
    page = a_page(now)
    first = told(page, now, OPEN)
    retract(page, now + DAY, first)
    told(page, now + 2 * DAY, {**OPEN, "due": "2026-06-01"})
    [row] = queries.promises_of(page, "inv")
    assert (row.first_due.isoformat(), row.moves, row.days_moved) == ("2026-04-18", 1, 44)
    notice = told(page, now + 3 * DAY, {**OPEN, "due": "2026-07-01"})
    retract(page, now + 4 * DAY, notice)
    told(page, DUE + DAY, {**OPEN, "due": "2026-07-01", "state": "done", "done_on": "2026-04-19"})
    assert outcomes(page) == ["kept_late"]


def test_a_delivery_that_was_taken_back_keeps_nothing(now: datetime) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    wrong = told(page, now + DAY, {**OPEN, "state": "done", "done_on": "2026-03-19"})
    assert outcomes(page) == ["kept"]
    retract(page, DUE + DAY, wrong)
    assert outcomes(page) == ["late"]


def test_a_promise_that_the_newest_text_leaves_out_stays_on_the_list(now: datetime) -> None:
    page = a_page(now)
    told(page, now, OPEN, {**OPEN, "id": "more", "what": "More."})
    told(page, now + DAY, OPEN)
    assert [each.what for each in queries.promises_of(page, "inv")] == [OPEN["what"], "More."]


@pytest.mark.parametrize(("at", "late"), [(DUE, 0), (DUE + DAY, 1)])
def test_a_promise_is_late_once_its_day_is_over(now: datetime, at: datetime, late: int) -> None:
    page = a_page(now)
    told(page, now, *PROMISES)
    Rebuild.objects.all().delete()
    assert turn_promises_late(now=at) == late
    assert turn_promises_late(now=at) == 0
    assert outcomes(page)[1] == ("late" if late else "open")
    assert queries.tally(page, "promise").get("late", 0) == late
    asked = {each.place for each in queries.pending_rebuilds(page)}
    assert asked == ({"promises", "incident:inv", "feeds"} if late else set())


def test_a_late_promise_that_is_kept_or_moved_is_late_no_more(now: datetime) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    turn_promises_late(now=DUE + DAY)
    told(page, DUE + 2 * DAY, {**OPEN, "due": "2026-06-01"})
    assert outcomes(page) == ["moved"]
    turn_promises_late(now=DUE + 90 * DAY)
    told(page, DUE + 91 * DAY, {**OPEN, "state": "done", "done_on": "2026-07-18"})
    assert outcomes(page) == ["kept_late"]
    assert queries.tally(page, "promise") == {"kept_late": 1}


def test_more_late_promises_than_one_round_takes_are_done_in_the_next(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("afterword.publishing.actions.lateness.AT_A_TIME", 2)
    page = a_page(now)
    told(page, now, *({**OPEN, "id": f"p{n}"} for n in range(3)))
    assert [turn_promises_late(now=DUE + DAY) for _ in range(3)] == [2, 1, 0]


def test_nonsense_in_a_frozen_promise_is_read_as_unknown(now: datetime) -> None:
    page = a_page(now)
    odd = {"id": "x", "what": "w" * 900, "state": "?", "due": "soon", "done_on": 7}
    told(page, now, odd, {"what": "without an id"})
    [row] = queries.promises_of(page, "inv")
    assert (len(row.what), row.due, row.outcome) == (500, None, "open")


def test_the_list_can_be_derived_again(now: datetime, site_dir: Path) -> None:
    from afterword.publishing.actions.press import show

    page = a_page(now)
    for day in range(3):
        told(page, now + day * DAY, *PROMISES[: day + 1])
    stored = list(PublicPromise.objects.order_by("place").values_list("what", "told_at", "outcome"))
    tallies = queries.tally(page, "promise")
    PublicPromise.objects.all().delete()
    PublicTally.objects.all().delete()
    show(page=page, incident_id="inv", now=now)
    again = PublicPromise.objects.order_by("place").values_list("what", "told_at", "outcome")
    assert list(again) == stored
    assert queries.tally(page, "promise") == tallies


def test_an_upgrade_derives_what_was_promised_again(now: datetime) -> None:
    """What stood as kept by a day that was set back is counted by the day it was told."""
    page = a_page(now)
    told(page, now, OPEN)
    told(page, DUE + 30 * DAY, {**OPEN, "state": "done", "done_on": "2026-04-18"})
    PublicPromise.objects.update(outcome="kept", settled_on="2026-04-18")
    PublicTally.objects.filter(value="kept_told").update(value="kept")
    PublicTally.objects.filter(about="settled").update(value="2026-04")
    migrations = MigrationLoader(None).disk_migrations
    for step in migrations["publishing", "0026_promises_by_what_was_told"].operations[-2:]:
        step.code(apps, None)
    assert catalogue_what_is_missing(now=DUE + 30 * DAY) == 1
    assert outcomes(page) == ["kept_told"]
    assert queries.tally(page, "promise") == {"kept_told": 1}
    assert queries.tally(page, "settled") == {"2026-05": 1}
