"""DEF-10: "world-class", "proud of", in the middle of an apology."""

from plaintalk.pattern import Pattern, words
from plaintalk.rule import Rule, examples, matching

_PATTERN = Pattern(
    r"\b(?:industry|market|class)-leading\b|\bworld-class\b|\b(?:bank|military|enterprise)-grade\b|\bbest-in-class\b"
    r"|\b(?:excellent|outstanding|enviable|strong|proven|stellar|great) (?:\w+ )?track record\b|\b(?:unmatched|unparalleled|unrivalled) \w+"
    r"|\b(?:we|i|team) (?:\w+ )?(?:are|am|is|take|takes|took) (?:\w+ )?(?:proud|(?:great |immense |much )?pride|passionate)\b|\btak(?:e|es|ing) (?:great |immense )?pride\b|\bproud (?:of|to)\b"
    r"|\b(?:no one|nobody) is more (?:passionate|committed|dedicated)\b|\bour robust \w+|\b(?:is|are) a testament to\b|\bdemonstrat(?:es?|ing) (?:the|our) (?:\w+ ){0,2}?(?:pay-?off|strength|resilience|value|quality|robustness|commitment)\b"
    r"|\b(?:try|trying|tried|do|did|doing) (?:our|my) (?:very |level )?best\b|\bwhile we dislike\b|\bmake (?:\w+ )?(?:better and|stronger and)\b"
)

RULE = Rule(
    id="DEF-10",
    name="praises-itself",
    category="defensive",
    severity="warning",
    message="Praise next to an apology reads as denial. Cut it.",
    better=None,
    source="BEN",
    triggers=words(
        "dislike industry world bank military class proud pride passionate excellent outstanding enviable unmatched grade demonstrates demonstrate robust excellence best unparalleled track testament"
    ),
    look=matching(_PATTERN),
    bad=examples(
        "We remain committed to world-class reliability.",
        "We are proud of our record.",
        "Our team takes pride in building resilient systems.",
    ),
    good=examples("April uptime was 99.34%.", "The best way to reach us is by phone."),
)
