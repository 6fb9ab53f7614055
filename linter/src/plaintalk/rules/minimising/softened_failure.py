"""MIN-03: "a minor issue"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, follows, matching
from plaintalk.text import Sentence
from plaintalk.vocabulary import FAULT

_SOFT = Pattern(
    r"\b(?:(?:an?|some|only|very|relatively|rather|fairly|this|the|these|any) )?"
    r"(?:minor|small|slight|isolated|limited|little|trivial|minimal|negligible|tiny|modest|mild"
    r"|marginal|insignificant|petty|wee) "
    r"(?:(?!for\b|of\b|to\b|in\b|and\b|but\b|with\b|at\b|the\b|this\b|that\b|an?\b|our\b|these\b"
    rf"|or\b|by\b|on\b|from\b)[\w'/-]+,? ){{0,2}}?{FAULT}\b"
)
_NOT_SOFT = Pattern(
    r"\b(?:minor|small) (?:version|release|number|subset|percentage|fraction|set|group|portion"
    r"|share|change|update|fix|part|team|amount)\b|\b(?:time|hit) (?:to|on)\b"
)
_NEGATED = Pattern(
    r"\b(?:not|no|never|isn't|wasn't|nothing|document|severity:?|impact:?|than|small|without"
    r"|classified as|(?:will|may|might|could) (?:\w+ ){0,2}?be) (?:an? |just an? )?\Z"
)
_AFTERWARDS = Pattern(
    r" (?:fix|fixes|fixing|handling|message|messages|report|reports|budget|page)\b"
)


_MEASURED_KIND = Pattern(
    r"(?:delays?|slowdowns?|slowness|lags?|drops?|spikes?|latenc(?:y|ies)|backlogs?|increases?)\Z"
)
_MEASURE = Pattern(r"\d[\d.,]* ?(?:%|ms\b|s\b|sec\w*|min\w*|hours?|h\b|days?|percent|x\b|times)")
_AIMED = Pattern(r"\b(?:ensure|ensuring|keep|aim for|allow|allows|with) (?:\w+ )?\Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _NOT_SOFT.search(document.scan, found.start(), found.end()):
        return False
    if follows(document, sentence, found, _AFTERWARDS) or document.quantity_near(sentence):
        return False
    if before(document, sentence, found, _AIMED, 20):
        return False
    # "Slight delays of up to 4 minutes": the figure says how slight.
    if _MEASURED_KIND.search(found.group()) and (
        document.lengths(sentence) or document.find(_MEASURE, sentence)
    ):
        return False
    return not before(document, sentence, found, _NEGATED, 18)


RULE = Rule(
    id="MIN-03",
    name="softened-failure",
    category="minimising",
    severity="warning",
    message="If it was worth publishing, it was not minor to the reader. Name what broke.",
    better='"Exports failed for 40 minutes"',
    source="SEED, BEN",
    triggers=words(
        "minor small slight isolated limited little trivial minimal negligible tiny modest mild "
        "marginal insignificant petty wee"
    ),
    look=matching(_SOFT, _keep),
    bad=examples(
        "We had a minor issue with exports.",
        "A slight service disruption occurred on Tuesday.",
        "This was an isolated incident.",
    ),
    good=examples(
        "Exports failed for 40 minutes after the minor version update.",
        "Impact: minor. Errors appeared on the export page.",
        "This was not a minor issue.",
        "The slight delays of up to 4 minutes ended at noon.",
    ),
)
