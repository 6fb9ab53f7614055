"""MIS-04: no duration, and no start and end."""

from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.rule import Rule, examples
from plaintalk.rules.missing import unless_answered

_UNKNOWN_WITH_DATE = Pattern(
    r"\b(?:not yet know|still (?:working out|checking)|don't yet know|cannot say yet|cannot yet say) (?:how long|when)\b"
    r"|\b(?:how long|when)(?: exactly)? (?:it|this) (?:began|started|lasted|ended|took|ran) (?:is|was) [^.!?]{0,40}\b(?:not|still|unclear|unknown)\b"
    r"|\b(?:not|n't|no)\b[^.!?]{0,40}\b(?:exact|precise|start|end) (?:\w+ ){0,2}?times?\b|\b(?:not|n't) (?:yet )?(?:tell|say|know)[^.!?]{0,20} (?:how long|when) (?:it|this)\b"
    r"|\b(?:how long|when) it (?:began|started|lasted|ended) (?:is|was) (?:still |not )(?:yet )?(?:un)?(?:known|clear)\b"
)


def _excused(document: Document) -> bool:
    """Unknown is an answer, and an interim text may still lack the end."""
    if document.interim and document.element("duration").state == "partly":
        return True
    return document.anywhere(_UNKNOWN_WITH_DATE) is not None


RULE = Rule(
    id="MIS-04",
    name="says-how-long",
    category="missing",
    severity="error",
    message="How long? People need times to match against their own logs.",
    better='"from 08:12 to 14:24 UTC (6 hours 12 minutes)"',
    source="SEED",
    kinds=("closure", "summary", "follow_up", "data_notice"),
    in_kinds={"closure": "warning", "data_notice": "warning"},
    survey=unless_answered("duration", excused=_excused),
    bad=examples("Exports failed for all customers on 4 March 2026."),
    good=examples(
        "Exports failed for all customers on 4 March 2026 from 08:12 to 14:24 UTC.",
        "The outage lasted 6 hours 12 minutes.",
    ),
)
