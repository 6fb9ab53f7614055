"""How wide text is on a terminal, so that carets stand under the words they mean."""

import unicodedata
from typing import Final

TAB: Final = 4
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})


def shown(char: str, column: int) -> str:
    """A character as it may be written: tabs as blanks up to the next stop, controls as a blank.

    Invisible marks that turn the direction of writing count as controls.
    """
    if char == "\t":
        return " " * (TAB - column % TAB)
    return char if char.isprintable() or _joins(char) else " "


def width(char: str) -> int:
    """Columns that a shown character takes: 0 for marks on a letter, 2 for wide letters."""
    if char.isascii():
        return 1
    if _joins(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def turns(text: str) -> bool:
    """Whether a line holds letters written from right to left; columns mean nothing there."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text)


def _joins(char: str) -> bool:
    """Whether a character is drawn on the one before it."""
    return not char.isascii() and unicodedata.category(char) in ("Mn", "Me")
