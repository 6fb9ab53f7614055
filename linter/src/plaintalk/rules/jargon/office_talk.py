"""JRG-08: "learnings", "going forward"."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Rule, examples, matching

_PATTERN = Pattern(
    r"\b(?:learnings|(?:going|moving) forward|deep[- ]dives?|customer-obsessed|synerg(?:y|ies)|stakeholders?|actionable|circle back|key takeaways?)\b"
)

RULE = Rule(
    id="JRG-08",
    name="office-talk",
    category="jargon",
    severity="suggestion",
    message="Office talk.",
    better="lessons, from now on",
    source="PL",
    triggers=words(
        "learnings learning going moving deep customer obsessed synergies stakeholders actionable bandwidth circle takeaways"
    ),
    look=matching(_PATTERN),
    bad=examples("Our learnings will be shared.", "Going forward we test this."),
    good=examples("From now on we test this."),
)
