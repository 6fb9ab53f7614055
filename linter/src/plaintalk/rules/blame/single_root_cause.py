"""BLM-07: "the root cause was", in a review."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Example, Rule, matching

_PATTERN = Pattern(
    r"\b(?:the |a )?(?:single |sole |one |true |ultimate )?root cause (?:was|is|of)\b|\b(?:the )?(?:sole|single) cause\b"
)

RULE = Rule(
    id="BLM-07",
    name="single-root-cause",
    category="blame",
    severity="suggestion",
    message="Failures need several conditions. List the contributing factors.",
    better=None,
    source="COOK, VOID",
    kinds=("postmortem",),
    triggers=words("root sole"),
    look=matching(_PATTERN),
    bad=(Example("The root cause was a full disk.", kind="postmortem"),),
    good=(
        Example(
            "Three conditions came together: a full disk, a silent alert, and a queue without a limit.",
            kind="postmortem",
        ),
        Example("The root cause was a full disk.", kind="summary"),
    ),
)
