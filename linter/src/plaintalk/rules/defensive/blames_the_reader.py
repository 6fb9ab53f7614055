"""DEF-05: the customer is blamed."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_BLAME = Pattern(
    r"\b(?:user|customer|client) error\b(?!s)"
    r"|\b(?:customers|users|clients|those) (?:who|that) (?:had )?(?:failed to|did not|didn't|neglected to|forgot to|ignored|chose not to)\b"
    r"|\b(?:ultimately )?(?:the )?(?:responsibility of (?:the |each |our |every )?(?:customers?|users?|clients?)"
    r"|(?:customer|user|client)s?'s? (?:own )?responsibility)\b"
    r"|\b(?:misconfigured|misused|misunderstood|ignored) by (?:\w+ )?(?:customers?|users?|clients?)\b"
    r"|\b(?:caused|triggered) by (?:\w+ ){0,2}?(?:customers?|users?)'? (?:own )?(?:mistake|error|misconfiguration|misuse)\b"
    r"|\b(?:customers|users|you) should have (?:\w+ )?(?:backed|checked|configured|read|known|kept|updated|upgraded)\b"
)
_DISCUSSED = Pattern(
    r"\b(?:not|never|no|rather than|instead of|wasn't|isn't) (?:an? |simply |the )?\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _DISCUSSED, 20)


RULE = Rule(
    id="DEF-05",
    name="blames-the-reader",
    category="defensive",
    severity="error",
    message="Never blame the reader in a follow-up. Say what you will make safer.",
    better='"Our settings page allowed this; it now warns"',
    source="SCCT",
    triggers=words(
        "error responsibility misconfigured misused misunderstood ignored failed did didn neglected forgot mistake misconfiguration misuse should chose"
    ),
    look=matching(_BLAME, _keep),
    bad=examples(
        "The missing records were due to user error.",
        "Customers who failed to update their settings lost access.",
        "Backups are ultimately the responsibility of the customer.",
    ),
    good=examples(
        "If you have not set a backup address, you can do so in your settings.",
        "More user errors appeared after 10:00 UTC.",
        "This was not user error: our settings page allowed it.",
    ),
)
