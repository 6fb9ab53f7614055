"""Where sentences end: full stops that are not part of "approx. 3.5%", "E.g." or "3 p.m."."""

import re
from collections.abc import Iterator
from typing import Final

from plaintalk.pattern import words

# It starts with a set of characters, so the search is quick.
_STOP = re.compile(r"[.!?…](?<![.!?…]{2})[.!?…]*[\"')\]”’\x01]*(?= )")

_NEVER_ENDS: Final = words(
    "e.g i.e eg ie approx ca cf vs dr mr mrs ms prof st fig al incl excl resp est max min avg "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun"
)
_ENDS_BEFORE_CAPITAL: Final = words(
    "etc inc ltd llc co corp a.m p.m am pm u.s u.k e.u hrs hr mins secs sec no"
)

_HALVES: Final = words("a.m p.m am pm")
_ZONE: Final = re.compile(r"(?:UTC|GMT|[A-Z]{1,4}T|(?:Pacific|Eastern|Central|Mountain))\b")


def sentence_ends(scan: str, raw: str, start: int, end: int) -> Iterator[int]:
    """Offsets where a sentence of the block `start:end` ends; the last one is `end`.

    `scan` is the lower-cased text, `raw` the text as given (for capitals).
    """
    for found in _STOP.finditer(scan, start, end):
        stop = found.end()
        if found.group()[0] == "." and _joins(scan, raw, start, found.start(), stop, end):
            continue
        yield stop
    yield end


def _joins(scan: str, raw: str, start: int, dot: int, stop: int, end: int) -> bool:
    """Whether the stop at `dot` belongs to an abbreviation, an initial or an ellipsis."""
    word_start = scan.rfind(" ", start, dot) + 1 or start
    word = scan[word_start:dot].lstrip("([\"'\x01")
    after = stop
    while after < end and scan[after] == " ":
        after += 1
    following = raw[after : after + 1]
    if word in _NEVER_ENDS:
        return True
    if word in _ENDS_BEFORE_CAPITAL:
        return not following.isupper() or (word in _HALVES and bool(_ZONE.match(raw, after, end)))
    if len(word) == 1 and word.isalpha():
        return raw[dot - 1].isupper() and word != "i"
    if scan[dot : dot + 2] == "..":
        return following.islower()
    return word.isdigit() and word_start == start
