"""TON-02: "oops", "gremlins", emoji."""

import re
from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import FILLER

_LIGHT = re.compile(
    r"\b(?:oops|whoops|woops|gremlins?|our bad|my bad|yikes|d'oh|uh[- ]oh|facepalm)\b|[\U0001F300-\U0001FAFF\u2639\u263A]|(?<!\w)[:;]-?[)(DP](?!\w)"
)


def _survey(document: Document) -> Iterator[Hit]:
    scan = document.scan
    for found in _LIGHT.finditer(scan):
        if scan[found.start()] != FILLER:
            yield Hit(*found.span())


RULE = Rule(
    id="TON-02",
    name="too-light",
    category="tone",
    severity="warning",
    message="Light for you, heavy for them.",
    better=None,
    source="SVN",
    in_kinds={"data_notice": "error"},
    survey=_survey,
    bad=examples("Oops, our bad.", "Gremlins got into the queue.", "Exports are back 🎉"),
    good=examples("Exports work again."),
)
