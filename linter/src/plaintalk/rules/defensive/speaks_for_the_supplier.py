"""DEF-17: vouching for a supplier, or for how the failure was designed."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:continu\w+|value|valued|fruitful|strong|great) (?:\w+ ){0,2}?(?:partnership|relationship) with\b|\b(?:they|it|which) (?:have|has) not (?:broken|betrayed) (?:that|our|your) trust\b"
    r"|\b(?:behav(?:ed|es)|act(?:ed|ions behaved)) (?:exactly )?as (?:designed|intended|configured|expected)\b|\b(?:worked|functioned|performed) (?:exactly )?as (?:designed|intended|configured)\b"
    r"|\bunable to escalate\b|\b(?:decision|matter) is (?:final|out of our hands)\b|\bwithout any (?:action|change|involvement) (?:on|from|by) our (?:side|end|part)\b"
)
_NOT_BEFORE = Pattern(
    r"\b(?:not|n't|now|is|are|systems|services|everything|all|again|normally|continue to|should|to|be|operations) \Z"
)
_NOT_IN = Pattern(
    r"\b(?:all (?:systems|services)|(?:is|are) (?:now )?(?:work|function|perform)ing)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE) and not document.find(
        _NOT_IN, sentence
    )


RULE = Rule(
    id="DEF-17",
    name="speaks-for-the-supplier",
    category="defensive",
    severity="warning",
    message="You cannot vouch for them, and readers did not ask. Say what depends on them and what you change.",
    better='"We asked them for X by 9 March; until then we do Y"',
    source="ANT",
    triggers=words(
        "partnership trust designed intended configured expected decision escalate relationship matter action side"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "They have not broken that trust.",
        "The failover behaved as configured.",
        "It came back without any action on our side.",
    ),
    good=examples(
        "We asked them for a second power line by 9 March.",
        "Everything is now working as expected.",
    ),
)
