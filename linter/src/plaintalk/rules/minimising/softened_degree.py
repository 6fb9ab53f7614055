"""MIN-05: "slightly slower", without the figure."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_SOFT = Pattern(
    r"\b(?:slightly|somewhat|a bit|a little|marginally|a touch) (?:\w+ ){0,2}?(?:slow(?:er)?|delayed"
    r"|elevated|degraded|increased|higher|longer|reduced|late(?:r)?|worse|impacted|affected|behind|more latency|more errors|less responsive|lower|unstable|slowly)\b"
    r"|\b(?:a )?(?:slight|small|minor|modest) (?:increase|rise|uptick|degradation|delay|drop|decrease|slowdown)s? "
    r"(?:in|of|to) (?:[\w-]+ ){0,2}?(?:errors?|latency|failures?|time-?outs?|response times?|performance|traffic|load times?)\b"
)
_MEASURE = Pattern(
    r"\d ?(?:%|ms|s\b|sec|min|x\b|times|percent)|\bfrom \d[\d.,]* ?(?:ms|s|sec\w*|min\w*|%)?(?: to\b)"
)


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_MEASURE, sentence)


RULE = Rule(
    id="MIN-05",
    name="softened-degree",
    category="minimising",
    severity="warning",
    message="How much? A figure is shorter and cannot be argued with.",
    better='"pages took 9 s instead of 1 s"',
    source="QNT",
    triggers=words("slightly somewhat bit little marginally touch slight small minor modest"),
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
