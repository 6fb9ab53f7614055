"""What people, code hosts and scanners are shown."""

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from fluidattacks_core.sarif import SarifLog
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import plaintalk
from plaintalk.output import github, sarif
from plaintalk.output import text as terminal
from tests.facts import invoices

STANDARD = Draft202012Validator(SarifLog.model_json_schema(by_alias=True))
"""The whole schema of the standard, by way of the classes that a package makes from it."""
BAD = "A brief outage hit a small number of users.\n"
FEW = "A handful of accounts lost a file."
ALLOWED = f"{FEW} <!-- plaintalk: allow MIN-01 because {{we}} list it -->\n"
GERMAN = "Die Störung ist für alle Kunden behoben."
TEXTS = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"])),
        st.sampled_from(["\n", f"{FEW} ", "It will never recur. ", "\t"]),
    )
).map("".join)


def report(text: str, **options: Any) -> tuple[str, str, plaintalk.Report]:
    kind = options.pop("kind", "closure")
    return options.pop("path", "closure.md"), text, plaintalk.check(text, kind=kind, **options)


def log(*documents: tuple[str, str, plaintalk.Report]) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(sarif.render(documents))
    STANDARD.validate(shown)
    return shown


def carets(text: str, rule: str = "MIN-01") -> tuple[str, str]:
    lines = terminal.render([report(text, kind="note", path="-")]).split("\n")
    at = next(number for number, line in enumerate(lines) if f" {rule} " in line)
    return lines[at + 1][4:], lines[at + 2][4:]


def test_sarif_holds_to_the_standard_with_facts_fixes_and_allowances() -> None:
    run = log(
        report(BAD, record=invoices()),
        report(ALLOWED, path="a folder/naïve,#1?.md", kind="note"),
        report(GERMAN, path="-"),
        report("", path="/tmp/empty.md"),
    )["runs"][0]
    results = run["results"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[one["ruleIndex"]]["id"] for one in results] == [one["ruleId"] for one in results]
    first = next(one for one in results if one["ruleId"] == "REC-01")
    assert first["level"] == "error"
    assert first["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {
        "text": "An outage of 6 hours 12 minutes"
    }
    suppressed = [one for one in results if "suppressions" in one]
    assert [one["ruleId"] for one in suppressed] == ["MIN-01"]
    assert suppressed[0]["suppressions"][0]["justification"] == "{we} list it"
    place = suppressed[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert unquote(place["uri"]) == "a folder/naïve,#1?.md"
    assert place["index"] == 1
    skipped = run["invocations"][0]["toolExecutionNotifications"]
    assert any("seems to be in German" in one["message"]["text"] for one in skipped)
    assert run["artifacts"][3]["location"]["uri"] == "file:///tmp/empty.md"


def test_sarif_names_the_schema_that_editors_look_for() -> None:
    assert log(report(BAD))["$schema"].endswith("/sarif-schema-2.1.0.json")


def spoil(where: str, key: str, value: object) -> dict[str, Any]:
    """A log with one value changed (None: taken out) in the part named."""
    broken = log(report(BAD, record=invoices()))
    run = broken["runs"][0]
    part = {
        "log": broken,
        "run": run,
        "rule": run["tool"]["driver"]["rules"][0],
        "result": run["results"][0],
        "region": run["results"][0]["locations"][0]["physicalLocation"]["region"],
    }[where]
    if value is None:
        del part[key]
    else:
        part[key] = value
    return broken


@pytest.mark.parametrize(
    ("where", "key", "value"),
    [
        ("log", "version", "2.2"),
        ("log", "run", []),
        ("run", "columnKind", "bytes"),
        ("run", "tool", None),
        ("rule", "id", None),
        ("rule", "category", "minimising"),
        ("result", "level", "suggestion"),
        ("result", "message", None),
        ("result", "ruleIndex", "first"),
        ("region", "startLine", 0),
        ("region", "startColum", 1),
    ],
)
def test_a_log_with_one_fault_is_refused(where: str, key: str, value: object) -> None:
    assert not STANDARD.is_valid(spoil(where, key, value))


def test_a_fingerprint_stays_when_the_line_moves_and_differs_between_lines() -> None:
    def prints(text: str) -> list[str]:
        return [
            one["partialFingerprints"]["plaintalkLine/v1"]
            for one in log(report(text, kind="note"))["runs"][0]["results"]
            if one["ruleId"] == "MIN-01"
        ]

    assert prints(FEW) == prints(f"Exports failed at noon.\n\n{FEW}")
    twice = prints(f"{FEW}\n\n{FEW}")
    assert len(set(twice)) == 2
    assert twice[0] == prints(FEW)[0]


@settings(deadline=None, max_examples=50)
@given(TEXTS)
def test_regions_in_sarif_are_where_the_words_are(text: str) -> None:
    lines = text.split("\n")
    for result in log(report(text, kind="note"))["runs"][0]["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        start = sum(len(line) + 1 for line in lines[: region["startLine"] - 1])
        end = sum(len(line) + 1 for line in lines[: region["endLine"] - 1])
        start, end = start + region["startColumn"] - 1, end + region["endColumn"] - 1
        assert (start, end - start) == (region["charOffset"], region["charLength"])
        assert region.get("snippet", {"text": ""})["text"] == text[start:end]


def test_annotations_are_escaped() -> None:
    out = github.render([report(FEW, path="a,b:c%.md", kind="note")])
    line = next(one for one in out.split("\n") if "MIN-01" in one)
    assert line.startswith("::warning file=a%2Cb%3Ac%25.md,line=1,endLine=1,col=1,endColumn=22,")
    assert "title=MIN-01 unquantified-small-number::" in line
    assert "(37%25 of those active)" in line


@settings(deadline=None)
@given(TEXTS, st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_each_annotation_is_one_line_that_is_read_back_whole(text: str, path: str) -> None:
    document = report(text, kind="note", path=path)
    lines = github.render([document]).split("\n")
    assert lines.pop() == ""
    for line, finding in zip(lines, document[2].findings, strict=True):
        found = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line, re.DOTALL)
        assert found
        properties = dict(one.split("=", 1) for one in found[2].split(","))
        back = properties["file"].replace("%2C", ",").replace("%3A", ":")
        assert back.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%") == path
        assert int(properties["line"]) == finding.line
        said = found[3].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        assert said.startswith(finding.message)


@pytest.mark.parametrize(
    ("text", "under"),
    [
        ("A handful of accounts lost a file.", "A handful of accounts"),
        ("\tA handful of accounts lost a file.", "A handful of accounts"),
        ("Now\tA handful of accounts lost a file.", "A handful of accounts"),
        ("日本 A handful of accounts lost a file.", "A handful of accounts"),
        ("Cafe\u0301: a handful of accounts lost a file.", "a handful of accounts"),
        ("\u202eNow a handful of accounts lost a file.", "a handful of accounts"),
    ],
)
def test_carets_stand_under_the_words(text: str, under: str) -> None:
    line, marks = carets(text)
    assert "\t" not in line + marks
    assert "\u202e" not in line
    wide = {"日": 2, "本": 2, "\u0301": 0}
    columns = [c for c in line for _ in range(wide.get(c, 1))]
    marked = "".join(c for c, mark in zip(columns, marks, strict=False) if mark == "^")
    assert marked == under


def test_right_to_left_lines_name_the_words_instead() -> None:
    assert carets("מערכת: a handful of accounts lost a file.")[1] == 'at: "a handful of accounts"'


def test_a_long_line_is_cut_around_the_words() -> None:
    line, marks = carets("Exports stood still and then they went on. " * 20 + FEW)
    assert len(line) <= 102
    assert line[marks.index("^") : marks.rindex("^") + 1] == "A handful of accounts"


@settings(deadline=None)
@given(TEXTS)
def test_any_text_can_be_shown_without_control_characters(text: str) -> None:
    out = terminal.render([report(text, kind="note")])
    assert not [c for c in out if c != "\n" and c.isascii() and not c.isprintable()]
    assert "\u202e" not in out


def test_a_text_in_another_language_is_shown_as_not_checked() -> None:
    out = terminal.render([report(GERMAN)])
    assert "Not checked: the text seems to be in German" in out
    assert "  not checked, the text seems to be in German" in out
    assert "  answered:" not in out
    assert "  missing:" not in out


def test_what_was_allowed_is_shown_with_its_reason() -> None:
    out = terminal.render([report(ALLOWED, kind="note")])
    assert "  allowed, {we} list it: MIN-01 in line 1\n" in out
