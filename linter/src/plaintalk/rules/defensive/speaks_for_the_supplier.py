"""DEF-17: vouching for a supplier, or for how the failure was designed."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:continu\w+|value|valued|fruitful|strong|great|long-?standing|trusted|excellent|good|close) (?:\w+ ){0,2}?(?:partnership|relationship|cooperation|collaboration) with\b|\b(?:they|it|which) (?:have|has) not (?:broken|betrayed) (?:that|our|your) trust\b"
    r"|\b(?:behav(?:ed|es)|act(?:ed|ions behaved)) (?:exactly |just |entirely )?as (?:designed|intended|configured|expected|it should|they should)\b|\b(?:worked|functioned|performed|did|operated|triggered|reacted) (?:exactly |just |perfectly |precisely |entirely )*(?:as (?:designed|intended|configured)|what (?:it|they) (?:was|were) (?:told|designed|supposed|configured|meant) to)\b"
    r"|\bwithout any (?:action|change|involvement|intervention|input|work) (?:on|from|by|of) (?:our|us|my)(?: (?:side|end|part))?\b"
    r"|\b(?:provider|vendor|supplier|partner|host|center|centre|carrier|company) (?:\w+ )?(?:has |have )?(?:\w+ )?(?:assured|promised|guaranteed|vowed|pledged)\b(?! us (?:an|a) )"
    r"|\b(?:full|every|complete|great|the utmost|absolute|total) (?:confidence|faith|trust) in\b|\bremains? (?:a |our |an )(?:\w+ )?(?:trusted|valued|important|excellent|reliable|preferred) (?:\w+ )?(?:partner|provider|vendor|supplier)\b"
    r"|\b(?:normally|usually|generally|otherwise|typically) (?:an? )?(?:very |extremely |highly |quite )?(?:reliable|stable|dependable|solid) (?:partner|provider|vendor|supplier|service|platform|network|system)?\b"
    r"|\bhas been (?:a |an |our )?(?:\w+ )?(?:reliable|trusted|excellent|great|good) (?:partner|provider|vendor|supplier)\b"
    r"|\b(?:we|i) (?:still )?(?:trust|believe in|stand by|stand behind|have faith in) (?:our |the |them|these |this )?(?:\w+ )?(?:provider|vendor|supplier|partner|decision|choice|them|technology|platform)\b"
)
_NOT_BEFORE = Pattern(
    r"\b(?:not|n't|now|is|are|systems|services|everything|all|again|normally|continue to|should|to|be|operations) \Z"
)
_NOT_IN = Pattern(
    r"\b(?:all (?:systems|services)|(?:is|are) (?:now )?(?:work|function|perform)ing)\b"
)

# What "worked as designed, but" leads to what did not.
_BUT = Pattern(r"[^.;]{0,12}\b(?:but|however|except|yet)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if follows(document, sentence, found, _BUT, 40):
        return False
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
        "partnership trust designed intended configured expected decision escalate "
        "relationship matter action side cooperation collaboration told supposed meant "
        "involvement intervention input us assured promised guaranteed vowed pledged "
        "confidence faith trusted valued remains reliable stable dependable provider vendor "
        "supplier partner believe stand should change work"
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
        "The check worked as intended, but the alarm was never sent.",
    ),
)
