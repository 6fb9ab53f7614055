"""What several rules of a category find at one place is shown once, and nothing grave is lost."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plaintalk
from plaintalk.finding import SEVERITIES, Finding
from plaintalk.overlaps import EACH_ITS_OWN, one_for_a_place
from tests.generated.invariants import broken, nested

FORGOT = "An engineer forgot to look."
_RULES = st.sampled_from(["AAA-01", "WID-01", "WID-02", "CLS-01"])
_WIDENING = {"WID-01", "WID-02", "CLS-01"}
_CATEGORIES = st.sampled_from(["blame", "leak", "record"])


def finding(rule: str, category: str, severity: str, start: int, length: int) -> Finding:
    return Finding(
        rule, "name", category, severity, start, start + length,  # type: ignore[arg-type]
        1, start + 1, "x" * length, "message",
    )  # fmt: skip


def rules(text: str, **options: object) -> set[str]:
    report = plaintalk.check(text, kind="note", **options)  # type: ignore[arg-type]
    return {one.rule for one in report.findings if one.category in ("blame", "readability")}


def test_one_rule_speaks_for_those_that_find_the_same_words() -> None:
    report = plaintalk.check(FORGOT)
    assert [one.rule for one in report.findings if one.category == "blame"] == ["BLM-04", "BLM-03"]
    assert {one.rule for one in report.covered} == {"BLM-14", "BLM-17", "BLM-20", "BLM-21"}


def test_a_rule_that_is_off_stands_for_nothing() -> None:
    off = plaintalk.Profile(off=frozenset({"BLM-04", "BLM-20"}))
    assert not {"BLM-14", "BLM-17"}.isdisjoint(rules(FORGOT, profile=off))


@pytest.mark.parametrize(
    ("names", "left"),
    [
        # The shown one is allowed, and with it what it stands for.
        ("BLM-04", {"BLM-03"}),
        # One that is not shown is allowed: no fault of the comment, and the shown one stands.
        ("BLM-21", {"BLM-04", "BLM-03"}),
        # As texts have it that were written when each was shown.
        ("BLM-03, BLM-04, BLM-14, BLM-17, BLM-20, BLM-21", set()),
    ],
)
def test_comments_name_what_is_shown_and_what_is_not(names: str, left: set[str]) -> None:
    text = f"{FORGOT} <!-- plaintalk: allow {names} because she agreed to it -->"
    assert rules(text) == left
    told = {one.finding.rule for one in plaintalk.check(text, kind="note").allowed}
    assert told == set(names.split(", "))


@given(
    st.lists(
        st.builds(
            finding, _RULES, _CATEGORIES, st.sampled_from(SEVERITIES),
            st.integers(0, 12), st.integers(0, 8),
        ),
        max_size=14,
    )
)  # fmt: skip
def test_none_lies_in_another_and_each_that_is_left_out_has_one_that_stands(
    every: list[Finding],
) -> None:
    standing, covered = one_for_a_place(every, _WIDENING, {"CLS-01"})
    assert sorted(map(repr, [*standing, *covered])) == sorted(map(repr, every))
    shown = [one for one in standing if one.category not in EACH_ITS_OWN]
    for at, one in zip(count(1), shown, strict=False):
        beside = [other for other in shown[at:] if nested(one, other)]
        assert all(_always(one) or _always(other) for other in beside)
    for left in covered:
        assert left.category not in EACH_ITS_OWN
        assert not _always(left)
        stand_in = [one for one in shown if nested(one, left)]
        assert any(_goes_first(one, left) for one in stand_in), left
    backwards = one_for_a_place(every[::-1], _WIDENING, {"CLS-01"})
    assert sorted(map(repr, standing)) == sorted(map(repr, backwards[0]))


def _always(one: Finding) -> bool:
    return one.severity == "error" or one.rule not in _WIDENING


def _goes_first(one: Finding, left: Finding) -> bool:
    """Whether one may stand for the other: it is graver, or as grave and no more of a class."""
    first, second = (
        (SEVERITIES.index(each.severity), each.rule == "CLS-01") for each in (one, left)
    )
    return first <= second


def test_errors_that_counsel_or_two_people_let_through_stand_beside_others() -> None:
    one = finding("AAA-01", "leak", "error", 0, 8)
    other = finding("TWO-01", "leak", "error", 2, 3)
    around = finding("WID-01", "leak", "warning", 1, 6)
    assert one_for_a_place([around, one, other], _WIDENING, set()) == ([one, other], [around])


def test_no_text_of_the_catalogue_has_two_findings_at_one_place() -> None:
    for rule in plaintalk.RULES:
        for example in (*rule.bad, *rule.good):
            report = plaintalk.check(example.text, kind=example.kind)
            assert not broken(example.text, report), example.text
