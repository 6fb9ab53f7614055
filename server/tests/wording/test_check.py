from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plaintalk
from afterword.kit.errors import BadInput
from afterword.wording import policy
from afterword.wording.actions import remember_internal_text
from afterword.wording.copied import RUN, copied_passages, run_digests
from afterword.wording.models import InternalRun, InternalText
from afterword.wording.queries import (
    FindingView,
    blocking,
    check,
    duration_seconds,
    format_duration,
    linter_version,
    needs_second_person,
    validate_record,
)
from conftest import NOON
from wording.records import COMPLETE, changed

BRIEF = "Resolved: the brief outage of label printing is over."


def test_the_word_brief_meets_the_duration_of_the_record() -> None:
    errors = check(BRIEF, "closure", COMPLETE).errors()
    finding = next(f for f in errors if f.rule == "REC-01")
    assert "6 h" in finding.message
    assert finding.quote == BRIEF[finding.start : finding.end]


def test_the_one_key_fix_removes_the_error_it_was_offered_for() -> None:
    finding = next(f for f in check(BRIEF, "closure", COMPLETE).errors() if f.rule == "REC-01")
    assert finding.replacement is not None
    mended = BRIEF[: finding.start] + finding.replacement + BRIEF[finding.end :]
    assert "REC-01" not in {f.rule for f in check(mended, "closure", COMPLETE).findings}


def test_findings_stand_in_the_order_of_the_text() -> None:
    found = check("Never again. A brief hiccup. Never again.", "summary", COMPLETE).findings
    assert [(f.start, f.end, f.rule) for f in found] == sorted(
        (f.start, f.end, f.rule) for f in found
    )


def test_the_same_text_is_checked_against_the_record_and_in_the_way_it_is_asked_for() -> None:
    """Reports are remembered: by all that they follow from."""
    record = changed()
    assert "REC-01" in {f.rule for f in check(BRIEF, "closure", record).findings}
    record["times"]["impact_ended"] = "2026-03-04T08:15:00Z"
    record["components"] = []
    assert "REC-01" not in {f.rule for f in check(BRIEF, "closure", record).findings}
    assert check(BRIEF, "closure", None).not_checked
    assert check(BRIEF, "closure", COMPLETE).findings != check(BRIEF, "note", COMPLETE).findings
    later = "Exports failed. We will publish what changes by 9 March 2026."
    assert "MIS-08" in {f.rule for f in check(later, "summary", None).findings}
    assert "MIS-08" not in {f.rule for f in check(later, "summary", None, interim=True).findings}


def test_a_rule_without_its_facts_is_not_checked_and_not_passed() -> None:
    unknown = changed(customers={"affected": None, "total": None, "percent": None,
                                 "basis": "unknown"})  # fmt: skip
    checked = check("A small number of customers saw errors.", "summary", unknown)
    assert "REC-02" in {n.rule for n in checked.not_checked}


@pytest.mark.parametrize("text", ["half \ud83d of a pair", "x" * 2_000_001])
def test_a_text_that_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        check(text, "closure", COMPLETE)
    assert "body" in refused.value.problems


def test_a_broken_record_is_refused_with_its_paths() -> None:
    with pytest.raises(BadInput) as refused:
        check("Over.", "closure", changed(times={"impact_ended": "yesterday"}))
    assert "times.impact_ended" in refused.value.problems
    with pytest.raises(BadInput):
        duration_seconds({"schema": "other"})
    assert "schema" in validate_record({})
    assert validate_record(COMPLETE) == {}


def test_durations_come_from_the_record() -> None:
    assert duration_seconds(COMPLETE) == 22_320
    assert duration_seconds(changed(times={"impact_ended": None})) is None
    assert format_duration(22_320) == "6 hours 12 minutes"
    assert linter_version().startswith("plaintalk ")


def _finding(rule: str, severity: str, quote: str = "q") -> FindingView:
    return FindingView(rule, "n", "c", severity, 0, 1, 1, 1, quote, "m")


def test_errors_block_until_let_through_by_rule_and_quote() -> None:
    findings = [_finding("OVR-01", "error"), _finding("MIN-01", "warning")]
    assert [f.rule for f in blocking(findings, set())] == ["OVR-01"]
    assert blocking(findings, {("OVR-01", "other")}) == [findings[0]]
    assert blocking(findings, {("OVR-01", "q")}) == []
    assert blocking(findings, set(), kind="postmortem") == []


def test_four_rules_need_a_second_person() -> None:
    assert {r for r in policy.NEEDS_TWO if needs_second_person(r)} == {
        "LEK-01", "REC-08", "REC-10", "REC-11",
    }  # fmt: skip
    assert not needs_second_person("MIN-01")
    assert {r.id for r in plaintalk.RULES if r.two_person_override} <= policy.NEEDS_TWO


def test_every_kind_of_statement_can_be_checked() -> None:
    for kind in sorted(policy.BLOCKING_KINDS):
        assert check("Over.", kind, COMPLETE).coverage


WORDS = st.lists(st.sampled_from(["ash", "elm", "fir", "oak", "yew", "box"]), max_size=60)


@given(WORDS, WORDS)
def test_two_shared_runs_of_eight_words_are_found_and_fewer_are_not(
    internal: list[str], public: list[str]
) -> None:
    text = " ".join(public)
    digests = frozenset(run_digests(" ".join(internal), "salt"))
    runs = {tuple(internal[n : n + RUN]) for n in range(len(internal) - RUN + 1)}
    shared = sum(tuple(public[n : n + RUN]) in runs for n in range(len(public) - RUN + 1))
    passages = copied_passages(text, salt="salt", digests=digests)
    assert sum(p.runs for p in passages) == (shared if shared >= 2 else 0)
    assert all(text[p.start : p.end].split()[0] in internal for p in passages)


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(internal: str, public: str) -> None:
    digests = frozenset(run_digests(internal, "salt"))
    for passage in copied_passages(public, salt="salt", digests=digests):
        assert 0 <= passage.start < passage.end <= len(public)


def test_titles_names_and_figures_may_be_shared() -> None:
    text = "Label printing failed. Label printing failed. Label printing failed 08 12"
    digests = frozenset(run_digests(text, "salt"))
    exempt = frozenset({"label", "printing", "failed"})
    assert copied_passages(text, salt="salt", digests=digests)
    assert copied_passages(text, salt="salt", digests=digests, exempt=exempt) == []


@pytest.mark.django_db
def test_only_salted_hashes_of_an_internal_text_are_kept() -> None:
    text = "one two three four five six seven eight nine canary"
    salts = []
    for _ in range(2):
        remember_internal_text(incident_ref="par", text=text, now=NOON)
        salts.append(InternalText.objects.get(incident_ref="par").salt)
    rows: list[Any] = [*InternalText.objects.values_list(), *InternalRun.objects.values_list()]
    assert InternalRun.objects.count() == 3
    assert "canary" not in repr(rows)
    assert salts[0] != salts[1]


@pytest.mark.django_db
def test_another_incident_is_not_compared() -> None:
    text = "we restarted the queue by hand and it filled up a second time within minutes"
    remember_internal_text(incident_ref="one", text=text, now=NOON)
    assert "LEK-11" in {f.rule for f in check(text, "note", None, incident_ref="one").findings}
    assert "LEK-11" not in {f.rule for f in check(text, "note", None, incident_ref="two").findings}


@pytest.mark.django_db
def test_a_review_like_a_library_is_refused() -> None:
    with pytest.raises(BadInput, match="limit"):
        remember_internal_text(incident_ref="par", text="x" * 500_001, now=NOON)
