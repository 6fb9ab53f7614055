"""BLM-12: "someone", "an engineer", with a judging adverb."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import ALL_KINDS, Rule, examples, matching

_PATTERN = Pattern(
    r"\b(?:someone|somebody|he|she|they|(?:an?|the|one|our|another|\w+'s) (?:[\w-]+ ){0,2}?(?:engineer|developer|employee|operator|technician|contractor|admin|administrator|colleague|team|member|maintainer|customer|user))(?: \w+){0,2}? (?:unintentionally|accidentally|mistakenly|inadvertently|wrongly|erroneously|unknowingly|incorrectly)\b"
)

RULE = Rule(
    id="BLM-12",
    name="unnamed-culprit",
    category="blame",
    severity="warning",
    message="The adverb carries the blame. Say what the system allowed.",
    better='"the tool deleted the live copy without asking"',
    source="DEK",
    kinds=ALL_KINDS,
    triggers=words(
        "unintentionally accidentally mistakenly inadvertently wrongly carelessly erroneously unknowingly incorrectly"
    ),
    look=matching(_PATTERN),
    bad=examples(
        "An engineer unintentionally deleted the live copy.",
        "She accidentally removed the records.",
    ),
    good=examples(
        "The tool deleted the live copy without asking.",
        "A background job was mistakenly removing keys.",
        "We accidentally deleted the live copy.",
    ),
)
