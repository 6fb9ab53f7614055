"""MIS-06: no affected group and no count."""

from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.rule import Rule, examples
from plaintalk.rules.missing import unless_answered

_UNKNOWN_WITH_DATE = Pattern(
    r"\b(?:(?:not|n't) (?:yet )?(?:know|have)|still counting|not (?:yet )?known)\b[^.!?]{0,40}\b(?:how many|number|who)\b"
    r"|\b(?:how many|number|who)\b[^.!?]{0,60}\b(?:not (?:yet )?known|unknown|not (?:yet )?know|(?:cannot|can't) (?:yet )?say|not in yet)\b"
    r"|\b(?:still|not (?:yet )?able to|cannot yet|can't yet|no reliable|no exact|not have)\b[^.!?]{0,60}\b(?:how many|number|count|who)\b"
)


def _excused(document: Document) -> bool:
    """Unknown, said plainly, is an answer; it never passes as none."""
    return document.anywhere(_UNKNOWN_WITH_DATE) is not None


RULE = Rule(
    id="MIS-06",
    name="says-who",
    category="missing",
    severity="error",
    message="Who was hit? Readers can't tell if it's them.",
    better='"1,798 customers, 37% of those active that day"',
    source="SEED",
    kinds=("closure", "summary", "follow_up", "data_notice"),
    in_kinds={"closure": "suggestion"},
    survey=unless_answered("who", excused=_excused),
    bad=examples("Exports failed from 08:12 to 14:24 UTC.", "Some users could not export."),
    good=examples(
        "All customers in the EU could not export.", "1,798 customers (37%) could not export."
    ),
)
