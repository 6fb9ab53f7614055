"""A record is read strictly: every fault is named by its path, and nothing else is ever raised."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plaintalk
from tests.facts import INVOICES, mapping

SHARED = Path(os.environ.get("AFTERWORD_SHARED", Path(__file__).parents[3] / "shared"))

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)


def problems(record: Any) -> dict[str, str]:
    with pytest.raises(plaintalk.RecordError) as refused:
        plaintalk.load_record(record)
    return dict(refused.value.problems)


def test_the_example_record_is_read() -> None:
    example = SHARED / "record.example.json"
    if not example.exists():
        pytest.skip(f"no example record at {example}")
    record = plaintalk.load_record(json.loads(example.read_text("utf-8")))
    assert record.duration_seconds == 22320
    assert record.customers.percent == 37.0
    assert record.components[1].began is None
    assert record.previous[0].title == "Invoices were late"


@pytest.mark.parametrize(
    ("section", "value", "path", "words"),
    [
        ("times", {"impact_began": "2026-03-04T08:12:00Z", "impact_ended": "2026-03-04T08:00:00Z"},
         "times.impact_ended", "is before times.impact_began"),
        ("times", {"impact_began": "2026-03-04T08:12:00"}, "times.impact_began", "no time zone"),
        ("times", {"impact_began": "yesterday"}, "times.impact_began", "is not a date and time"),
        ("times", {"impact_began": 12}, "times.impact_began", "must be a date and time"),
        ("times", [], "times", "must be an object"),
        ("components", {}, "components", "must be a list"),
        ("components", [{"name": "API", "impact": "bad"}], "components[0].impact", "must be one of"),
        ("components", ["API"], "components[0]", "must be an object"),
        ("components", [{}], "components[0].name", "is missing"),
        ("customers", {"affected": 10, "total": 5}, "customers.affected", "is more than"),
        ("customers", {"affected": -1}, "customers.affected", "0 or more"),
        ("customers", {"affected": "many"}, "customers.affected", "whole number"),
        ("customers", {"affected": True}, "customers.affected", "whole number"),
        ("customers", {"percent": 101}, "customers.percent", "between 0 and 100"),
        ("customers", {"percent": float("nan")}, "customers.percent", "between 0 and 100"),
        ("customers", {"basis": "guessed"}, "customers.basis", "must be one of"),
        ("data", {"loss": "perhaps"}, "data.loss", "must be one of"),
        ("data", {"loss": ["none"]}, "data.loss", "must be one of"),
        ("measures", [{"text": "x", "due": "soon"}], "measures[0].due", "is not a date"),
        ("previous", [{"title": "x"}], "previous[0].date", "is missing"),
        ("incident", {"severity": 9}, "incident.severity", "between 1"),
        ("lexicon", {"hosts": "a"}, "lexicon.hosts", "must be a list"),
        ("lexicon", {"hosts": [1]}, "lexicon.hosts[0]", "must be text"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_path(section: str, value: Any, path: str, words: str) -> None:
    found = problems(mapping(**{section: value}))
    assert words in found[path]


def test_all_faults_are_reported_together() -> None:
    found = problems(mapping(times={"impact_began": 1}, data={"loss": 2}, schema="other/1"))
    assert set(found) == {"schema", "times.impact_began", "data.loss"}


def test_what_is_not_stated_is_unknown_and_never_none() -> None:
    record = plaintalk.load_record(mapping())
    assert set(record.data.effects.values()) == {"unknown"}
    assert record.customers.basis == "unknown"
    assert record.duration_seconds is None
    assert not record.data.untouched


def test_keys_that_are_not_known_are_allowed() -> None:
    record = plaintalk.load_record(mapping(weather="rain", data={"loss": "none", "more": 1}))
    assert record.data.loss == "none"


def test_unknown_and_null_mean_not_stated() -> None:
    record = plaintalk.load_record(
        mapping(customers={"affected": None, "total": "unknown", "percent": "unknown"}, times=None)
    )
    assert record.customers.affected is None
    assert record.customers.share is None


@given(JSON)
def test_any_value_gives_a_record_or_a_record_error(value: Any) -> None:
    try:
        plaintalk.load_record(value)
    except plaintalk.RecordError as refused:
        assert refused.problems


@given(st.sampled_from(sorted(INVOICES)), JSON)
def test_any_section_gives_a_record_or_a_record_error(section: str, value: Any) -> None:
    try:
        record = plaintalk.load_record({**INVOICES, section: value})
    except plaintalk.RecordError as refused:
        assert refused.problems
    else:
        plaintalk.check("A brief outage hit a small number of users.", "closure", record)


@pytest.mark.parametrize(
    ("facts", "rule", "reason"),
    [
        ({"components": [{"name": "API"}]}, "REC-06", "does not say which components were hit"),
        (
            {"components": [
                {"name": "API", "impact": "major_outage", "state_now": "operational"},
                {"name": "Webhooks", "impact": "major_outage", "state_now": "unknown"},
            ]},
            "REC-08",
            "does not say how every component is now",
        ),
        ({"regions": {"affected": ["EU"], "basis": "measured"}}, "REC-13", "does not list all"),
        ({"sla": [{"account": "Northlatch", "target": 99.9}]}, "REC-18", "which service level"),
    ],
)  # fmt: skip
def test_a_fact_that_a_rule_cannot_do_without_is_named_as_the_reason_it_was_not_checked(
    facts: dict[str, Any], rule: str, reason: str
) -> None:
    report = plaintalk.check("All works again.", "closure", plaintalk.load_record(mapping(**facts)))
    assert reason in {one.rule: one.why for one in report.not_checked}[rule]


def test_an_open_incident_is_no_longer_called_resolved_because_its_parts_are_not_known() -> None:
    facts = mapping(incident={"status": "monitoring"}, components=[{"name": "API"}])
    report = plaintalk.check("This is resolved.", "closure", plaintalk.load_record(facts))
    assert "REC-08" in {one.rule for one in report.findings}
