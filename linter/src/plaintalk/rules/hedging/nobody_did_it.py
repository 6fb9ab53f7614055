"""HDG-02: "mistakes were made"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:mistakes|errors|a mistake|an error) (?:were|was|have been|has been) made\b|\b(?:was|were|been|being|got) (?:inadvertently|accidentally|unintentionally|mistakenly|erroneously) \w+(?:ed|en|t|wn)\b"
)
_NOT_IN = Pattern(r"\b(?:we|our|us|i|my)\b")


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="HDG-02",
    name="nobody-did-it",
    category="hedging",
    severity="warning",
    message='Who? "We" costs nothing here and earns a lot.',
    better='"We deleted…"',
    source="LEW",
    triggers=words(
        "mistakes mistake errors inadvertently accidentally unintentionally mistakenly erroneously incorrectly"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples("Mistakes were made during recovery.", "Records were inadvertently deleted."),
    good=examples(
        "We deleted the records by mistake.",
        "During our update, records were accidentally deleted.",
    ),
)
