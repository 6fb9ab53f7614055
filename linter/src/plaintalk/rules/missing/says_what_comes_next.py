"""MIS-11: no next step and no date."""

from plaintalk.rule import Example, Rule
from plaintalk.rules.missing import unless_answered

RULE = Rule(
    id="MIS-11",
    name="says-what-comes-next",
    category="missing",
    severity="warning",
    message="What happens next, and when?",
    better='"We will publish what happened by 9 March 2026, 17:00 UTC"',
    source="SEED",
    kinds=("closure", "summary"),
    survey=unless_answered("next_step"),
    bad=(Example("Resolved: exports work again.", kind="closure"),),
    good=(
        Example(
            "Resolved: exports work again. We will publish what happened by 9 March 2026.",
            kind="closure",
        ),
        Example("Resolved: exports work again. No further updates will follow.", kind="closure"),
    ),
)
