"""DEF-07: "we take this seriously"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:tak(?:e|es|en|ing)|took|treat(?:s|ed|ing)?) (?:[\w',-]+ ){0,12}?(?:very |extremely |incredibly |so |this |quite )?seriously\b"
)
_NOT_BEFORE = Pattern(r"\b(?:not|didn't|don't|failed to|should have) \Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE)


RULE = Rule(
    id="DEF-07",
    name="takes-it-seriously",
    category="defensive",
    severity="warning",
    message="Everyone says it; no one believes it. Show one thing you did.",
    better="the concrete action",
    source="ZOU",
    triggers=words("seriously serious"),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We take your privacy very seriously.", "Security is something we take seriously."
    ),
    good=examples(
        "We read every access log of that week.", "A seriously slow page is a broken page."
    ),
)
