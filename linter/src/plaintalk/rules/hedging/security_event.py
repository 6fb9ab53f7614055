"""HDG-05: "a security event"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Example, Rule, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:security|cyber|cyber-?security|data|privacy|data security)(?: |-)(?:event|matter|situation|issue|occurrence)\b"
)
_NOT_IN = Pattern(
    r"\b(?:could see|was visible|were visible|opened|copied|accessed|stole|downloaded|exposed|let \w+)\b"
)


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="HDG-05",
    name="security-event",
    category="hedging",
    severity="suggestion",
    message="Name it: who saw or took what.",
    better='"staff at another clinic could see your appointments"',
    source="ZOU",
    kinds=("data_notice", "follow_up", "summary", "note", "closure"),
    in_kinds={"data_notice": "warning"},
    triggers=words("event matter situation occurrence security"),
    look=matching(_PATTERN, _keep),
    bad=(
        Example("We are writing about a security event.", kind="data_notice"),
        Example("There was a data matter last week.", kind="data_notice"),
    ),
    good=(
        Example("Staff at another clinic could see your appointments.", kind="data_notice"),
        Example(
            "In a security event on 5 June, a person opened your record: it was visible to other clinics.",
            kind="data_notice",
        ),
    ),
)
