"""BLM-15: "the operations team has deleted it"; "our host's staff are having issues"."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import ALL_KINDS, Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_TEAM: Final = r"(?:teams?|groups?|departments?|divisions?|units?|crew|folks|guys|people|staff|office|personnel)"
_ADVERB: Final = r"(?:also |then |again |since |now |still |already |just |apparently |recently |only |later |reportedly |suddenly )*"
_DID: Final = (
    r"(?:deleted|removed|modified|altered|changed|overwrote|dropped|disabled|broke|misconfigured|reconfigured|renamed|moved|revoked|blocked|unplugged|cut|purged|wiped|reset"
    r"|pushed|introduced|applied|made (?:an? |the |some |several )?(?:\w+ )?(?:changes?|mistakes?|errors?|edits?)|turned off|switched off|shut (?:off|down)|took (?:down|offline)|forgot|missed|overlooked|neglected|ignored|caused|triggered|let|left)"
)
_TROUBLE: Final = (
    r"(?:(?:is|are|was|were) (?:still |now |currently )*(?:having|struggling|unable|not able|slow|late|unaware|unavailable|busy|waiting|behind|not (?:aware|sure|responding|available|ready|informed))"
    r"|(?:has|have|had) (?:still |so far )*(?:not|yet to|failed|been unable|no (?:idea|eta|answer|explanation|estimate))|does(?:n't| not)|do(?:n't| not)|did(?:n't| not))"
)
_PATTERN: Final = Pattern(
    rf"\b(?:the|another|an?|their|its|[\w-]+'s) (?:[\w-]+ ){{1,2}}{_TEAM} (?:has |have |had )?{_ADVERB}(?:{_DID}|{_TROUBLE})\b"
)
_OF_THE_ISSUE: Final = Pattern(
    r"\b(?:engineering|on-call|entire|whole|same|incident|response|support|our|small|large|affected|first|second|following|some|many|few|most|all|user|users|target|other)\b"
)
_REPAIR: Final = Pattern(
    r"[^.;]{0,80}?\b(?:faulty|bad|broken|affected|corrupt\w*|compromised|failing|failed|stuck|offending|unhealthy|malicious|fix(?:es|ed)?|patch|mitigation|workaround|hotfix|solution|rollback"
    r"|to (?:\w+ )?(?:fix|resolve|restore|mitigate|prevent|address|recover|reduce|relieve|stop|contain|protect|help|avoid|bring))\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:if|when|whenever|so that|that|by|with|for|to|from|in|of|let|which) (?:\w+ )?\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _OF_THE_ISSUE.search(found.group()) or before(document, sentence, found, _NOT_BEFORE, 20):
        return False
    return not follows(document, sentence, found, _REPAIR, 90)


RULE = Rule(
    id="BLM-15",
    name="points-at-another-team",
    category="blame",
    severity="warning",
    message="Readers know one company, not its departments. Say what happened, and what you change.",
    better='"a change to the network removed the rule for exports"',
    source="SEED, DEK",
    kinds=ALL_KINDS,
    triggers=words(
        "team teams group groups department departments division divisions unit units crew folks guys "
        "people staff office personnel"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "The network team has removed the rule for exports.",
        "The storage group is still struggling to replace the disk.",
        "Another product team changed the shared settings on Monday.",
    ),
    good=examples(
        "A change to the network removed the rule for exports.",
        "The network team removed the faulty rule to restore exports.",
        "The support team did not see any further errors.",
        "Some larger teams did not receive their reports.",
    ),
)
