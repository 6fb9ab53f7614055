"""The alternatives of a pattern, as patterns of their own."""

import re
from typing import Final

_SCANNED: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)


def alternatives(source: str) -> list[str]:
    """The alternatives of a pattern; a bracket around all of them is opened.

    >>> alternatives(r"\\b(?:a|b(?:c|d))\\b")
    ['\\\\ba\\\\b', '\\\\bb(?:c|d)\\\\b']
    """
    lead = r"\b(?:"
    parts, end = _split(source)
    if len(parts) == 1 and source.startswith(lead):
        inner, end = _split(source, len(lead))
        behind = source[end + 1 :]
        if behind in ("", r"\b"):
            parts = [rf"\b{one}{behind}" for one in inner]
    return parts


def _split(source: str, start: int = 0) -> tuple[list[str], int]:
    """The alternatives from an offset to the bracket that closes them, and where that is."""
    parts, depth = [], 0
    for found in _SCANNED.finditer(source, start):
        sign, at = found.group(), found.start()
        if sign == "(":
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
        elif (sign == "|" and not depth) or sign == ")":
            parts.append(source[start:at])
            start = found.end()
            if sign == ")":
                return parts, at
    return [*parts, source[start:]], len(source)
