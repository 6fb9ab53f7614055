"""MIN-03: "a minor issue"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence
from plaintalk.vocabulary import BAD

_SOFT = Pattern(
    rf"\b(?:(?:an?|the|this|some|only|very|relatively) )?(?:minor|small|slight|isolated|limited|little|trivial|minimal|negligible|tiny|modest) (?:(?!for\b|of\b|to\b|in\b|and\b|but\b|with\b|at\b)[\w'/-]+,? ){{0,2}}?{BAD}\b"
)
_NOT_SOFT = Pattern(
    r"\b(?:minor|small) (?:version|release|number|subset|percentage|fraction|set|group|portion|share)\b"
)
_NEGATED = Pattern(r"\b(?:not|no|never|isn't|wasn't|document|severity:?|impact:?) (?:an? )?\Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _NOT_SOFT.search(document.scan, found.start(), found.end()):
        return False
    return not before(document, sentence, found, _NEGATED, 14)


RULE = Rule(
    id="MIN-03",
    name="softened-failure",
    category="minimising",
    severity="warning",
    message="If it was worth publishing, it was not minor to the reader. Name what broke.",
    better='"Exports failed for 40 minutes"',
    source="SEED, BEN",
    triggers=words(
        "minor small slight isolated limited little trivial minimal negligible tiny modest"
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
    ),
)
