"""A figure is the outage's unless its clause names another matter; what is only likely is a doubt."""

import pytest

import plaintalk
from plaintalk.document import Kind

RECORD = {
    "schema": "plaintalk-record/1",
    "times": {
        "zone": "UTC",
        "impact_began": "2026-03-04T08:12:00Z",
        "impact_ended": "2026-03-04T14:24:00Z",
    },
    "components": [{"name": "Order desk", "aliases": ["orders"], "impact": "major_outage"}],
    "customers": {"affected": 1798, "total": 4860, "percent": 37.0, "basis": "measured"},
}


def fired(text: str, kind: Kind = "summary") -> dict[str, str]:
    """The record rules that fire on a text, with their severity."""
    report = plaintalk.check(text, kind=kind, record=plaintalk.load_record(RECORD))
    rules = ("REC-01", "REC-02", "REC-03", "REC-04", "REC-05")
    return {one.rule: one.severity for one in report.findings if one.rule in rules}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The order desk came to a halt for 3h12m.", "REC-03"),
        ("Orders were rejected for 3½ hours or so.", "REC-03"),
        ("**How long did it last?**\n2 hours", "REC-03"),
        ("Start to finish, two hours and a quarter.", "REC-03"),
        ("From 09.40 UTC onwards orders failed.", "REC-04"),
        ("Just after 0940 UTC orders failed.", "REC-04"),
        ("All services are back since 12h30 UTC.", "REC-04"),
        ("Orders failed from 9:40 a.m. right up to 2:24 p.m. UTC.", "REC-04"),
        ("**Affected users:** 2,950", "REC-05"),
        ("Somewhere around 2,900 customers sat in front of an error page.", "REC-05"),
        ("62 pct of you were affected.", "REC-05"),
        ("Hardly anybody was affected.", "REC-02"),
        ("The order desk had a hiccup.", "REC-01"),
    ],
)
def test_a_wrong_figure_is_found_without_a_verb_that_is_known(text: str, rule: str) -> None:
    assert rule in fired(text)


@pytest.mark.parametrize(
    "text",
    [
        "Our supplier's outage lasted 40 minutes.",
        "It was 25 minutes before anybody noticed.",
        "You waited 50 minutes for a first word from us.",
        "We spent another 90 minutes working off the queue.",
        "Late orders trickled in until 17:05 UTC.",
        "The faulty release had been live for 11 hours.",
        "Access tokens are valid for 45 minutes.",
        "Orders took half a minute.",
        "There was nothing wrong for 3,062 customers, who saw no problem.",
        "212 customers wrote to us.",
        "The fix in version 14.40 went out later.",
        "It dragged on for a bit over six hours.",
    ],
)
def test_a_figure_of_another_matter_is_left_alone(text: str) -> None:
    assert fired(text) == {}


def test_what_is_said_outright_is_an_error_and_what_is_likely_a_warning() -> None:
    assert fired("The outage lasted 3 hours.")["REC-03"] == "error"
    assert fired("Start to finish, 3 hours.")["REC-03"] == "warning"
    assert fired("It started at 09:40 UTC.")["REC-04"] == "warning"


def test_a_time_with_its_distance_from_utc_is_no_pair_of_times() -> None:
    assert fired("The outage began at 05:12-03:00.") == {}
    assert fired("The outage began at 07:40-03:00.")["REC-04"] == "error"


def test_a_time_without_a_zone_is_read_in_the_place_of_the_record() -> None:
    there = {**RECORD, "times": {**RECORD["times"], "zone": "America/New_York"}}

    def rules(text: str) -> set[str]:
        report = plaintalk.check(text, kind="summary", record=plaintalk.load_record(there))
        return {one.rule for one in report.findings}

    assert "REC-04" not in rules("The outage began at 03:12.")
    assert "REC-04" in rules("The outage began at 08:12.")


def test_a_promised_date_that_the_record_does_not_have_is_found() -> None:
    measure = {"text": "queues stop accepting work at 80% full", "status": "planned", "due": None}
    record = plaintalk.load_record({"schema": "plaintalk-record/1", "measures": [measure]})
    text = "By 2 May 2026 our queues will stop accepting work at 80% full."
    found = [one for one in plaintalk.check(text, record=record).findings if one.rule == "REC-16"]
    assert [one.message for one in found] == [
        "Promised 2 May 2026; the record has no date for this."
    ]
