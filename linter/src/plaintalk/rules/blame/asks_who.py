"""BLM-06: "who approved this?"."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Example, Rule, matching

_PATTERN = Pattern(
    r"\bwho (?:\w+ )?(?:caused|broke|approved|did|deployed|wrote|made|pushed|merged|allowed|changed)\b[^.!]{0,80}\?|\bwhy did(?:n't)? (?:you|he|she|they|the engineer|the team|nobody|no one)\b"
)

RULE = Rule(
    id="BLM-06",
    name="asks-who",
    category="blame",
    severity="suggestion",
    message='"How" and "what" get you the story; "who" gets you silence.',
    better='"What did the screen show?"',
    source="PD, ETSY",
    kinds=("postmortem",),
    triggers=words("who why"),
    look=matching(_PATTERN),
    bad=(
        Example("Who approved this change?", kind="postmortem"),
        Example("Why did she restart it?", kind="postmortem"),
    ),
    good=(
        Example("What did the screen show before the restart?", kind="postmortem"),
        Example("Who approved this change?", kind="summary"),
    ),
)
