"""A comment lets one finding stand, for a reason, and is itself reported where it does nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plaintalk
from plaintalk.house_rules import HOUSE_RULES

FEW = "A handful of accounts lost a file."
ALLOW = "<!-- plaintalk: allow MIN-01 because the list follows below -->"


def rules(text: str, **options: object) -> set[str]:
    report = plaintalk.check(text, kind="note", **options)  # type: ignore[arg-type]
    return {finding.rule for finding in report.findings} & {"MIN-01", *_HOUSE}


_HOUSE = {rule.id for rule in HOUSE_RULES}


@pytest.mark.parametrize(
    "text",
    [
        f"{FEW} {ALLOW}",
        f"{ALLOW}\n{FEW}",
        f"{ALLOW}\n\n{FEW}",
        f"{FEW} <!-- plaintalk: allow unquantified-small-number because we list them -->",
        f"{FEW} <!--plaintalk:allow min-01 BECAUSE we list them-->",
        f"{ALLOW}\n<!-- another remark -->\n{FEW}",
        f"A handful of\naccounts lost a file. {ALLOW}",
    ],
)
def test_a_comment_with_a_reason_lets_the_finding_of_its_line_stand(text: str) -> None:
    assert rules(text) == set()


def test_what_was_allowed_is_told_with_its_reason() -> None:
    report = plaintalk.check(f"{FEW} {ALLOW}", kind="note")
    assert [(one.finding.rule, one.reason) for one in report.allowed] == [
        ("MIN-01", "the list follows below")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{FEW} <!-- plaintalk: allow MIN-01 -->", {"MIN-01", "HSE-02"}),
        (f"{FEW} <!-- plaintalk: allow MIN-01 because  -->", {"MIN-01", "HSE-02"}),
        (f"{FEW} <!-- plaintalk: allow MIN-01 we list them -->", {"MIN-01", "HSE-02"}),
        (f"{FEW} <!-- plaintalk: allow MIN-99 because we list them -->", {"MIN-01", "HSE-03"}),
        (f"{FEW} <!-- plaintalk: ignore MIN-01 because of us -->", {"MIN-01", "HSE-03"}),
        (f"{FEW} <!-- plaintalk: allow because we list them -->", {"MIN-01", "HSE-03"}),
        (f"12 accounts lost a file. {ALLOW}", {"HSE-04"}),
        (f"{ALLOW}\n\nExports failed.\n\n{FEW}", {"MIN-01", "HSE-04"}),
        (f"{FEW}\n\n{ALLOW}", {"MIN-01", "HSE-04"}),
        (f"{FEW} `{ALLOW}`", {"MIN-01"}),
        (f"{FEW} <!-- nothing to do with it -->", {"MIN-01"}),
    ],
)
def test_a_comment_that_does_nothing_is_reported(text: str, expected: set[str]) -> None:
    assert rules(text) == expected


def test_one_comment_may_name_several_rules() -> None:
    text = (
        "Fortunately a handful of accounts lost a file. "
        "<!-- plaintalk: allow MIN-01, MIN-09 because we list them -->"
    )
    report = plaintalk.check(text, kind="note")
    assert {one.finding.rule for one in report.allowed} == {"MIN-01", "MIN-09"}
    assert not {finding.rule for finding in report.findings} & {"MIN-01", "MIN-09", "HSE-04"}


def test_a_rule_that_could_not_be_applied_is_not_called_unneeded() -> None:
    text = f"{FEW} <!-- plaintalk: allow REC-02 because the record is being mended -->"
    assert rules(text) == {"MIN-01"}


def test_places_with_their_own_way_to_override_ignore_comments() -> None:
    assert rules(f"{FEW} {ALLOW}", allow_comments=False) == {"MIN-01"}


@given(st.lists(st.sampled_from([ALLOW, FEW, "\n", "<!--", "-->", "```", "`", " ", "plaintalk:"])))
def test_any_mix_of_comments_keeps_offsets_exact(parts: list[str]) -> None:
    text = "".join(parts)
    for finding in plaintalk.check(text, kind="note").findings:
        assert finding.quote == text[finding.start : finding.end]


def test_many_comments_take_no_longer_than_the_text_is_long() -> None:
    text = f"{ALLOW}\n" * 8_000 + FEW
    assert rules(text) == set()
