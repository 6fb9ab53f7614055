"""MIS-09: no sentence about the readers' data."""

from plaintalk.rule import Rule, examples
from plaintalk.rules.missing import unless_answered

RULE = Rule(
    id="MIS-09",
    name="says-what-became-of-data",
    category="missing",
    severity="warning",
    message='"Was my data affected?" is on every mind. Answer it, even if the answer is no.',
    better='"No invoice data was lost: we compared every queued invoice with the sent log."',
    source="SEED, PD",
    kinds=("closure", "summary", "follow_up"),
    survey=unless_answered("data", allow_partly=True),
    bad=examples("Exports failed for all customers. They work again."),
    good=examples(
        "Exports failed. No data was lost.",
        "Exports failed. Files that were already exported were not changed.",
    ),
)
