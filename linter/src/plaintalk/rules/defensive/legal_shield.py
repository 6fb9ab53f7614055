"""DEF-06: "without admission of liability"."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Rule, examples, matching

_PATTERN = Pattern(
    r"\bwithout (?:any )?(?:admission|admitting|prejudice)\b|\bnot (?:be )?(?:held )?(?:liable|legally responsible)\b|\b(?:no|any|disclaims?|deny|denies|limit) (?:\w+ ){0,2}?liabilit(?:y|ies)\b|\bto the (?:fullest|maximum) extent\b|\bexpress or implied warrant(?:y|ies)\b"
)

RULE = Rule(
    id="DEF-06",
    name="legal-shield",
    category="defensive",
    severity="error",
    message="Counsel may need this elsewhere. Here it undoes the apology.",
    better="remove it, or put it in a separate letter",
    source="BEN",
    kinds=("closure", "summary", "follow_up", "data_notice", "note", "update"),
    in_kinds={"data_notice": "warning", "follow_up": "warning"},
    triggers=words("admission prejudice liable liability extent warranties warranty"),
    look=matching(_PATTERN),
    bad=examples(
        "This is sent without admission of liability.", "We are not liable for lost edits."
    ),
    good=examples(
        "We are sorry. This was our mistake.",
        "You are not responsible for charges made in that time.",
    ),
)
