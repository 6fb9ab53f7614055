"""MIN-05: "slightly slower", without the figure."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_WORSE = (
    r"(?:slow(?:er|ly)?|delayed|elevated|degraded|increased|higher|high|longer|reduced|late(?:r)?"
    r"|worse|impacted|affected|behind|less responsive|lower|unstable|sluggish|laggy|unreliable"
    r"|patchy|flaky|bumpy|rocky|overloaded|unresponsive|disrupted|impaired|inaccurate|outdated"
    r"|out of date|stale|off|more (?:latency|errors|time|load|timeouts|failures|traffic)"
    r"|longer than|below|above|reduced|limited|wrong|incorrect|stuck|broken)"
)
_SOFT = Pattern(
    r"\b(?:slightly|somewhat|a bit|a little(?: bit)?|marginally|a touch|a tad|mildly|modestly"
    rf"|minimally|kind of|sort of) (?:\w+ ){{0,2}}?{_WORSE}\b"
    r"|\b(?:a |some |very )?(?:slight|small|minor|modest|marginal|mild|little) "
    r"(?:increase|rise|uptick|degradation|delay|drop|decrease|slowdown|spike|bump|dip|lag|elevation"
    r"|reduction|loss|backlog|backlogs|queue)s? "
    r"(?:in|of|to|with|when|for) (?:[\w-]+ ){0,3}?(?:errors?|latenc(?:y|ies)|failures?|time-?outs?"
    r"|response(?: times?)?|performance|traffic|load(?: times?)?|delivery|deliveries|processing"
    r"|rates?|times|requests|sign-?ins?|logins?|speed|availability|accuracy|data|events|messages)\b"
)
_MEASURE = Pattern(
    r"\d ?(?:%|ms|s\b|sec|min|x\b|times|percent)|\bfrom \d[\d.,]* ?(?:ms|s|sec\w*|min\w*|%)?(?: to\b)"
)


_COULD = Pattern(
    r"\b(?:possibility of|(?:may|might|could|will) (?:result in|lead to|cause)|potential for|maintenance)\b"
)


# A long report is no harm.
_THE_TEXT = Pattern(
    r"\b(?:cpu|memory|disk|ram|usage|deploy(?:ment)?|investigation|repair|repairs|fix|rollback|build|post|article|update|entry|report|write-?up|message|e-?mail|explanation|letter|read) (?:usage |use |load )?(?:is|was|were|will be|got|took|ran|takes) \Z"
)


_AS_PLANNED = Pattern(r" than (?:we |it |i )?(?:had )?(?:expected|planned|thought|hoped|assumed)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.find(_COULD, sentence) or before(document, sentence, found, _THE_TEXT, 24):
        return False
    if follows(document, sentence, found, _AS_PLANNED):
        return False
    return not document.find(_MEASURE, sentence)


RULE = Rule(
    id="MIN-05",
    name="softened-degree",
    category="minimising",
    severity="warning",
    message="How much? A figure is shorter and cannot be argued with.",
    better='"pages took 9 s instead of 1 s"',
    source="QNT",
    triggers=words(
        "slightly somewhat bit little marginally touch tad mildly modestly minimally kind sort slight "
        "small minor modest marginal mild"
    ),
    look=matching(_SOFT, _keep),
    bad=examples(
        "Pages were slightly slower than usual.",
        "We saw a slight increase in errors.",
        "Deliveries were somewhat delayed.",
    ),
    good=examples(
        "Pages took 9 s instead of 1 s.",
        "Pages were slightly slower: 1.4 s instead of 1.1 s.",
        "The new editor looks slightly different.",
    ),
)
