"""HDG-07: "for security reasons we cannot comment"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:cannot|can't|unable to|not able to|will not|not at liberty to) (?:\w+ )?(?:comment|disclose|discuss|share (?:any |further |more )?details|go into (?:\w+ )?details?)\b|\bfor (?:security|legal|confidentiality|privacy) reasons\b|\bno (?:further )?comment\b"
)
_NOT_IN = Pattern(r"\b(?:until|by \d|before \d|on \d)\b")


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="HDG-07",
    name="cannot-comment",
    category="hedging",
    severity="warning",
    message="Fine to hold back; say why and until when.",
    better='"until the supplier\'s fix is out, on 3 June"',
    source="SEED",
    triggers=words("comment security disclose liberty confidential confidentiality"),
    look=matching(_PATTERN, _keep),
    bad=examples("We cannot comment on the details.", "For security reasons we do not say more."),
    good=examples(
        "We will say more on 3 June: until then the supplier's fix is not out.",
        "Until the fix is out on 3 June we cannot share details.",
    ),
)
