"""LEK-14: a gap that is still open."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:we|i) (?:currently |still |also |simply )*(?:have no|don't have|do not have|lack|didn't have|did not have|had no|never had)(?: any| a| an| proper| enough| working)* (?:\w+ )?(?:monitoring|alert(?:s|ing)|backups?|redundancy|failover|tests?|rate limit\w*|encryption|firewall|staging(?: environment)?|access control\w*|audit logs?)\b"
    r"|\b(?:is|are|remains?) (?:still |currently |not yet )?(?:unpatched|unencrypted|in plaintext|not (?:yet )?(?:patched|encrypted|backed up|monitored|protected))\b"
    r"|\b(?:is|are|remains?|still|has) (?:\w+ ){0,2}?(?:a )?single point of failure\b|\bfree tier\b|\bdefault password\b|\bshared password\b"
)
_NOT_IN = Pattern(r"\b(?:now|since then|until (?:this|that|then)|at the time|have added|added)\b")


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="LEK-14",
    name="open-weakness",
    category="leak",
    severity="warning",
    message="It tells an attacker, or a competitor, where to look. Say what you changed instead.",
    better='"we now keep a second copy in another building"',
    source="SEC",
    triggers=words(
        "monitoring alerting alerts backup backups redundancy failover tests patched encrypted single tier plaintext unpatched unencrypted password firewall staging"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We have no monitoring for this queue.",
        "The backups are still unencrypted.",
        "The service runs on a free tier.",
    ),
    good=examples(
        "We now have monitoring for this queue.", "We keep a second copy in another building."
    ),
)
