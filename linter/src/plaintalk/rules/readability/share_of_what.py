"""REA-08: a percentage without "of what"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, follows, matching
from plaintalk.text import Sentence
from plaintalk.vocabulary import IMPACT

_PATTERN = Pattern(r"(?<![\w.,])\d{1,3}(?:\.\d+)? ?(?:%|percent\b)")

_OF = Pattern(
    rf" ?(?:of\b|(?:[\w-]+ ){{0,2}}?(?:{IMPACT})\b|full\b|uptime|cpu|memory|capacity|error|errors|faster|slower|higher|lower|more|less|increase|decrease|drop|off|credit|\)|against|and|to\b|–|-)"
)
_COUNTED = Pattern(r"\d[\d,]* (?:[\w-]+ ){0,3}?\(?\Z")
_OTHER = Pattern(
    r"\b(?:by|at|to|from|reached|peak\w*|rate|uptime|availability|agreed|target|sla|about|around|around|over|under|within|was|is|be|capacity) (?:\w+ )?\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if follows(document, sentence, found, _OF):
        return False
    return not (
        before(document, sentence, found, _COUNTED, 60)
        or before(document, sentence, found, _OTHER, 30)
    )


RULE = Rule(
    id="REA-08",
    name="share-of-what",
    category="readability",
    severity="suggestion",
    message="37% of whom?",
    better='"37% of customers active that day"',
    source="REC",
    triggers=words("% percent"),
    look=matching(_PATTERN, _keep),
    bad=examples("Roughly speaking, 37%.", "Affected: 12%."),
    good=examples(
        "37% of customers were affected.",
        "1,798 users (37%) were affected.",
        "A queue stops at 80% full.",
    ),
)
