"""A configuration file chooses rules, words and kinds; its faults are named by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plaintalk
from plaintalk.configuration import Configuration, ConfigurationError, matches, read_configuration

WHOLE = """\
audience_terms = ["webhook"]

[terms]
"log in" = "sign in"

[off]
JRG-03 = "our readers are engineers"

[severity]
unquantified-small-number = "error"

[[profile]]
name = "closures"
files = ["status/**/closed-*.md", "*.closure.md"]
kind = "closure"
audience_terms = ["shard"]
severity.JRG-03 = "suggestion"

[[profile]]
kinds = ["data_notice"]
off.TON-01 = "the authority's form asks for it"
"""


def problems(text: str, *under: str) -> list[tuple[int, str]]:
    with pytest.raises(ConfigurationError) as refused:
        read_configuration(text, under)
    return list(refused.value.problems)


def test_a_whole_file_is_read() -> None:
    profile = read_configuration(WHOLE).profile("readme.md", "summary")
    assert profile.audience_terms == ("webhook",)
    assert profile.house_terms == (("log in", "sign in"),)
    assert profile.off == {"JRG-03"}
    assert profile.reasons == (("JRG-03", "our readers are engineers"),)
    assert profile.severities == (("MIN-01", "error"),)


def test_later_parts_add_to_and_win_over_earlier_ones() -> None:
    configuration = read_configuration(WHOLE)
    path = "status/2026/closed-1.md"
    assert configuration.kind_of(path) == "closure"
    assert configuration.kind_of("status/2026/open-1.md") is None
    profile = configuration.profile(path, "closure")
    assert profile.name == "closures"
    assert profile.audience_terms == ("webhook", "shard")
    assert profile.off == frozenset()
    assert dict(profile.severities) == {"MIN-01": "error", "JRG-03": "suggestion"}
    assert configuration.profile(None, "data_notice").off == {"JRG-03", "TON-01"}


def test_choices_reach_the_check() -> None:
    profile = read_configuration(WHOLE).profile(None, "note")
    report = plaintalk.check("A handful of accounts could not log in.", "note", profile=profile)
    found = {finding.rule: finding.severity for finding in report.findings}
    assert found["MIN-01"] == "error"
    assert found["HSE-01"] == "warning"


def test_a_table_inside_another_file_is_read() -> None:
    text = '[project]\nname = "x"\n[tool.plaintalk]\naudience_terms = ["shard"]\n'
    configuration = read_configuration(text, ("tool", "plaintalk"))
    assert configuration.profile(None, "note").audience_terms == ("shard",)
    faulty = text + '[tool.plaintalk.off]\n"MIN-99" = "no"\n'
    assert problems(faulty, "tool", "plaintalk")[0][0] == 6


def test_an_empty_file_changes_nothing() -> None:
    assert read_configuration("") == Configuration()
    assert Configuration().profile("x.md", "note") == plaintalk.DEFAULT_PROFILE


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a = [", 1, "not TOML"),
        ("\n\naudience_terms = 1\n", 3, "audience_terms must be a list of texts"),
        ("x = 1\n", 1, "x is not known here"),
        ('\n[off]\n"MIN-01" = "we count"\n"MIN-99" = "we count"\n', 4, "off.MIN-99 is no rule"),
        ('[off]\n"MIN-01" = " "\n', 2, "off.MIN-01 needs a reason"),
        ('[off]\n"MIN-01" = true\n', 2, "off.MIN-01 must be text"),
        ('off = "MIN-01"\n', 1, "off must be a table"),
        ('[severity]\n"MIN-01" = "fatal"\n', 2, 'not "fatal"'),
        ('[terms]\n"" = "x"\n', 2, "an empty word"),
        ('[[profile]]\nkind = "note"\n\n[[profile]]\nkind = "poem"\n', 5, 'no kind "poem"'),
        ('[[profile]]\nkinds = [\n  "note",\n  "poem",\n]\n', 4, 'no kind "poem"'),
        ('[[profile]]\n[profile.off]\nMIN-99 = "x"\n', 3, "profile.off.MIN-99 is no rule"),
        ('[profile]\nkind = "note"\n', 1, "written as [[profile]]"),
        ('[[profile]]\nfile = ["x"]\n', 2, "profile.file is not known here"),
    ],
)
def test_a_fault_is_named_by_its_line(text: str, line: int, said: str) -> None:
    found = problems(text)
    assert [one[0] for one in found] == [line]
    assert said in found[0][1]


def test_every_fault_is_named_at_once() -> None:
    assert len(problems('x = 1\ny = 2\n[off]\nZZZ-01 = "no"\n')) == 3


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.md", "a/b.md", True),
        ("a/*.md", "a/b.md", True),
        ("a/*.md", "a/b/c.md", False),
        ("a/**/*.md", "a/c.md", True),
        ("a/**", "a/b/c.md", True),
        ("./a/?.md", "a/b.md", True),
        ("a.md", "aXmd", False),
    ],
)
def test_paths_match_as_in_other_tools(pattern: str, path: str, expected: bool) -> None:
    assert matches(pattern, path) is expected


@given(st.text())
def test_any_text_is_a_configuration_or_a_list_of_faults(text: str) -> None:
    try:
        read_configuration(text)
    except ConfigurationError as refused:
        assert all(1 <= line <= text.count("\n") + 1 for line, _ in refused.problems)
