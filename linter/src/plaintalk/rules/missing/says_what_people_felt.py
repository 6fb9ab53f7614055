"""MIS-05: no symptom that a reader could have seen."""

from plaintalk.rule import Rule, examples
from plaintalk.rules.missing import unless_answered

RULE = Rule(
    id="MIS-05",
    name="says-what-people-felt",
    category="missing",
    severity="error",
    message="What could people not do?",
    better='"invoices you sent were not delivered"',
    source="SEED",
    kinds=("closure", "summary", "follow_up", "data_notice"),
    in_kinds={"closure": "warning"},
    survey=unless_answered("symptom"),
    bad=examples("This incident has ended and we will share more soon."),
    good=examples(
        "Exports failed for all customers.", "You could not sign in from 9 to 10 am UTC."
    ),
)
