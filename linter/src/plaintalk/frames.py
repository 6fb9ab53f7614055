"""Kinds of thing said, as words of several classes near each other, in whatever order.

A pattern follows one wording; a frame asks only that a clause speaks of each of its parts, so "due
to the complexity it took long to find" and "finding it was prolonged by its complexity" are one.
"""

from typing import NamedTuple

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern
from plaintalk.rule import Hit
from plaintalk.text import Sentence

_REACH = 90
"""Characters to either side of the first part within which the others must stand."""
_BREAK = later(r"[;:!?]|, but\b|, however\b|\. ")


class Frame(NamedTuple):
    """Parts that must all occur near the first one, and words that turn it down."""

    first: Pattern
    others: tuple[Pattern, ...]
    unless: Pattern | None = None
    reach: int = _REACH
    over: bool = False
    """Whether its parts may stand on both sides of a "but"."""

    def look(self, document: Document, sentence: Sentence) -> Hit | None:
        """The place from the first to the last of the parts, or None."""
        for found in document.each(self.first, sentence):
            hit = self._around(document, sentence, found)
            if hit is not None:
                return None if self._turned_down(document, sentence) else hit
        return None

    def _turned_down(self, document: Document, sentence: Sentence) -> bool:
        return self.unless is not None and document.find(self.unless, sentence) is not None

    def _around(self, document: Document, sentence: Sentence, found: Match) -> Hit | None:
        scan = document.scan
        start = max(sentence.start, found.start() - self.reach)
        end = min(sentence.end, found.end() + self.reach)
        if not self.over:
            start, end = _clause(scan, start, end, found)
        left, right = found.span()
        for part in self.others:
            other = _beside(part, scan, start, end, found)
            if other is None:
                return None
            left, right = min(left, other.start()), max(right, other.end())
        return Hit(left, right)


def _clause(scan: str, start: int, end: int, found: Match) -> tuple[int, int]:
    """The part of a stretch that is not broken off from a match."""
    for broken in _BREAK.finditer(scan, start, found.start()):
        start = broken.end()
    after = _BREAK.search(scan, found.end(), end)
    return start, after.start() if after else end


def _beside(part: Pattern, scan: str, start: int, end: int, found: Match) -> Match | None:
    """The first place of a part that is not the place of the first part itself."""
    for other in part.finditer(scan, start, end):
        if other.end() <= found.start() or other.start() >= found.end():
            return other
    return None


def frame(
    first: str, *others: str, unless: str | None = None, reach: int = _REACH, over: bool = False
) -> Frame:
    """A frame from the sources of its parts; the rarest part should come first."""
    return Frame(
        Pattern(rf"\b(?:{first})\b"),
        tuple(Pattern(rf"\b(?:{one})\b") for one in others),
        Pattern(rf"\b(?:{unless})\b") if unless is not None else None,
        reach,
        over,
    )


def first_of(frames: tuple[Frame, ...], document: Document, sentence: Sentence) -> Hit | None:
    """The first hit of several frames, in their order."""
    for one in frames:
        hit = one.look(document, sentence)
        if hit is not None:
            return hit
    return None
