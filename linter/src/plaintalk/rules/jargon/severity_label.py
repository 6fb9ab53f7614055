"""JRG-04: "a SEV-1"."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Rule, examples, matching

_PATTERN = Pattern(
    r"\bsev(?:erity)?[- ]?[0-5]\b|\bp[0-4] (?:incident|issue|outage|alert|ticket|bug|event)\b|\bpriority[- ][0-5] (?:incident|issue)\b"
)

RULE = Rule(
    id="JRG-04",
    name="severity-label",
    category="jargon",
    severity="warning",
    message="Your scale, not theirs.",
    better='"a major outage"',
    source="PD",
    kinds=("closure", "summary", "follow_up", "data_notice", "note", "update"),
    triggers=words("sev severity p"),
    look=matching(_PATTERN),
    bad=examples("We declared a SEV-1.", "This was a P0 incident."),
    good=examples("This was a major outage."),
)
