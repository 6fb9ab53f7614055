"""What changed between two texts, word by word, for eyes that look for a change."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
# Beyond this, comparing word by word takes seconds; lines do.
_MOST_WORDS = 6000


@dataclass(frozen=True)
class Change:
    """A run of text: ``same``, ``gone`` (only before) or ``new`` (only after)."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Change]:
    """Return the runs that lead from one text to the other.

    Joining the runs that are not ``new`` gives the text before, those not ``gone`` the text after.
    """
    pattern = _WORDS
    if max(len(pattern.findall(before)), len(pattern.findall(after))) > _MOST_WORDS:
        pattern = _LINES
    old, new = pattern.findall(before), pattern.findall(after)
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(Change("gone", "".join(old[a:b])))
        if d > c:
            found.append(Change("new", "".join(new[c:d])))
    return found
