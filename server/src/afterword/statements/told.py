"""A text as readers get it: facts that its writer called by name stand in it as words. Pure.

The text keeps the names, so a fact that is corrected is corrected wherever it is named. Which words
they are follows from the version of the record, and to that an approval is bound.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from afterword.incidents.template_fields import FIELDS, plain_name
from afterword.statements.texts import Text
from afterword.wording.queries import Checked

# A backslash before it, as Markdown has it, makes a brace a brace.
_NAME: Final = re.compile(r"(?<!\\)\{([^{}\n]{1,40})\}")


@dataclass(frozen=True)
class _Piece:
    """One name: where it stands in the writer's text, and its words in the readers'."""

    start: int
    end: int
    told_start: int
    told_end: int


@dataclass(frozen=True)
class Told:
    """What readers get of a text, and the way back to where its writer wrote it.

    Offsets count code points of the whole: title, empty line, body.
    """

    text: Text
    pieces: tuple[_Piece, ...] = ()

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the writer's text of a place in the readers' text.

        Words of a fact are the whole of its name: they cannot be changed in part.
        """
        return self._back(start, at_end=False), self._back(end, at_end=True)

    def _back(self, offset: int, *, at_end: bool) -> int:
        moved = 0
        for piece in self.pieces:
            inside = (
                piece.told_start < offset <= piece.told_end
                if at_end
                else piece.told_start <= offset < piece.told_end
            )
            if inside:
                return piece.end if at_end else piece.start
            if offset < piece.told_end or (offset == piece.told_end and piece.told_start == offset):
                break
            moved = piece.end - piece.told_end
        return offset + moved

    def placed(self, checked: Checked) -> Checked:
        """Return a check of the readers' text with its places in the writer's; quotes stay."""
        if not self.pieces:
            return checked
        findings = []
        for each in checked.findings:
            start, end = self.written(each.start, each.end)
            findings.append(replace(each, start=start, end=end))
        coverage = {}
        for key, answer in checked.coverage.items():
            if answer.start is not None and answer.end is not None:
                start, end = self.written(answer.start, answer.end)
                answer = replace(answer, start=start, end=end)  # noqa: PLW2901
            coverage[key] = answer
        return replace(checked, findings=tuple(findings), coverage=coverage)


def told(title: str, body: str, facts: Mapping[str, str]) -> Told:
    """Return the text with every fact named in its body in words.

    What the record does not know, and what is no fact's name, becomes a blank, with which no text
    leaves. Titles name no facts: lists show them as they are.
    """
    offset = Text(title, body).body_offset
    parts: list[str] = []
    pieces: list[_Piece] = []
    last = grown = 0
    for found in _NAME.finditer(body):
        words = _words(found[1], facts)
        start = offset + found.start()
        parts += [body[last : found.start()], words]
        told_start = start + grown
        pieces.append(_Piece(start, offset + found.end(), told_start, told_start + len(words)))
        grown += len(words) - len(found[0])
        last = found.end()
    if not pieces:
        return Told(Text(title, body))
    return Told(Text(title, "".join([*parts, body[last:]])), tuple(pieces))


def _words(name: str, facts: Mapping[str, str]) -> str:
    known = plain_name(name)
    if known not in FIELDS:
        return f"[blank: there is no fact called “{name.strip()}”]"
    return facts.get(known) or f"[blank: {FIELDS[known]}]"
