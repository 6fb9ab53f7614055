"""OVR-07: "stronger than ever"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:stronger|better|more (?:resilient|reliable|stable|secure|robust)|faster|safer) than (?:it (?:was )?)?(?:ever|before|it ever was)\b"
)
_NOT_IN = Pattern(r"\d")


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="OVR-07",
    name="stronger-than-ever",
    category="over_promise",
    severity="warning",
    message="A victory lap. Readers are not there yet.",
    better=None,
    source="BEN",
    triggers=words("stronger better resilient than faster reliable"),
    look=matching(_PATTERN, _keep),
    bad=examples("Our platform is now stronger than ever.", "We are more resilient than before."),
    good=examples("A full queue now stops new work at 80%."),
)
