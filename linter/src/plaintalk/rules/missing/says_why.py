"""MIS-07: neither a cause nor "we do not yet know why"."""

from plaintalk.rule import Rule, examples
from plaintalk.rules.missing import unless_answered

RULE = Rule(
    id="MIS-07",
    name="says-why",
    category="missing",
    severity="warning",
    message="Silence on why invites guesses.",
    better='"We do not yet know why it failed; we will say by 9 March"',
    source="LEW",
    kinds=("summary", "follow_up", "data_notice"),
    in_kinds={"data_notice": "suggestion"},
    survey=unless_answered("cause", allow_partly=True),
    bad=examples("Exports failed for all customers."),
    good=examples(
        "Exports failed because a queue was full.", "Exports failed. We do not yet know why."
    ),
)
