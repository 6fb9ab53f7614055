"""HDG-12: "resolved", and in the same breath "should be"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Example, Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:should|ought to|seems? to|appears? to|looks like|likely|hopefully|we (?:believe|think|hope|expect|are (?:\w+ )?(?:confident|hopeful|optimistic))|cautiously optimistic|as far as we (?:know|can (?:tell|see))) "
    r"(?:[\w'-]+ ){0,8}?(?:resolved|fixed|restored|solved|back to normal|working (?:again|normally|as (?:normal|expected|usual))|recovered|over|operational|back (?:up|online)|fine again|behaving (?:as )?normal\w*)\b"
)
_PLANNED = Pattern(r"\b(?:within|by|at) (?:the )?(?:next )?\d|\bonce\b|\bif you\b|\bbefore\b")


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_PLANNED, sentence)


RULE = Rule(
    id="HDG-12",
    name="doubtful-end",
    category="hedging",
    severity="warning",
    message="Is it over or not? A closing update that doubts itself makes people wait for the next.",
    better='"Resolved: sign-in works again since 14:24 UTC", or "We are still watching it"',
    source="GCP",
    kinds=("closure",),
    triggers=words(
        "should ought seems seem appears appear looks likely hopefully believe think hope expect confident "
        "hopeful optimistic far"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We believe that the issue is now resolved.",
        "Everything should be back to normal.",
        kind="closure",
    ),
    good=(
        Example("Sign-in works again since 14:24 UTC.", kind="closure"),
        Example("We expect the last letters to be sent by 02:00 UTC.", kind="closure"),
        Example("Everything should be back to normal.", kind="update"),
    ),
)
