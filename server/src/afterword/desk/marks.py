"""Findings as the browser needs them: offsets in UTF-16 units, and the text cut at their edges."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Protocol


class Placed(Protocol):
    """Anything that marks ``text[start:end]``; offsets count code points."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def severity(self) -> str: ...


class Utf16:
    """Translates code-point offsets of one text into the UTF-16 units that browsers count."""

    def __init__(self, text: str) -> None:
        self._wide = any(ord(letter) > 0xFFFF for letter in text)
        if self._wide:
            widths = (2 if ord(letter) > 0xFFFF else 1 for letter in text)
            self._units = list(accumulate(widths, initial=0))

    def __call__(self, offset: int) -> int:
        return self._units[offset] if self._wide else offset


_RANK = {"error": 0, "warning": 1, "suggestion": 2}


@dataclass(frozen=True)
class Piece:
    """A run of text under one mark, or under none (``severity`` empty)."""

    text: str
    severity: str = ""
    number: int = 0


def pieces(text: str, findings: Sequence[Placed]) -> list[Piece]:
    """Cut the text at the edges of the findings; where marks overlap, the graver one is shown.

    ``number`` is the place of the finding in the list, counted from 1. Joining the texts of all
    pieces gives the text back.
    """
    edges = sorted({0, len(text), *_edges(findings, len(text))})
    cut: list[Piece] = []
    for begin, end in pairwise(edges):
        over = [
            (_RANK.get(f.severity, 3), number)
            for number, f in enumerate(findings, start=1)
            if f.start <= begin and end <= f.end
        ]
        if not over:
            cut.append(Piece(text[begin:end]))
            continue
        number = min(over)[1]
        cut.append(Piece(text[begin:end], findings[number - 1].severity, number))
    return cut


def _edges(findings: Iterable[Placed], length: int) -> Iterable[int]:
    for finding in findings:
        yield min(max(finding.start, 0), length)
        yield min(max(finding.end, 0), length)
