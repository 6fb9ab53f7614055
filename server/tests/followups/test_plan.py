from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.audience.models import Segment
from afterword.audience.queries.customers import Counts
from afterword.followups.models import Level
from afterword.followups.plan import ALLOWED, SEGMENTS, propose

PEOPLE = Counts(everyone=900, data_affected=12, sla=30)


def record(severity: int = 2, **changes: Any) -> dict[str, Any]:
    return {
        "incident": {"severity": severity},
        "customers": {"affected": 100, "total": 1000, "percent": 10.0, "basis": "measured"},
        "components": [{"name": "Sending", "impact": "major_outage"}],
        "data": {"confidentiality": "none", "loss": "none", "integrity": "none"},
        "sla": [],
    } | changes


def level(data: dict[str, Any], segment: Segment, people: Counts = PEOPLE) -> Level:
    return next(p.level for p in propose(data, people) if p.segment == segment)


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        ("none", Level.NONE),
        ("possible", Level.TARGETED),
        ("confirmed", Level.TARGETED),
        ("unknown", Level.TARGETED),
    ],
)
def test_people_whose_data_was_or_may_be_affected_get_a_letter(effect: str, expected: Level):
    data = {"confidentiality": "none", "loss": effect, "integrity": "none"}
    for severity in (1, 2, 3, 4):
        assert level(record(severity, data=data), Segment.DATA) == expected


@pytest.mark.parametrize(
    ("severity", "sla", "expected"),
    [
        (1, [], Level.PERSONAL),
        (2, [], Level.TARGETED),
        (3, [], Level.PAGE),
        (3, [{"account": "a1", "target": 99.9, "actual": 99.1}], Level.TARGETED),
        (3, [{"account": "a1", "breached": True}], Level.TARGETED),
        (3, None, Level.TARGETED),
        (4, [{"account": "a1", "breached": False}], Level.PAGE),
    ],
)
def test_sla_customers_hear_by_severity_and_always_after_a_breach(
    severity: int, sla: Any, expected: Level
):
    assert level(record(severity, sla=sla), Segment.SLA) == expected


@pytest.mark.parametrize(
    ("severity", "percent", "expected"),
    [
        (1, 49.9, Level.PAGE),
        (1, 50.0, Level.SUBSCRIBERS),
        (2, 80.0, Level.SUBSCRIBERS),
        (3, 80.0, Level.PAGE),
        (2, None, Level.SUBSCRIBERS),
    ],
)
def test_everyone_is_mailed_when_most_were_affected(
    severity: int, percent: float | None, expected: Level
):
    basis = "unknown" if percent is None else "measured"
    customers = {"affected": None, "total": None, "percent": percent, "basis": basis}
    assert level(record(severity, customers=customers), Segment.EVERYONE) == expected


def test_nobody_is_written_to_when_nobody_was_affected():
    data = record(
        1,
        customers={"affected": 0, "total": 1000, "percent": 0.0, "basis": "measured"},
        components=[{"name": "Sending", "impact": "none"}],
    )
    assert [p.level for p in propose(data, PEOPLE)] == [Level.NONE, Level.NONE, Level.PAGE]


def test_an_unknown_counts_as_the_worse_and_says_so():
    for proposed in propose({}, PEOPLE):
        assert "unknown" in proposed.because or proposed.segment == Segment.SLA
    assert [p.level for p in propose({}, PEOPLE)] == [
        Level.TARGETED,
        Level.PERSONAL,
        Level.SUBSCRIBERS,
    ]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(record())), anything))
def test_any_record_however_odd_gets_one_proposal_for_each_segment(data: dict[str, Any]):
    proposals = propose(data, PEOPLE)
    assert [p.segment for p in proposals] == list(SEGMENTS)
    for proposed in proposals:
        assert proposed.level in ALLOWED[proposed.segment]
        assert proposed.because.endswith(".")
