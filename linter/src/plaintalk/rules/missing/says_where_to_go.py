"""MIS-12: no route to help."""

from plaintalk.rule import Example, Rule
from plaintalk.rules.missing import unless_answered

RULE = Rule(
    id="MIS-12",
    name="says-where-to-go",
    category="missing",
    severity="warning",
    message="Where does someone go who is still stuck?",
    better='"contact support from your account page"',
    source="GDPR",
    kinds=("closure", "follow_up", "data_notice"),
    in_kinds={"data_notice": "error"},
    survey=unless_answered("help"),
    bad=(Example("Resolved: exports work again.", kind="closure"),),
    good=(
        Example("Resolved: exports work again. If one is stuck, contact support.", kind="closure"),
    ),
)
