"""The public list of promises follows what is published, and turns late by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.publishing.actions import turn_promises_late
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
    assert outcomes(page) == ["kept", "open", "dropped"]
    assert queries.tally(page, "promise") == {"dropped": 1, "kept": 1, "open": 1}
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


def test_a_day_that_was_moved_does_not_make_a_promise_kept_in_time(now: datetime) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    told(page, now + DAY, {**OPEN, "due": "2026-05-18"})
    told(page, now + 2 * DAY, {**OPEN, "due": "2026-05-18", "state": "done",
                               "done_on": "2026-05-10"})  # fmt: skip
    assert outcomes(page) == ["kept_moved"]
    assert queries.tally(page, "promise") == {"kept_moved": 1}
    [row] = queries.promises_of(page, "inv")
    assert (row.first_due.isoformat(), row.told_at) == ("2026-04-18", now + 2 * DAY)


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
    at = datetime.fromisoformat(f"{told_on}T12:00:00+00:00")
    told(page, at, {**OPEN, "due": "2026-05-18"})
    done = {**OPEN, "due": "2026-05-18", "state": "done", "done_on": done_on}
    told(page, at + 60 * DAY, done)
    assert outcomes(page) == [outcome]


def test_an_upgrade_tells_slips_told_in_time_from_silent_ones(now: datetime) -> None:
    """What stood as kept late before is counted anew, from the words readers had."""
    page = a_page(now)
    told(page, now, OPEN)
    told(page, now + DAY, {**OPEN, "due": "2026-05-18"})
    told(page, now + 60 * DAY, {**OPEN, "due": "2026-05-18", "state": "done",
                                "done_on": "2026-05-10"})  # fmt: skip
    PublicPromise.objects.update(outcome="kept_late")
    PublicTally.objects.filter(value="kept_moved").update(value="kept_late")
    name = "0022_slips_told_in_time"
    MigrationLoader(None).disk_migrations["publishing", name].operations[0].code(apps, None)
    assert outcomes(page) == ["kept_moved"]
    assert queries.tally(page, "promise") == {"kept_moved": 1}


def test_a_promise_made_only_in_a_retracted_text_is_gone(now: datetime) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    wrong = told(page, now + DAY, OPEN, {**OPEN, "id": "more", "what": "Brockhurst is told first"})
    assert len(outcomes(page)) == 2
    word(page, "inv", now + 2 * DAY, kind="correction", status="resolved", corrects=wrong,
         correction={"weight": "retraction"}, body="It named a customer.")  # fmt: skip
    assert [each.what for each in queries.promises_of(page, "inv")] == [OPEN["what"]]
    assert queries.tally(page, "promise") == {"open": 1}


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
    assert asked == ({"promises", "incident:inv"} if late else set())


def test_a_late_promise_that_is_kept_or_moved_is_late_no_more(now: datetime) -> None:
    page = a_page(now)
    told(page, now, OPEN)
    turn_promises_late(now=DUE + DAY)
    told(page, DUE + 2 * DAY, {**OPEN, "due": "2026-06-01"})
    assert outcomes(page) == ["open"]
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
