"""The outcome of a wording check, laid out for the page: marks per field, findings, coverage."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from afterword.desk.marks import Piece, Utf16, pieces
from afterword.statements.texts import Text, blanks
from afterword.statements.told import Told
from afterword.wording.asked import ASKED_OF
from afterword.wording.queries import Checked, CoverageView, FindingView

QUESTIONS = {
    "resolved": "Is it over?",
    "what_happened": "What happened?",
    "who_affected": "Who was affected?",
    "duration": "How long?",
    "data_impact": "Was my data affected?",
    "prevention": "What is done so that it does not happen again?",
    "stability": "How do you know it is stable?",
    "next_step": "What comes next, and when?",
    "thanks": "Thanks",
    "ownership": "Your own part, said plainly",
}
BLANK = "BLANK"
BLANK_MESSAGE = "The record does not know this yet. Fill it in, or say when you will know."


@dataclass(frozen=True)
class Shown:
    """One finding at its place in the title or in the body; offsets count code points there.

    What is missing has no place: its field is ``whole``. ``repeats``: an earlier finding of the
    list offers the same replacement for the same words.
    """

    number: int
    field: str
    start: int
    end: int
    finding: FindingView
    let_through: bool = False
    repeats: bool = False

    @property
    def severity(self) -> str:
        return "let-through" if self.let_through else self.finding.severity

    @property
    def blocks(self) -> bool:
        return self.finding.severity == "error" and not self.let_through

    @property
    def key(self) -> str:
        """What a fix button sends: it must still be there when the button is pressed."""
        return f"{self.field}:{self.start}:{self.finding.rule}"


@dataclass(frozen=True)
class Answer:
    """Whether, and with which words, the text answers one question of its readers."""

    key: str
    question: str
    state: str
    quote: str
    field: str = "body"
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Panel:
    text: Text
    shown: tuple[Shown, ...]
    answers: tuple[Answer, ...]
    not_checked: tuple[Any, ...]

    def of_field(self, field: str) -> list[Shown]:
        return [one for one in self.shown if one.field == field]

    @property
    def blocking(self) -> list[Shown]:
        return [one for one in self.shown if one.blocks]

    @property
    def body_pieces(self) -> list[Piece]:
        return _numbered(self.text.body, self.of_field("body"))

    @property
    def title_pieces(self) -> list[Piece]:
        return _numbered(self.text.title, self.of_field("title"))

    @property
    def summary(self) -> str:
        """``2 errors, 1 warning``, or that nothing was found."""
        counted = []
        for severity in ("error", "warning", "suggestion"):
            count = sum(one.severity == severity for one in self.shown)
            if count:
                counted.append(f"{count} {severity}{'' if count == 1 else 's'}")
        return ", ".join(counted) or "Nothing found"


def panel_of(
    text: Text,
    kind: str,
    checked: Checked,
    let_through: frozenset[tuple[str, str]] = frozenset(),
    told: Told | None = None,
) -> Panel:
    found = sorted(
        [*checked.findings, *_blanks(text, told or Told(text))], key=lambda f: _rank(f, let_through)
    )
    shown: list[Shown] = []
    offered: set[tuple[int, int, str | None]] = set()
    for number, finding in enumerate(found, start=1):
        offer = (finding.start, finding.end, finding.replacement)
        place = _place(text, finding, number, let_through)
        shown.append(replace(place, repeats=offer in offered))
        if finding.replacement is not None:
            offered.add(offer)
    return Panel(
        text=text,
        shown=tuple(shown),
        answers=tuple(_answers(text, kind, checked.coverage)),
        not_checked=checked.not_checked,
    )


def _rank(finding: FindingView, let_through: frozenset[tuple[str, str]]) -> tuple[object, ...]:
    """What blocks comes first, what is missing last, each in the order of the text."""
    blocks = finding.severity == "error" and (finding.rule, finding.quote) not in let_through
    return (not blocks, _has_no_place(finding), finding.start, finding.end, finding.rule)


def _has_no_place(finding: FindingView) -> bool:
    return finding.category == "missing" and finding.rule != BLANK


def as_json(panel: Panel) -> dict[str, Any]:
    """Return the panel for the browser: offsets in UTF-16 units of the field they are in."""
    units = {"title": Utf16(panel.text.title), "body": Utf16(panel.text.body), "whole": Utf16("")}
    return {
        "findings": [_finding_json(one, units[one.field]) for one in panel.shown],
        "coverage": [
            {
                "key": a.key,
                "question": a.question,
                "state": a.state,
                "quote": a.quote,
                "field": a.field,
                "start": None if a.start is None else units[a.field](a.start),
                "end": None if a.end is None else units[a.field](a.end),
            }
            for a in panel.answers
        ],
        "not_checked": [{"rule": n.rule, "why": n.why} for n in panel.not_checked],
        "summary": panel.summary,
        "blocking": len(panel.blocking),
    }


def applied(panel: Panel, key: str) -> Text | None:
    """Return the text with one finding's replacement in place; None when it is not there."""
    one = next((s for s in panel.shown if s.key == key), None)
    if one is None or one.finding.replacement is None or one.field == "whole":
        return None
    parts = {"title": panel.text.title, "body": panel.text.body}
    whole = parts[one.field]
    parts[one.field] = whole[: one.start] + one.finding.replacement + whole[one.end :]
    return Text(parts["title"], parts["body"])


def _finding_json(one: Shown, unit: Utf16) -> dict[str, Any]:
    f = one.finding
    return {
        "number": one.number,
        "key": one.key,
        "rule": f.rule,
        "name": f.name,
        "category": f.category,
        "severity": one.severity,
        "field": one.field,
        "start": unit(one.start),
        "end": unit(one.end),
        "quote": f.quote,
        "message": f.message,
        "suggestion": f.suggestion,
        "replacement": f.replacement,
        "needs_two": f.needs_two,
        "blocks": one.blocks,
    }


def _place(
    text: Text, finding: FindingView, number: int, let_through: frozenset[tuple[str, str]]
) -> Shown:
    """Put a finding of the whole text into the field its start lies in."""
    passed = (finding.rule, finding.quote) in let_through
    if _has_no_place(finding):
        return Shown(number, "whole", 0, 0, finding, passed)
    offset = text.body_offset
    if finding.start < offset and finding.start < len(text.title):
        end = min(finding.end, len(text.title))
        return Shown(number, "title", finding.start, end, finding, passed)
    start = max(finding.start - offset, 0)
    return Shown(number, "body", start, max(finding.end - offset, start), finding, passed)


def _blanks(text: Text, told: Told) -> list[FindingView]:
    """Return the blanks readers would get, at their places in what was written."""
    whole, found = text.whole, []
    for at, quote in blanks(told.text.whole):
        start, end = told.written(at, at + len(quote))
        found.append(_blank(whole, start, end, quote))
    return found


def _blank(whole: str, start: int, end: int, quote: str) -> FindingView:
    return FindingView(
        rule=BLANK,
        name="a blank to fill in",
        category="missing",
        severity="error",
        start=start,
        end=end,
        line=whole.count("\n", 0, start) + 1,
        column=start - whole.rfind("\n", 0, start),
        quote=quote,
        message=BLANK_MESSAGE,
    )


def _answers(text: Text, kind: str, coverage: dict[str, CoverageView]) -> list[Answer]:
    asked = ASKED_OF.get(kind, tuple(QUESTIONS))
    return [_answer(text, key, coverage[key]) for key in asked if key in coverage]


def _answer(text: Text, key: str, view: CoverageView) -> Answer:
    question = QUESTIONS.get(key, key.replace("_", " "))
    if view.start is None or view.end is None:
        return Answer(key, question, view.state, view.quote or "")
    if view.start < len(text.title):
        end = min(view.end, len(text.title))
        return Answer(key, question, view.state, view.quote or "", "title", view.start, end)
    start = max(view.start - text.body_offset, 0)
    end = max(view.end - text.body_offset, start)
    return Answer(key, question, view.state, view.quote or "", "body", start, end)


def _numbered(text: str, shown: Sequence[Shown]) -> list[Piece]:
    """Cut a field at its findings, each piece under the number the list shows."""
    return [
        Piece(p.text, p.severity, shown[p.number - 1].number if p.number else 0)
        for p in pieces(text, shown)
    ]
