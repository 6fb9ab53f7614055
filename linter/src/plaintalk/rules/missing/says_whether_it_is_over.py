"""MIS-01: a closure that does not say whether it is over."""

from plaintalk.rule import Rule, examples
from plaintalk.rules.missing import unless_answered

RULE = Rule(
    id="MIS-01",
    name="says-whether-it-is-over",
    category="missing",
    severity="error",
    message="Is it over? Say so in the first line.",
    better='"Resolved: invoice sending is working again."',
    source="SEED",
    kinds=("closure",),
    survey=unless_answered("resolved"),
    bad=examples("Exports were slow this morning. Thank you.", kind="closure"),
    good=examples(
        "Resolved: exports are working again.",
        "Not resolved yet: exports work, but reports are late.",
        kind="closure",
    ),
)
