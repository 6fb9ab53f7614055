"""Eight incidents told badly and told well: every fault is found, and nothing else is called one."""

import pytest

import plaintalk
from tests.pairs import PAIRS, Pair


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_every_listed_fault_of_the_bad_text_is_found(pair: Pair) -> None:
    report = plaintalk.check(pair.bad, pair.kind, plaintalk.load_record(pair.record))
    missed = set(pair.expected.split()) - {finding.rule for finding in report.findings}
    assert not missed


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_good_text_has_no_error_and_no_warning(pair: Pair) -> None:
    report = plaintalk.check(pair.good, pair.kind, plaintalk.load_record(pair.record))
    loud = [
        (finding.rule, finding.quote[:80], finding.message)
        for finding in report.findings
        if finding.severity != "suggestion"
    ]
    assert not loud


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_good_text_answers_more_than_the_bad_one(pair: Pair) -> None:
    record = plaintalk.load_record(pair.record)
    good = plaintalk.check(pair.good, pair.kind, record).coverage
    bad = plaintalk.check(pair.bad, pair.kind, record).coverage
    answered = [key for key, answer in good.items() if answer.state == "answered"]
    assert len(answered) > sum(answer.state == "answered" for answer in bad.values())
    assert {"who_affected", "duration", "data_impact"} <= set(answered)
