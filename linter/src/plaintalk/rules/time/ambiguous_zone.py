"""TIM-02: "EST", "IST", without the offset."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\d ?(?:[ap]\.?m\.? ?)?\(?(?P<zone>est|edt|cst|cdt|mst|mdt|pst|pdt|ist|bst|et|pt|ct|mt)\b(?! ?[/(] ?(?:utc|gmt)| ?\(?[+-]\d)"
)
_NOT_IN = Pattern(r"\b(?:utc|gmt)\b")


def _tell(_document: Document, _: Sentence, found: Match) -> Hit:
    return Hit(
        *found.span("zone"),
        severity=None if found["zone"] in ("cst", "ist", "bst", "est") else "suggestion",
    )


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="TIM-02",
    name="ambiguous-zone",
    category="time",
    severity="warning",
    message="Ambiguous worldwide.",
    better='"(UTC−5)"',
    source="GDEV",
    triggers=words("est edt cst cdt mst mdt pst pdt ist bst et pt ct mt"),
    look=matching(_PATTERN, _keep, _tell),
    bad=examples("Exports failed at 9:30 am EST.", "Exports failed from 9:00 to 10:00 IST."),
    good=examples("Exports failed at 14:30 UTC.", "Exports failed at 9:30 am EST (UTC-5)."),
)
