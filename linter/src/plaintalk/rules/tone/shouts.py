"""TON-03: exclamation marks and shouting."""

import re
from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import FILLER

_SHOUT = re.compile(
    r"\b[A-Z]{4,}(?: [A-Z]{3,})+\b|\b(?:VERY|NEVER|ALWAYS|MUST|IMPORTANT|URGENT|EVERY|SORRY|NOT|MUCH)\b|\w!+"
)


def _survey(document: Document) -> Iterator[Hit]:
    raw = document.text.raw
    for sentence in document.text.sentences:
        if sentence.role in ("text", "item", "subject"):
            for found in _SHOUT.finditer(raw, sentence.start, sentence.end):
                if document.scan[found.start()] != FILLER:
                    yield Hit(*found.span())
                    return


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
