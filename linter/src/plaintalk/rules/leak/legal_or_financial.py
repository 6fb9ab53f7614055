"""LEK-08: counsel, lawsuits, insurers, revenue."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:(?:our |legal |outside |general |external )*counsel\b|attorney[- ]client|privileged (?:and confidential|communication|document)|lawsuits?|litigation|our (?:insurers?|insurance|lawyers?|attorneys?)|(?:lost|loss of|impact on|cost us|hit to) (?:\w+ ){0,3}?revenue|revenue (?:loss|impact)|class action|(?:legal )?settlement (?:with|of \$))"
)
_NOT_BEFORE = Pattern(r"\b(?:your|you lost|customers'|seek) (?:\w+ )?\Z")
_NOT_IN = Pattern(
    r"\b(?:your (?:insurer|insurance|revenue|lawyer)|insurance (?:customers|product|quote|page)|settlement (?:file|report|batch)s?)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE) and not document.find(
        _NOT_IN, sentence
    )


RULE = Rule(
    id="LEK-08",
    name="legal-or-financial",
    category="leak",
    severity="error",
    message="Legal or financial matter: counsel first.",
    better=None,
    source="SEC",
    triggers=words(
        "counsel privileged lawsuit lawsuits litigation insurer insurers insurance revenue attorney attorneys lawyers lawyer settlement"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Our counsel is looking into it.",
        "The revenue loss was small.",
        "This is privileged and confidential.",
    ),
    good=examples(
        "Users with privileged access were not affected.", "We are sorry for your lost sales."
    ),
)
