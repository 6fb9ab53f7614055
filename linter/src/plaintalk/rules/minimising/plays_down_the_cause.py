"""MIN-13: "a simple mistake", "just a typo"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:a|an|one|just a|merely a|only a) (?:simple|tiny|innocent|innocuous|trivial|mere|harmless|silly little|little) (?:[\w-]+ ){0,2}?(?:mistake|error|typo|change|bug|slip|oversight|misconfiguration|omission|fault)\b"
)
_NOT_BEFORE = Pattern(r"\b(?:compromised with|with) \Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE)


RULE = Rule(
    id="MIN-13",
    name="plays-down-the-cause",
    category="minimising",
    severity="warning",
    message="Small for whom? What it did to readers was not small. Name the cause without weighing it.",
    better='"a release that removed the export settings"',
    source="SEED",
    triggers=words(
        "simple simply tiny innocent innocuous trivial mere incidentally accidental harmless"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "A simple mistake in our settings removed the export page.", "It was just a tiny bug."
    ),
    good=examples(
        "A release removed the export settings.", "A simpler export page ships on 8 May."
    ),
)
