"""VAG-09: "the root cause has been fixed", and no word on how."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\bthe (?:[\w-]+ )?(?:issue|bug|root cause|problem|underlying issue|fault|cause|vulnerability) (?:was|has been|is|has now been|is now|has since been) (?:(?:identified|found|located|isolated) and )?(?:\w+ )?(?:fixed|addressed|corrected|resolved)\b"
)
_NOT_IN = Pattern(r"\b(?:by \w+ing|so that|at \d|\d\d:\d\d|until|once|when)\b")


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    if document.find(_NOT_IN, sentence):
        return False
    return document.kind == "follow_up" or sentence.index > 0


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    cause = "cause" in found.group()
    return Hit(*found.span(), severity=None if cause else "suggestion")


RULE = Rule(
    id="VAG-09",
    name="fixed-and-nothing-else",
    category="vague_prevention",
    severity="suggestion",
    message="Fixed how? This closes the fault, not the question whether it could happen again.",
    better="what changed",
    source="SEED",
    kinds=("summary", "follow_up", "data_notice", "note"),
    in_kinds={"summary": "warning", "follow_up": "warning"},
    triggers=words("fixed addressed corrected resolved"),
    look=matching(_PATTERN, _keep, _tell),
    bad=examples(
        "Emails were late. The root cause has been identified and fixed.",
        "Exports failed. The bug was fixed.",
    ),
    good=examples(
        "Exports failed. The bug was fixed by giving each queue its own limit.",
        "Exports failed. The fault was fixed at 14:24 UTC.",
    ),
)
