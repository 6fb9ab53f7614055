"""Clock times in a text, and the zone they are in."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words

_DECLARED: Final = Pattern(
    r"\btimes? (?:\w+ ){0,4}?(?:are |is )?(?:\w+ )?(?:in|use|given in|shown in|:) ?\(?(?P<zone>utc|gmt|[a-z]{2,4}t\b|pacific|eastern|central)"
    r"|\b(?:times in|all in|timezone:?|time zone:?) ?(?P<zone2>utc|gmt|[a-z]{2,4}t\b)"
)
_TIME: Final = words("time times timezone all")


def first_clock(document: Document) -> tuple[int, int] | None:
    """The place of the first clock time in the prose of a text."""
    for sentence in document.text.sentences:
        if sentence.role in ("text", "item"):
            for clock in document.clocks(sentence):
                return clock.span("clock")
    return None


def declared_zone(document: Document) -> str | None:
    """The zone of all times, where the text declares one: "All times are in UTC"."""
    if "declared zone" not in document.memory:
        zone = None
        for one in document.text.sentences:
            if document.holds(one, _TIME):
                found = document.find(_DECLARED, one)
                if found:
                    zone = found["zone"] or found["zone2"]
                    break
        document.memory["declared zone"] = zone
    declared: str | None = document.memory["declared zone"]
    return declared
