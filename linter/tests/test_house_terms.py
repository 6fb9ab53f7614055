"""The company's own words are put in place of those it avoids."""

import pytest

import plaintalk

PROFILE = plaintalk.Profile(
    house_terms=(("log in", "sign in"), ("e-mail", "email"), ("status page", "Status Page"))
)


def fixes(text: str, profile: plaintalk.Profile = PROFILE) -> list[tuple[str, str | None]]:
    report = plaintalk.check(text, kind="note", profile=profile)
    return [(one.quote, one.replacement) for one in report.findings if one.rule == "HSE-01"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You could not log in.", [("log in", "sign in")]),
        ("Log  in was slow.", [("Log  in", "Sign in")]),
        ("You could log\nin again.", [("log\nin", "sign in")]),
        ("The catalog industry was hit.", []),
        ('The button said "log in".', []),
        ("Our status page was down.", [("status page", "Status Page")]),
        ("Our Status Page was down.", []),
        ("Each e-mail and E-mail was late.", [("e-mail", "email"), ("E-mail", "Email")]),
    ],
)
def test_a_house_term_is_offered(text: str, expected: list[tuple[str, str]]) -> None:
    assert fixes(text) == expected


def test_a_word_inside_the_preferred_wording_is_left_alone() -> None:
    profile = plaintalk.Profile(house_terms=(("customers", "our customers"),))
    assert fixes("All our customers were hit.", profile) == []
    assert fixes("All customers were hit.", profile) == [("customers", "our customers")]


def test_severity_and_switch_are_the_profiles() -> None:
    profile = plaintalk.Profile(
        house_terms=(("log in", "sign in"),), severities=(("HSE-01", "error"),)
    )
    report = plaintalk.check("You could not log in.", kind="note", profile=profile)
    assert [one.severity for one in report.findings if one.rule == "HSE-01"] == ["error"]
    off = plaintalk.Profile(house_terms=(("log in", "sign in"),), off=frozenset({"HSE-01"}))
    assert fixes("You could not log in.", off) == []


def test_a_rule_that_is_switched_off_says_why() -> None:
    profile = plaintalk.Profile(off=frozenset({"MIN-01"}), reasons=(("MIN-01", "our own word"),))
    report = plaintalk.check("A handful of accounts lost a file.", kind="note", profile=profile)
    assert "switched off: our own word" in {
        one.why for one in report.not_checked if one.rule == "MIN-01"
    }
