"""MIS-02: a closure that does not say that the fix has held."""

from plaintalk.rule import Rule, examples
from plaintalk.rules.missing import unless_answered

RULE = Rule(
    id="MIS-02",
    name="shows-it-is-stable",
    category="missing",
    severity="warning",
    message='"Fixed" needs "and it has held since…".',
    better='"stable since 14:24 UTC, watched until 18:30 UTC"',
    source="SEED, PD",
    kinds=("closure",),
    survey=unless_answered("held"),
    bad=examples(
        "Resolved: the export fault has been fixed.",
        "Everything is back to normal.",
        kind="closure",
    ),
    good=examples(
        "Resolved: exports work again. They have been stable since 14:24 UTC.", kind="closure"
    ),
)
