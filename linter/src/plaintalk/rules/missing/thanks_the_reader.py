"""MIS-03: a closure without a line of thanks."""

from plaintalk.rule import Rule, examples
from plaintalk.rules.missing import unless_answered

RULE = Rule(
    id="MIS-03",
    name="thanks-the-reader",
    category="missing",
    severity="suggestion",
    message="One honest line of thanks closes the loop.",
    better='"Thank you for your patience."',
    source="SEED",
    kinds=("closure",),
    survey=unless_answered("thanks"),
    bad=examples("Resolved: exports work again.", kind="closure"),
    good=examples("Resolved: exports work again. Thank you for your patience.", kind="closure"),
)
