"""HDG-01: "may have been affected", when the record is sure."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:may|might|could) (?:also |possibly |potentially )?(?:have|has) (?:\w+ )?(?:been )?(?:\w+ )?(?:affected|experienced|involved|exposed|impacted|seen|noticed|encountered|accessed|caused|received|lost|compromised|disclosed|viewed|failed|unable)\b"
)

_COMES = Pattern(
    r"\b(?:do not (?:yet )?know|still (?:checking|counting)|will (?:\w+ ){0,4}?(?:know|say|confirm|publish|tell) (?:\w+ ){0,6}?by)\b"
)
_SORRY = Pattern(r"\b(?:sorry|apolog)")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _SORRY.search(document.scan, sentence.start, found.start()):
        return False
    record = document.record
    unsure = (
        record is None
        or record.customers.basis == "unknown"
        or "possible" in record.data.effects.values()
    )
    return not (unsure and document.anywhere(_COMES))


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    record = document.record
    listed = document.kind == "data_notice" and (
        record is None or "confirmed" in record.data.effects.values()
    )
    return Hit(*found.span(), severity="error" if listed else None)


RULE = Rule(
    id="HDG-01",
    name="may-have-been-affected",
    category="hedging",
    severity="warning",
    message="The record is sure. Say that it happened, or say what you do not know yet.",
    better='"Your record was opened once, on 5 June"',
    source="ZOU",
    triggers=words("may might could"),
    look=matching(_PATTERN, _keep, _tell),
    bad=examples(
        "Some users may have experienced degraded performance.",
        "Your data might have been exposed.",
    ),
    good=examples(
        "Your record was opened once, on 5 June.",
        "Some accounts may have been affected. We do not yet know which, and will say by 9 June.",
        "You may see an older version of the page.",
    ),
)
