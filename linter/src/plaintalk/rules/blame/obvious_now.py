"""BLM-08: "obviously", "in hindsight"."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Example, Rule, matching

_PATTERN = Pattern(
    r"\b(?:obvious(?:ly)?|clearly|of course|in (?:hindsight|retrospect)|with hindsight)\b"
)

RULE = Rule(
    id="BLM-08",
    name="obvious-now",
    category="blame",
    severity="suggestion",
    message="Obvious now. Was it then?",
    better=None,
    source="PD",
    kinds=("postmortem",),
    triggers=words("obviously clearly course hindsight obvious retrospect"),
    look=matching(_PATTERN),
    bad=(
        Example("Obviously the disk was full.", kind="postmortem"),
        Example("In hindsight the alert was too quiet.", kind="postmortem"),
    ),
    good=(Example("The disk was full; the screen showed green.", kind="postmortem"),),
)
