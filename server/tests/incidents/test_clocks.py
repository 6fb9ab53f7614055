from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.incidents.clocks import (
    Clock,
    ClockFacts,
    Promise,
    add_business_days,
    clocks,
    end_of_day,
)
from afterword.incidents.models import Case, Incident

WEDNESDAY = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
FRIDAY = WEDNESDAY + timedelta(days=2)
CASE = Case(opened_at=WEDNESDAY)


def resolved(at: datetime = WEDNESDAY) -> Incident:
    return Incident(status="resolved", resolved_at=at, started_at=at, updated_at=at)


def due(severity: int, facts: ClockFacts, at: datetime = WEDNESDAY) -> dict[str, datetime]:
    return {c.name: c.due_at for c in clocks(resolved(at), CASE, severity, facts)}


def test_the_worst_incident_has_the_shortest_clocks() -> None:
    assert due(1, ClockFacts(follow_up_owed=True, sla_owed=True)) == {
        "closure": WEDNESDAY + timedelta(minutes=30),
        "interim summary": WEDNESDAY + timedelta(hours=24),
        "follow-up": WEDNESDAY + timedelta(days=1),
        "summary": datetime(2026, 3, 23, 12, 0, tzinfo=UTC),
        "service level result": datetime(2026, 3, 25, 12, 0, tzinfo=UTC),
    }


def test_lesser_incidents_have_longer_ones() -> None:
    assert due(2, ClockFacts()) == {
        "closure": WEDNESDAY + timedelta(hours=1),
        "interim summary": FRIDAY,
        "summary": datetime(2026, 3, 25, 12, 0, tzinfo=UTC),
    }
    assert due(3, ClockFacts()) == {
        "closure": datetime(2026, 3, 19, 23, 59, 59, tzinfo=UTC),
        "summary": datetime(2026, 4, 1, 12, 0, tzinfo=UTC),
    }
    assert due(4, ClockFacts()) == due(3, ClockFacts())


def test_a_known_cause_needs_no_interim_and_no_summary_has_no_clock() -> None:
    assert "interim summary" not in due(1, ClockFacts(cause_confirmed=True))
    assert set(due(1, ClockFacts(outcome="none"))) == {"closure"}


def test_before_the_end_only_the_hourly_word_is_owed() -> None:
    watched = Incident(status="monitoring", updated_at=WEDNESDAY, started_at=WEDNESDAY)
    assert clocks(watched, None, 1, ClockFacts()) == [
        Clock("still monitoring", WEDNESDAY + timedelta(hours=1))
    ]


def test_a_promise_runs_to_the_end_of_its_day() -> None:
    facts = ClockFacts(outcome="none", promises=(Promise("full queues", date(2026, 3, 20)),))
    assert due(1, facts)["promise: full queues"] == end_of_day(date(2026, 3, 20))


def test_late_is_late_whether_done_or_not() -> None:
    clock = Clock("closure", WEDNESDAY)
    assert not clock.missed(WEDNESDAY)
    assert clock.missed(WEDNESDAY + timedelta(seconds=1))
    assert Clock("closure", WEDNESDAY, WEDNESDAY + timedelta(seconds=1)).missed(FRIDAY)
    assert not Clock("closure", WEDNESDAY, WEDNESDAY).missed(FRIDAY)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (FRIDAY, 1, datetime(2026, 3, 23, 12, 0, tzinfo=UTC)),
        (FRIDAY + timedelta(days=1), 1, datetime(2026, 3, 24, tzinfo=UTC)),
        (FRIDAY + timedelta(days=2), 0, datetime(2026, 3, 23, tzinfo=UTC)),
        (WEDNESDAY, 10, datetime(2026, 4, 1, 12, 0, tzinfo=UTC)),
    ],
)
def test_weekends_do_not_count(start: datetime, days: int, end: datetime) -> None:
    assert add_business_days(start, days) == end


@given(st.integers(0, 60 * 24 * 365), st.integers(0, 30))
def test_a_business_day_is_never_a_weekend_and_more_days_are_later(minutes: int, n: int) -> None:
    at = WEDNESDAY + timedelta(minutes=minutes)
    assert add_business_days(at, n).weekday() < 5
    assert add_business_days(at, n) >= at
    assert add_business_days(at, n + 1) > add_business_days(at, n)
