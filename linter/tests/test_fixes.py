"""One key puts the record's figure in place of the word, in good English."""

import pytest

import plaintalk
from tests.facts import invoices

SHORT_TIME = [
    ("A brief outage stopped invoices.", "An outage of 6 hours 12 minutes stopped invoices."),
    ("We had a brief outage.", "We had an outage of 6 hours 12 minutes."),
    ("The brief issue has ended.", "The issue lasting 6 hours 12 minutes has ended."),
    ("Sending was down for a short time.", "Sending was down for 6 hours 12 minutes."),
    ("Sending was temporarily unavailable.", "Sending was unavailable for 6 hours 12 minutes."),
    ("There were brief delays.", "There were delays for 6 hours 12 minutes."),
    ("Sending was unavailable briefly.", "Sending was unavailable for 6 hours 12 minutes."),
    (
        "A short-lived service disruption stopped invoices.",
        "A service disruption of 6 hours 12 minutes stopped invoices.",
    ),
]
FEW = [
    ("A small number of users could not sign in.", "1,798 users (37%) could not sign in."),
    (
        "Only a very small subset of our customers lost access.",
        "1,798 customers (37%) lost access.",
    ),
    ("It hit a handful of accounts.", "It hit 1,798 accounts (37%)."),
    ("Some users were unable to sign in.", "1,798 users (37%) were unable to sign in."),
]


def fixed(text: str, rule: str, record: plaintalk.Record) -> str:
    for finding in plaintalk.check(text, "closure", record).findings:
        if finding.rule == rule:
            assert finding.replacement is not None
            return text[: finding.start] + finding.replacement + text[finding.end :]
    raise AssertionError(f"{rule} did not fire on {text}")


@pytest.mark.parametrize(("text", "expected"), SHORT_TIME)
def test_a_short_time_becomes_the_duration(text: str, expected: str) -> None:
    assert fixed(text, "REC-01", invoices()) == expected


@pytest.mark.parametrize(("text", "expected"), FEW)
def test_a_small_number_becomes_the_number(text: str, expected: str) -> None:
    assert fixed(text, "REC-02", invoices()) == expected


@pytest.mark.parametrize("text", [after for _, after in SHORT_TIME + FEW])
def test_a_fixed_text_no_longer_trips_the_rule(text: str) -> None:
    fired = {one.rule for one in plaintalk.check(text, "closure", invoices()).findings}
    assert not fired & {"REC-01", "REC-02", "REC-03", "MIN-01", "MIN-02", "MIN-04"}


def test_the_message_quotes_the_record() -> None:
    report = plaintalk.check("A brief outage hit a small number of users.", "closure", invoices())
    messages = {one.rule: one.message for one in report.findings}
    assert messages["REC-01"] == '"brief", but the record says 6 h 12 min.'
    assert "37%, 1,798 of 4,860 customers" in messages["REC-02"]


def test_an_estimate_is_offered_as_an_estimate() -> None:
    record = invoices(customers={"affected": 1800, "total": 4860, "basis": "estimated"})
    text = "A small number of users could not sign in."
    assert fixed(text, "REC-02", record) == "About 1,800 users (37%) could not sign in."


def test_nothing_is_offered_from_a_basis_that_is_unknown() -> None:
    record = invoices(customers={"affected": 1800, "total": 4860, "basis": "unknown"})
    report = plaintalk.check("A small number of users could not sign in.", "closure", record)
    assert [one.replacement for one in report.findings if one.rule == "MIN-01"] == [None]
    assert "REC-02" in {one.rule for one in report.not_checked}


def test_without_a_record_the_fact_checks_say_so() -> None:
    report = plaintalk.check("A brief outage.", "closure")
    assert {one.rule: one.why for one in report.not_checked}["REC-01"] == "no record was given"
