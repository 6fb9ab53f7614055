"""DEF-12: "sorry if you were affected"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:sorry|apologi[sz]e[sd]?|apologi[sz]ing|apolog(?:y|ies)|regret)\b[^.!?;]{0,80}?\b(?:(?:may|might|could) (?:\w+ )?(?:have|be|cause|see|experience|notice|result)|(?:possible|potential) (?:inconvenience|disruption|impact|issues|confusion|problems)|if (?:you|this|anyone|any|there|it|some))\b"
    r"|\b(?:if|should) (?:you|this|anyone|any)[^.!?;]{0,60}?,? (?:then )?(?:we|i)(?:'re| are|'m| am)? (?:\w+ )?(?:sorry|apologi[sz]e)\b"
)
_NOT_BEFORE = Pattern(r"\b(?:accept|owe) (?:our|an) \Z")
_NOT_IN = Pattern(r"\bif (?:you|anyone) (?:have|has|need|needs|want|wants|would like|still)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE) and not document.find(
        _NOT_IN, sentence
    )


RULE = Rule(
    id="DEF-12",
    name="conditional-apology",
    category="defensive",
    severity="warning",
    message="A conditional sorry. The record says it happened.",
    better='"We are sorry that your uploads failed"',
    source="SVN, LEW",
    triggers=words("sorry apologise apologize apologies apology apologizes regret"),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We apologize for any inconvenience this may have caused.",
        "We are sorry if you were affected.",
        "If this caused you trouble, we apologise.",
        "We apologize for the possible inconvenience.",
    ),
    good=examples(
        "We are sorry that your uploads failed.",
        "We are sorry. If you still see the error, write to us.",
        "We apologise for the delay.",
    ),
)
