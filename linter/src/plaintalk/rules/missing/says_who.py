"""MIS-06: no affected group and no count."""

from plaintalk.rule import Rule, examples
from plaintalk.rules.missing import unless_answered

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
    survey=unless_answered("who"),
    bad=examples("Exports failed from 08:12 to 14:24 UTC.", "Some users could not export."),
    good=examples(
        "All customers in the EU could not export.", "1,798 customers (37%) could not export."
    ),
)
