"""BLM-09: "the responsible individual has been disciplined"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:employee|engineer|person|individual|contractor|operator|staff member|developer|technician|colleague|he|she|they|team member|manager|someone|people|those responsible|perpetrators?)s?(?: \w+){0,4}? (?:was|were|has been|have been|will be|is being|been) (?:\w+ )?(?:disciplined|dismissed|fired|terminated|suspended|reprimanded|sacked|punished|let go|held accountable|prosecuted)\b"
    r"|\bdisciplinary (?:action|measures|proceedings)\b|\bheld? (?:\w+ ){0,3}?accountable\b|\b(?:the )?responsible (?:individuals?|person|employee|engineer|party)\b|\b(?:the )?(?:person|individual|employee|engineer)s? responsible\b"
    r"|\b(?:person|individual|employee|engineer|contractor|developer|colleague|operator|technician)s? (?:in question|concerned|at fault|involved)\b|\b(?:no longer (?:works?|employed|with|part of)|parted ways with|been spoken to|been warned|lost (?:his|her|their) job)\b"
    r"|\b(?:go|going|take (?:this|them|you|him)) to court\b|\b(?:press|pressing) charges\b|\blaw enforcement (?:against|will)\b|\b(?:we will|i will|we'll|i'll|or we) (?:permanently )?(?:ban|sue|block|report) (?:you|them|him|her|anyone|whoever)\b|\b(?:track|hunt) (?:you|them|him) down\b"
    r"|\b(?:legal action|lawsuit)s? (?:against|will|is|has)\b|\blegal action against\b|\bpursue (?:\w+ ){0,3}?(?:legally|in court|legal action)\b"
)
_NOT_BEFORE = Pattern(r"\b(?:we|us|ourselves|hold us) \Z")
_NOT_IN = Pattern(r"\bhold (?:us|ourselves) accountable\b")


# "Somebody whose account was suspended" was not punished.
_OF_A_THING = Pattern(
    r"\bwhose\b|\b(?:account|card|key|access|login|token|session|order)s? (?:was|were|has|have)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _OF_A_THING.search(document.scan, found.start(), found.end()):
        return False
    return not before(document, sentence, found, _NOT_BEFORE) and not document.find(
        _NOT_IN, sentence
    )


RULE = Rule(
    id="BLM-09",
    name="announces-punishment",
    category="blame",
    severity="error",
    message="Never announce punishment. It blames, and it may be unlawful.",
    better=None,
    source="HER",
    triggers=words(
        "disciplined disciplinary dismissed accountable individual fired terminated suspended "
        "reprimanded sacked punished prosecuted abusive legal banned question concerned "
        "involved longer parted spoken warned job court charges law ban sue block report "
        "track hunt lawsuit lawsuits responsible fault person perpetrator perpetrators"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "The responsible individual has been identified.",
        "The engineer was dismissed.",
        "Disciplinary action has been taken.",
    ),
    good=examples(
        "The alert fired at 08:20 UTC.",
        "We terminated the instance.",
        "You can hold us accountable on 8 May.",
    ),
)
