"""The table is total, its rows fire in their order, and unknown never counts as harmless."""

import copy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.incidents.decision import (
    RANK,
    Earlier,
    History,
    Inputs,
    _row_for,
    inputs_of,
    is_lowering,
    propose,
)
from wording.records import changed

NEW = History()
SMALL: dict[str, Any] = {
    "components": [{"name": "A", "impact": "degraded"}],
    "customers": {"affected": 10, "total": 10_000, "percent": 0.1, "basis": "measured"},
    "times": {"impact_ended": "2026-03-04T08:30:00Z", "mitigated": None},
    "previous": [],
}


def small(**more: Any) -> dict[str, Any]:
    """A record of 18 minutes for 0.1% of customers, with sections merged over."""
    record = changed(**SMALL)
    for name, value in more.items():
        both = isinstance(value, dict) and isinstance(record.get(name), dict)
        record[name] = record[name] | value if both else value
    return record


def major(minutes: int) -> dict[str, Any]:
    end = f"2026-03-04T{8 + (12 + minutes) // 60:02}:{(12 + minutes) % 60:02}:00Z"
    part = {
        "name": "A",
        "impact": "major_outage",
        "began": "2026-03-04T08:12:00Z",
        "ended": end,
    }
    return small(components=[part], times={"impact_ended": end})


def hit(percent: float, end: str) -> dict[str, Any]:
    customers = {"affected": None, "total": None, "percent": percent}
    return small(customers=customers, times={"impact_ended": f"2026-03-04T{end}:00Z"})


@pytest.mark.parametrize(
    ("record", "history", "row", "outcome"),
    [
        (small(data={"loss": "confirmed"}), NEW, 1, "summary"),
        (small(data={"confidentiality": "possible"}), NEW, 1, "summary"),
        (small(data={"integrity": "unknown"}), NEW, 1, "summary"),
        (small(), History(same_cause=(Earlier(date(2026, 1, 14), "x"),)), 2, "summary"),
        (small(previous=[{"date": "2026-01-14", "title": "x"}]), NEW, 2, "summary"),
        (small(previous=[{"date": "2024-01-14", "title": "x"}]), NEW, 6, "short"),
        (small(cause={"fingerprint": None}), History(any_recent=True), 2, "summary"),
        (small(cause={"fingerprint": None}), NEW, 6, "short"),
        (major(30), NEW, 3, "summary"),
        (major(29), NEW, 6, "short"),
        (hit(25, "08:27"), NEW, 3, "summary"),
        (hit(25, "08:26"), NEW, 6, "short"),
        (hit(24.9, "08:27"), NEW, 6, "short"),
        (hit(5, "09:12"), NEW, 4, "summary"),
        (hit(5, "09:11"), NEW, 6, "short"),
        (hit(4.9, "09:12"), NEW, 6, "short"),
        (hit(1, "12:12"), NEW, 4, "summary"),
        (hit(1, "12:11"), NEW, 6, "short"),
        (small(wrong_results=True), NEW, 4, "summary"),
        (small(wrong_results="unknown"), NEW, 4, "summary"),
        (small(sla=[{"account": "x", "breached": True}]), NEW, 5, "summary"),
        (small(sla=[{"account": "x", "target": 99.9, "actual": 99.3}]), NEW, 5, "summary"),
        (small(sla=[{"account": "x", "target": 99.9}]), NEW, 5, "summary"),
        (small(sla=[{"account": "x", "breached": False}]), NEW, 6, "short"),
        (small(sla=None), NEW, 5, "summary"),
        (small(), NEW, 6, "short"),
        (small(), History(posted=False), 7, "none"),
        (
            small(
                components=[{"name": "A", "impact": "none"}],
                customers={"affected": 0, "percent": 0.0},
            ),
            History(same_cause=(Earlier(date(2026, 1, 14), "x"),)),
            8,
            "none",
        ),
        (
            small(
                components=[{"name": "A", "impact": "none"}],
                customers={"affected": None, "percent": None, "basis": "unknown"},
            ),
            NEW,
            3,
            "summary",
        ),
    ],
)
def test_the_row_that_fires(
    record: dict[str, Any], history: History, row: int, outcome: str
) -> None:
    proposal = propose(record, history)
    assert (proposal.row, proposal.outcome) == (row, outcome)
    assert proposal.because.endswith(".")


def test_unknown_customers_in_a_long_incident_count_as_many() -> None:
    unknown = {"affected": None, "total": None, "percent": None, "basis": "unknown"}
    proposal = propose(small(customers=unknown), NEW)
    assert (proposal.row, proposal.outcome) == (3, "summary")
    assert "unknown, which counts as many" in proposal.because


def test_the_proposal_says_what_would_change_it() -> None:
    changes = propose(small(data={"loss": "unknown"}), NEW).what_would_change_it
    assert "If data is found untouched: row 6, short public summary." in changes
    changes = propose(small(), NEW).what_would_change_it
    assert "If an effect on data is confirmed: row 1, public summary." in changes
    assert (
        "If the cause proves to be that of an earlier incident: row 2, public summary." in changes
    )


def test_an_empty_record_proposes_to_tell_everything() -> None:
    assert propose({}, NEW).outcome == "summary"


def test_lowering_is_telling_less() -> None:
    assert is_lowering("none", "short")
    assert is_lowering("short", "summary")
    assert not is_lowering("summary", "none")
    assert not is_lowering("short", "short")


yes_no_unknown = st.sampled_from(["yes", "no", "unknown"])
seconds = st.none() | st.integers(0, 20_000)
inputs = st.builds(
    Inputs,
    customer_impact=yes_no_unknown,
    data=st.sampled_from(["none", "possible", "confirmed", "unknown"]),
    recurrence=yes_no_unknown,
    longest_major=seconds,
    duration=seconds,
    percent=st.none() | st.floats(0, 100),
    wrong_results=yes_no_unknown,
    sla_breached=yes_no_unknown,
    posted=st.booleans(),
)


@given(inputs)
def test_every_incident_has_a_row(seen: Inputs) -> None:
    assert 1 <= _row_for(seen).number <= 8


@given(inputs, st.data())
def test_setting_an_unknown_fact_never_raises_what_is_owed(seen: Inputs, data: Any) -> None:
    """Unknown counts as the worse value: learning more can only ask for the same or less."""
    known = {
        "customer_impact": st.sampled_from(["yes", "no"]),
        "data": st.sampled_from(["none", "possible", "confirmed"]),
        "recurrence": st.sampled_from(["yes", "no"]),
        "longest_major": st.integers(0, 20_000),
        "duration": st.integers(0, 20_000),
        "percent": st.floats(0, 100),
        "wrong_results": st.sampled_from(["yes", "no"]),
        "sla_breached": st.sampled_from(["yes", "no"]),
    }
    name = data.draw(st.sampled_from(sorted(known)))
    unset = replace(seen, **{name: None if name in {"longest_major", "duration", "percent"}
                             else "unknown"})  # fmt: skip
    learned = replace(unset, **{name: data.draw(known[name])})
    assert RANK.index(_row_for(learned).outcome) <= RANK.index(_row_for(unset).outcome)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(st.sampled_from(sorted(small())), ANYTHING)
def test_a_broken_record_still_gets_a_proposal(section: str, value: Any) -> None:
    record = copy.deepcopy(small())
    record[section] = value
    assert propose(record, NEW).row in range(1, 9)
    assert inputs_of(record, NEW) == inputs_of(record, NEW)
