"""Offsets in code points to the lines and columns that editors count.

Editors end a line at a line feed, a carriage return, or both, and count columns in units of the
encoding agreed on: by default UTF-16, where a sign such as 😀 counts 2.
"""

import re
from bisect import bisect_right
from typing import Final

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_UNIT_BYTES: Final = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
_CODECS: Final = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


class Positions:
    """Where each offset of one text is, for an editor. Lines and columns count from 0."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]
        self._codec = _CODECS.get(encoding, "utf-16-le")
        self._unit = _UNIT_BYTES.get(encoding, 2)
        self._plain = text.isascii()

    def of(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return line, self._units(self._text[self._starts[line] : offset])

    def end_of_line(self, line: int) -> int:
        """Column after the last character of a line, its line break left out."""
        stop = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)
        return self._units(self._text[self._starts[line] : stop].rstrip("\r\n"))

    def _units(self, text: str) -> int:
        return len(text) if self._plain else len(text.encode(self._codec)) // self._unit
