"""DEF-12: "sorry if you were affected"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_SORRY = r"(?:sorry|apologi[sz]e[sd]?|apologi[sz]ing|apolog(?:y|ies)|regrets?|regretted)"
_IF = (
    r"(?:if|should) (?:you|your|this|that|these|anyone|any|it|there|some|we|someone|anybody|customers|users|the)(?:'ve)? (?:[\w'-]+ ){0,4}?"
    r"(?:were|was|affected|experienc\w+|notic\w+|caused?|had|felt|encounter\w+|inconvenienc\w+|impacted|trouble|troubled|disrupt\w*|saw|missed|been|ran into|inconvenience|suffered|faced)"
)
_PATTERN = Pattern(
    rf"\b{_SORRY}\b[^.!?;]{{0,90}}?\b(?:(?:may|might|could) (?:\w+ )?(?:have|be|cause|see|experience|notice|result|bring|create|lead|feel)"
    rf"|(?:possible|potential|eventual|any potential|any possible) (?:\w+ )?(?:inconveniences?|disruptions?|impacts?|issues|confusion|problems?|delays?|trouble|interruptions?|effects?|errors|downtime)|{_IF}|if (?:this|that|it|you|your|anyone|any|someone|some))\b"
    r"|\b(?:anyone|anybody|those|everyone|customers|users|you) (?:who|whom|that) (?:\w+ )?(?:may|might|could) (?:\w+ )?have [^.!?;]{0,60}?\b(?:sorry|apolog\w+)\b"
    r"|\b(?:if|should|in case) (?:you|this|anyone|any|your|it|someone|some)[^.!?;]{0,80}?,? (?:then )?(?:we|i)(?:'re| are|'m| am|'d like to| would like to| do| want to)? (?:\w+ ){0,2}?(?:sorry|apologi[sz]e)\b"
    r"|\b(?:if|should|in case|where) (?:you|this|that|anyone|any|your|it|someone|some|our)[^.!?;]{0,90}?,? (?:then )?(?:please )?(?:accept|offer you|you have|know that) (?:\w+ )?(?:our|my)? ?(?:\w+ )?apolog(?:y|ies)\b"
    r"|\b(?:any|whatever) (?:[\w-]+ ){0,2}?(?:inconvenience|concern|distress|confusion|upset|disruption|trouble|frustration|worry|harm|hardship)s? (?:that |which )?(?:you|customers|users|anyone|some|they|our \w+|people) (?:may|might|could) (?:\w+ )?(?:have|feel|be|suffer|face)\b"
    r"|\b(?:inconveniences?|disruptions?|trouble|confusion|frustrations?|concerns?|disturbance|annoyance|difficult(?:y|ies)|hassle|interruptions?) (?:that |which )?(?:this|that|these|those|it|we|our \w+|the \w+|the \w+ \w+) (?:\w+ )?(?:may|might|could) (?:\w+ )?(?:have|be|cause|bring|create)\b"
)
# "We understand the trouble this may cause" says no sorry.
_UNDERSTOOD = Pattern(
    r"\b(?:understand|know|recogni[sz]e|realise|realize|aware of|acknowledge|appreciate) (?:how |that |the |what |all )*(?:[\w-]+ ){0,3}?\Z"
)
# "We apologised for the error, and did our best …" tells of an apology made elsewhere.
_NARRATED = Pattern(r"(?:apologi[sz]ed|regretted)\b[^.]*?, and\b")
_NOT_BEFORE = Pattern(r"\b(?:accept|owe) an \Z")
_MAYBE = Pattern(r"\b(?:may|might|could|possible|potential|eventual)\b")
_NOT_IN = Pattern(
    r"\bif (?:you|anyone|customers|users|there) (?:have|has|need|needs|want|wants|would like|still|continue|continues|are (?:still|unable|experiencing|having|seeing)|see|experience|notice|require|any further|can|could|would|wish|prefer|think|know|find|run|encounter)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _NARRATED.match(document.scan, found.start(), found.end()):
        return False
    if before(document, sentence, found, _UNDERSTOOD, 60) and "sorry" not in found.group():
        return False
    if _MAYBE.search(document.scan, found.start(), found.end()):
        return not before(document, sentence, found, _NOT_BEFORE)
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="DEF-12",
    name="conditional-apology",
    category="defensive",
    severity="warning",
    message="A conditional sorry. The record says it happened.",
    better='"We are sorry that your uploads failed"',
    source="SVN, LEW",
    triggers=words(
        "sorry apologise apologize apologies apology apologizes regret apologised apologized "
        "apologising apologizing regrets regretted inconvenience inconveniences disruption disruptions "
        "trouble confusion frustration frustrations concern concerns disturbance annoyance difficulty "
        "difficulties hassle interruption interruptions distress upset worry harm hardship accept"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Should anything have upset you, please accept our apologies.",
        "We regret any distress that readers might have felt.",
        "We apologize for any inconvenience this may have caused.",
        "We are sorry if you were affected.",
        "If this caused you trouble, we apologise.",
        "We apologize for the possible inconvenience.",
        "Thank you for bearing with us and with the trouble this might cause.",
    ),
    good=examples(
        "We understand the trouble this may cause at the counter.",
        "We are sorry that your uploads failed.",
        "We are sorry. If you still see the error, write to us.",
        "We apologise for the delay.",
    ),
)
