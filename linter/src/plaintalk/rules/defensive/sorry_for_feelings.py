"""DEF-13: "sorry you feel that way"."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Rule, examples, matching

_PATTERN = Pattern(
    r"\b(?:sorry|apologi[sz]e|apologies|regret)\b (?:for |that |to hear )?(?:that )?(?:you|customers|users|some|anyone|people)(?: may| might)? (?:have )?(?:feels?|felt|are (?:upset|unhappy|disappointed|frustrated|confused)|took|perceived?)\b|\b(?:sorry|apologi[sz]e|apologies|regret)\b (?:for )?any (?:\w+ )?(?:confusion|misunderstanding|perception|upset|concerns?)\b"
)

RULE = Rule(
    id="DEF-13",
    name="sorry-for-feelings",
    category="defensive",
    severity="error",
    message="This apologises for their reaction. Apologise for what you did.",
    better='"We are sorry that we sent this late"',
    source="LEW",
    triggers=words("sorry apologise apologize apologies regret"),
    look=matching(_PATTERN),
    bad=examples("We are sorry you feel that way.", "We apologise for any confusion."),
    good=examples("We are sorry that we sent this late."),
)
