"""MIN-12: a joke or a shrug about the failure."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Rule, examples, matching

_PATTERN = Pattern(
    r"\b(?:(?:ha){2,6}|lol|lmao|rofl|brr{1,6}|meh|\*?shrugs?\*?|yolo|w?ho?ops|oopsies?|hehe)\b"
)

RULE = Rule(
    id="MIN-12",
    name="jokes-about-it",
    category="minimising",
    severity="warning",
    message="Light for you, heavy for them. Say what happened.",
    better=None,
    source="SVN",
    triggers=words(
        "haha hahaha lol lmao brr brrr brrrr meh shrug yolo whoops woops oopsie oopsies rofl hah hehe"
    ),
    look=matching(_PATTERN),
    bad=examples("Haha, we turned it off and on again.", "The disk filled up, lol."),
    good=examples("The disk filled up and uploads failed."),
)
