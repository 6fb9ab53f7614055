"""The check of an internal review, laid out per field of its form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afterword.desk.marks import Piece, Utf16, pieces
from afterword.postmortems.content import SECTIONS, Content
from afterword.wording.blameless import check_review
from afterword.wording.queries import FindingView

_GAP = "\n\n"


@dataclass(frozen=True)
class Found:
    """One finding in one field; offsets count code points of that field."""

    number: int
    field: str
    label: str
    start: int
    end: int
    finding: FindingView

    @property
    def severity(self) -> str:
        return self.finding.severity


@dataclass(frozen=True)
class ReviewPanel:
    found: tuple[Found, ...]
    texts: Mapping[str, str]

    @property
    def summary(self) -> str:
        """``2 things to look at again``, or that nothing was found."""
        if not self.found:
            return "Nothing found"
        count = len(self.found)
        return f"{count} {'passage' if count == 1 else 'passages'} to look at again"

    def pieces_of(self, field: str) -> list[Piece]:
        """Return the field's text cut at its marks, under the numbers of the list."""
        own = [one for one in self.found if one.field == field]
        cut = pieces(self.texts[field], own)
        return [Piece(p.text, p.severity, own[p.number - 1].number if p.number else 0) for p in cut]

    @property
    def body_pieces(self) -> list[Piece]:
        return self.pieces_of("body")

    def as_json(self) -> dict[str, Any]:
        """Return the panel for the browser: offsets in UTF-16 units of each field."""
        units = {name: Utf16(text) for name, text in self.texts.items()}
        return {
            "findings": [
                {
                    "number": one.number, "field": one.field, "severity": one.severity,
                    "start": units[one.field](one.start), "end": units[one.field](one.end),
                    "message": one.finding.message, "rule": one.finding.rule,
                }
                for one in self.found
            ],
            "summary": self.summary,
        }  # fmt: skip


def panel_of_review(
    content: Content, record: Mapping[str, Any] | None, people: Iterable[str]
) -> ReviewPanel:
    """Check all of a review's texts as one, and lay the findings out by field.

    Raises BadInput for a text that cannot be checked.
    """
    texts = {name: (label, text) for name, label, text in _texts(content)}
    starts: dict[str, int] = {}
    whole = ""
    for name, (_, text) in texts.items():
        starts[name] = len(whole)
        whole += text + _GAP
    found: list[Found] = []
    for finding in check_review(whole, record, [*people, *content.people]).findings:
        name = next((n for n in reversed(starts) if starts[n] <= finding.start), "body")
        label, text = texts[name]
        start = min(finding.start - starts[name], len(text))
        end = min(finding.end - starts[name], len(text))
        found.append(Found(len(found) + 1, name, label, start, end, finding))
    return ReviewPanel(tuple(found), {name: text for name, (_, text) in texts.items()})


def _texts(content: Content) -> Iterator[tuple[str, str, str]]:
    """Yield (field of the form, what it is called, its text) of what people read in a review."""
    yield "body", "What happened", content.body
    for number, entry in enumerate(content.timeline):
        # What was said in public is quoted as it was said.
        if not entry.origin.startswith("update:"):
            yield f"timeline[{number}].what", f"Timeline, line {number + 1}", entry.what
        yield f"timeline[{number}].known", f"Known then, line {number + 1}", entry.known
    for number, factor in enumerate(content.factors):
        yield f"factors[{number}].text", f"Factor {number + 1}", factor.text
    for name, label in SECTIONS.items():
        yield name, label, getattr(content, name)
