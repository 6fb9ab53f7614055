"""MIS-08: no prevention that says what is different tomorrow."""

from plaintalk.document import Document
from plaintalk.rule import Example, Rule, examples
from plaintalk.rules.missing import unless_answered


def _excused(document: Document) -> bool:
    """An interim text may come before the measures, if it says when they follow."""
    return document.interim and document.element("next_step").state == "answered"


RULE = Rule(
    id="MIS-08",
    name="says-what-changes",
    category="missing",
    severity="error",
    message="What is different tomorrow?",
    better='"Done: both queues now stop accepting work at 80% full"',
    source="SEED",
    kinds=("summary", "follow_up", "data_notice"),
    in_kinds={"data_notice": "suggestion"},
    survey=unless_answered("prevention", excused=_excused),
    bad=examples(
        "Exports failed because the list of waiting work was full. It is fixed.",
        "Exports failed. We are improving our processes to avoid similar incidents.",
    ),
    good=(
        Example("Exports failed. We have added a limit: the queue now stops at 80% full."),
        Example("Exports failed. We will publish what changes by 9 March 2026.", interim=True),
    ),
)
