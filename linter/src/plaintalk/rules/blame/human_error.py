"""BLM-01: "human error"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import ALL_KINDS, Hit, Rule, before, examples, matching
from plaintalk.text import Sentence

_HUMAN = Pattern(
    r"\b(?:human|operator|engineer|manual|employee|staff|personnel|human-made|administrator|clerical) (?:errors?|mistakes?|failures?|slips?|oversights?)\b|\boperational errors?\b|\bfat[- ]finger\w*|\bhuman factor\b|\bpilot error\b"
)
_DISCUSSED = Pattern(
    r"\b(?:robust|resilient|tolerat\w*|handle|survive|withstand|guard\w*|protect\w*|rather than|not|instead of|blam\w+|term|label|phrase|no such thing as|beyond|never|call\w*|reduc\w+|against|prevent\w*|avoid\w*|risk|chance|possibility|room|likelihood|eliminat\w*|limit\w*|less|minimi[sz]\w*|protect\w*) (?:\w+ ){0,3}?\Z"
)
_AS_CAUSE = Pattern(r"\b(?:cause|caused|due to|because|result\w*|attribut\w+)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _DISCUSSED, 40)


def _tell(document: Document, sentence: Sentence, found: Match) -> Hit:
    as_cause = document.kind == "postmortem" and document.find(_AS_CAUSE, sentence)
    return Hit(*found.span(), severity="error" if as_cause else None)


RULE = Rule(
    id="BLM-01",
    name="human-error",
    category="blame",
    severity="warning",
    message="This is the start of the question, not the answer. What made the slip possible?",
    better='"our tool accepted a change this large"',
    source="DEK, PD",
    kinds=ALL_KINDS,
    triggers=words(
        "human operator engineer manual employee staff personnel operational fat "
        "administrator clerical pilot"
    ),
    look=matching(_HUMAN, _keep, _tell),
    bad=examples(
        "The outage was caused by human error.",
        "Root cause: operator error.",
        "A manual error removed the records.",
    ),
    good=examples(
        "Our tool accepted a change this large without asking.",
        "We look at the tool rather than human error.",
        "The new check makes it harder to run the wrong step.",
    ),
)
