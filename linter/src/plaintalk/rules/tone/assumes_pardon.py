"""TON-05: "thank you for your understanding"."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Rule, examples, matching

_PATTERN = Pattern(
    r"\b(?:thank|thanks|appreciate)\w* (?:\w+ ){0,5}?understanding\b|\b(?:please |hope you (?:can |will )?|ask you to )?(?:forgive|pardon) us\b|\bask for (?:your )?forgiveness\b"
)

RULE = Rule(
    id="TON-05",
    name="assumes-pardon",
    category="tone",
    severity="suggestion",
    message="Assumes a pardon. Thank them for patience, or for reporting.",
    better='"Thank you for your patience."',
    source="LEW",
    triggers=words("understanding forgive forgiveness pardon"),
    look=matching(_PATTERN),
    bad=examples("Thank you for your understanding.", "Please forgive us."),
    good=examples("Thank you for your patience."),
)
