"""HDG-11: "There was an issue", "It was determined that"."""

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_OPENING = Pattern(
    r"[\W_]{0,3}(?:there (?:was|were|has been|had been|is) (?:an? |some )?(?:[\w-]+ )?(?:issues?|incidents?|problems?|outages?|events?|disruptions?)\b"
    r"|it (?:was|has been) (?:determined|found|discovered|established|noted|identified|observed) that\b)"
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    found = _OPENING.match(document.scan, sentence.start, sentence.end)
    return Hit(sentence.start, found.end()) if found else None


RULE = Rule(
    id="HDG-11",
    name="slow-opening",
    category="hedging",
    severity="suggestion",
    message="Start with what people felt.",
    better='"Between 08:12 and 14:24 UTC you could not…"',
    source="PL",
    triggers=words("there it"),
    look=_look,
    patterns=(_OPENING,),
    bad=examples("There was an issue with exports.", "It was determined that a queue was full."),
    good=examples("Between 08:12 and 14:24 UTC you could not export."),
)
