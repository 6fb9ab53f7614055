"""Invented sentences, many for each category: which are found, and which look alike and are fine.

In the files beside this test a line with `+` must be found by an error or a warning of the category
(jargon: by any finding), a line with `~` at least by a suggestion, as where a phrase explains as
often as it defends, a line with `-` by none loud. No rule may hide behind its triggers either.
"""

from pathlib import Path

import pytest

import plaintalk
from plaintalk.document import Document
from plaintalk.engine import _program, _Run
from plaintalk.profiles import DEFAULT_PROFILE
from plaintalk.text import Text

FOLDER = Path(__file__).parent / "wording"
FILES = sorted(FOLDER.glob("*.txt"))


def sentences(sign: str) -> list[object]:
    return [
        pytest.param(path.stem, line[2:], id=f"{path.stem}-{number}")
        for path in FILES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line.startswith(f"{sign} ")
    ]


def loud(category: str, text: str) -> list[str]:
    found = plaintalk.check(text).findings
    return [
        f"{one.rule}: {one.quote}"
        for one in found
        if one.category == category and (one.severity != "suggestion" or category == "jargon")
    ]


@pytest.mark.parametrize(("category", "text"), sentences("+"))
def test_it_is_found(category: str, text: str) -> None:
    assert loud(category, text), text


@pytest.mark.parametrize(("category", "text"), sentences("~"))
def test_it_is_at_least_a_suggestion(category: str, text: str) -> None:
    assert any(one.category == category for one in plaintalk.check(text).findings), text


@pytest.mark.parametrize(("category", "text"), sentences("-"))
def test_it_looks_alike_and_is_fine(category: str, text: str) -> None:
    assert not loud(category, text), text


def test_every_file_has_many_of_both() -> None:
    assert len(FILES) == 7
    for path in FILES:
        lines = path.read_text("utf-8").splitlines()
        assert sum(line.startswith("+ ") for line in lines) >= 40, path.stem
        assert sum(line.startswith("- ") for line in lines) >= 20, path.stem


def test_no_finding_depends_on_a_word_that_is_no_trigger() -> None:
    hidden = []
    for path in FILES:
        for line in path.read_text("utf-8").splitlines():
            if line[:2] in ("+ ", "~ ", "- "):
                hidden += [f"{rule}: {line[2:]}" for rule in untriggered(line[2:])]
    assert not hidden


def untriggered(text: str) -> list[str]:
    """Rules that would fire on a text if they were asked, and whose triggers keep them away."""
    report = plaintalk.check(text)
    found = {one.rule for one in (*report.findings, *report.covered)}
    document = read(text)
    return [
        rule.id
        for rule in plaintalk.RULES
        if rule.look
        and rule.needs is None
        and not rule.needs_time
        and "summary" in rule.kinds
        and rule.id not in found
        and any(
            rule.look(document, sentence)
            for sentence in document.text.sentences
            if sentence.role in rule.roles
        )
    ]


def read(text: str) -> Document:
    """A document as the engine prepares it before rules look."""
    document = Document(Text(text), "summary", None, DEFAULT_PROFILE)
    _Run(_program(DEFAULT_PROFILE, "summary"), document, set()).read()
    return document
