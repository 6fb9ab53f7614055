"""Rules about how plaintalk itself is used: house terms, and comments that allow a finding.

They are listed and explained with the catalogue but look at choices, not at the craft of writing.
"""

from typing import Final

from plaintalk.rule import ALL_KINDS, Rule, examples

HOUSE_TERM: Final = Rule(
    id="HSE-01",
    name="house-term",
    category="readability",
    severity="warning",
    message="Your house terms have another word for this.",
    better=None,
    source="your own configuration",
    bad=examples('With `"log in" = "sign in"`: Customers could not log in.'),
    good=examples('With `"log in" = "sign in"`: Customers could not sign in.'),
    kinds=ALL_KINDS,
)
ALLOW_WITHOUT_REASON: Final = Rule(
    id="HSE-02",
    name="allow-without-reason",
    category="readability",
    severity="error",
    message="This comment gives no reason, so it allows nothing.",
    better="<!-- plaintalk: allow MIN-01 because the exact count is in the next sentence -->",
    source="our own rule: whoever lets a finding stand says why",
    bad=examples("A handful of accounts. <!-- plaintalk: allow MIN-01 -->"),
    good=examples("A handful of accounts. <!-- plaintalk: allow MIN-01 because we list them -->"),
    kinds=ALL_KINDS,
)
ALLOW_UNKNOWN: Final = Rule(
    id="HSE-03",
    name="allow-of-unknown-rule",
    category="readability",
    severity="error",
    message="There is no such rule; `plaintalk rules` lists them.",
    better=None,
    source="our own rule: a comment that does nothing must not look as if it did",
    bad=examples("A handful of accounts. <!-- plaintalk: allow MIN-99 because we list them -->"),
    good=examples("A handful of accounts. <!-- plaintalk: allow MIN-01 because we list them -->"),
    kinds=ALL_KINDS,
)
ALLOW_UNUSED: Final = Rule(
    id="HSE-04",
    name="allow-of-nothing",
    category="readability",
    severity="warning",
    message="Nothing on this line needs this comment any more. Take it out.",
    better=None,
    source="our own rule: an old excuse must not cover a new fault",
    bad=examples("12 accounts lost a file. <!-- plaintalk: allow MIN-01 because we list them -->"),
    good=examples("A handful of accounts. <!-- plaintalk: allow MIN-01 because we list them -->"),
    kinds=ALL_KINDS,
)

NOT_IN_ENGLISH: Final = Rule(
    id="HSE-05",
    name="not-in-english",
    category="readability",
    severity="error",
    message="Not checked: only English has rules.",
    better="Have a person who speaks the language read it, and allow this with their name.",
    source="our own rule: a text that was not checked must not look as if it had passed",
    bad=examples("Eine kleine Zahl von Kunden war von der Störung betroffen."),
    good=examples("A handful of accounts lost a file."),
    kinds=ALL_KINDS,
)

HOUSE_RULES: Final = (
    HOUSE_TERM,
    ALLOW_WITHOUT_REASON,
    ALLOW_UNKNOWN,
    ALLOW_UNUSED,
    NOT_IN_ENGLISH,
)
