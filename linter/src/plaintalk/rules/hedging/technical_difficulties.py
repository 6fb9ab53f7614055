"""HDG-09: "technical difficulties"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, follows, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\btechnical (?:difficult(?:y|ies)|issues?|glitch(?:es)?|problems?|error|fault)\b|\bsomething (?:went|has gone|had gone) wrong\b"
)
_NOT_AFTER = Pattern(r"[^.]{0,12}(?::|—|–|that|which|where|prevent\w*|caus\w*|with)")
_NOT_IN = Pattern(r"\b(?:could not|failed|unavailable|rejected|were late|was lost|were lost)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not follows(document, sentence, found, _NOT_AFTER) and not document.find(
        _NOT_IN, sentence
    )


RULE = Rule(
    id="HDG-09",
    name="technical-difficulties",
    category="hedging",
    severity="warning",
    message="Says nothing. Name the symptom.",
    better=None,
    source="PL",
    triggers=words("technical something went"),
    look=matching(_PATTERN, _keep),
    bad=examples("We experienced technical difficulties.", "Something went wrong."),
    good=examples("Uploads failed.", "A technical fault that blocked uploads is fixed."),
)
