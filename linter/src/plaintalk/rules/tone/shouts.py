"""TON-03: exclamation marks and shouting."""

from collections.abc import Iterator

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import words
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import FILLER

# It starts with one set of characters, so the search is quick.
_CAPITALS = later(r"[A-Z][A-Z]{2,}")
_STRESSED = words("very never always must important urgent every sorry not much")
_LONG = 4


def _survey(document: Document) -> Iterator[Hit]:
    place = min(filter(None, (_shouted(document), _exclaimed(document))), default=None)
    if place is not None:
        yield Hit(*place)


def _exclaimed(document: Document) -> tuple[int, int] | None:
    scan = document.scan
    at = scan.find("!")
    while at >= 0:
        if scan[at - 1 : at].isalnum():
            return at - 1, at + 1
        at = scan.find("!", at + 1)
    return None


def _shouted(document: Document) -> tuple[int, int] | None:
    """A word of stress in capitals, or two words in capitals side by side."""
    raw, scan = document.text.raw, document.scan
    previous = -2
    for found in _CAPITALS.finditer(raw):
        start, end = found.span()
        # "UTC" stands in most texts many times.
        short = end - start < _LONG and found.group().lower() not in _STRESSED
        if short and previous < 0:
            continue
        whole = not raw[start - 1 : start].isalnum() and not raw[end : end + 1].isalnum()
        if not whole or scan[start] == FILLER:
            continue
        if found.group().lower() in _STRESSED or (end - start >= _LONG and previous == start - 1):
            return start, end
        previous = end if end - start >= _LONG else -2
    return None


RULE = Rule(
    id="TON-03",
    name="shouts",
    category="tone",
    severity="suggestion",
    message="Calm it.",
    better=None,
    source="PL",
    survey=_survey,
    bad=examples("Exports are back!", "This is VERY important."),
    good=examples("Exports work again."),
)
