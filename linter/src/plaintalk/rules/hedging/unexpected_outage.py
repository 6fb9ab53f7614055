"""HDG-08: "an unexpected outage"."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Rule, examples, matching

_PATTERN = Pattern(
    r"\b(?:unexpected|unplanned|unscheduled|sudden) (?:\w+ )?(?:outage|issue|issues|downtime|problem|problems|incident|disruption|interruption|event|failure|difficulties)\b|\bfor (?:unknown|unclear) reasons\b|\bfor reasons (?:unknown|that are unclear)\b"
)

RULE = Rule(
    id="HDG-08",
    name="unexpected-outage",
    category="hedging",
    severity="suggestion",
    message="All outages are. If the reason is unknown, say so, and when you will know.",
    better='"We do not yet know why"',
    source="PL",
    triggers=words("unexpected unexpectedly unplanned unknown"),
    look=matching(_PATTERN),
    bad=examples("There was an unexpected outage.", "The job stopped for unknown reasons."),
    good=examples(
        "The outage began at 08:12 UTC. We do not yet know why.",
        "The file held an unexpected value.",
    ),
)
