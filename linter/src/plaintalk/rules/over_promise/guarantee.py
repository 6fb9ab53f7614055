"""OVR-04: "we guarantee"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_GUARANTEE = Pattern(
    r"\b(?:we|i)(?:'ll| will| can| do| now| hereby)? (?:\w+ )?(?:guarantee|promise)\b"
    r"|\b(?:will|shall) (?:always|forever) (?:be|remain|stay|work) (?:\w+ )?(?:safe|secure|available|online|protected|reachable|up)\b"
    r"|\b(?:bullet-?proof|fool-?proof|fail-?proof|zero risk|risk-free|100 ?% (?:uptime|secure|reliab\w+|availab\w+)|unbreakable|impossible to (?:repeat|recur))\b"
)
_NEGATED = Pattern(r"\b(?:cannot|can't|can not|never|not|no|nobody|don't|without) (?:\w+ ){0,2}?\Z")
_INSIDE_NEGATED = Pattern(r"\b(?:cannot|can't|not|never|don't|no longer)\b")
_EFFORT = Pattern(
    r"(?: you)?,? (?:to (?:\w+ )?(?:do|be|try|work|keep (?:you|working|improving|everyone)|improve|learn|update|share|communicate|publish|report|follow|continue|let you know)|(?:we|i)(?:'ll| will) (?:do|be|try|work|keep|improve|learn))\b"
)
_TECHNICAL = Pattern(
    r"(?:s|d)?(?: \w+){0,2} (?:delivery|ordering|order|once|consistency|quorum|uptime|sla)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _INSIDE_NEGATED.search(found.group()) or before(document, sentence, found, _NEGATED, 25):
        return False
    if follows(document, sentence, found, _EFFORT, 40):
        return False
    return not follows(document, sentence, found, _TECHNICAL, 40)


RULE = Rule(
    id="OVR-04",
    name="guarantee",
    category="over_promise",
    severity="warning",
    message="One counter-example ends it. Swap it for a commitment you control.",
    better='"We test this every week"',
    source="SEED",
    triggers=words(
        "guarantee promise bulletproof bullet foolproof fool failproof fail zero risk "
        "unbreakable impossible % always forever"
    ),
    look=matching(_GUARANTEE, _keep),
    bad=examples(
        "We guarantee that your orders will arrive on time.",
        "We promise that your orders are safe with us.",
        "The new set-up is bulletproof.",
    ),
    good=examples(
        "We cannot guarantee that no order is ever late.",
        "The queue guarantees ordering of messages.",
        "We promise to keep you informed.",
        "We test this every week and publish the result.",
    ),
)
