"""MIN-02: "some users were affected", without saying how many or which."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.rules.minimising.unquantified_small_number import small_number
from plaintalk.text import Sentence
from plaintalk.vocabulary import IMPACT_VERB, SOME_OF, SOME_OF_WORDS

_SOME = Pattern(SOME_OF)
_FELT = Pattern(rf"\b{IMPACT_VERB}\b")
_INCLUDING_YOU = Pattern(r"\b(?:including you|including yours)\b")
_ANSWER_COMES = Pattern(
    r"\b(?:do not (?:yet )?know how many|still counting|will (?:\w+ ){0,4}?(?:number|count|figure))"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if found["noun"] in ("regions", "servers", "instances"):
        return False
    if not document.find(_FELT, sentence):
        return False
    if document.quantity_near(sentence) or document.find(_INCLUDING_YOU, sentence):
        return False
    record = document.record
    unknown = record is None or record.customers.basis == "unknown"
    return not (unknown and document.anywhere(_ANSWER_COMES))


RULE = Rule(
    id="MIN-02",
    name="unnamed-group",
    category="minimising",
    severity="suggestion",
    message="Readers guess very different sizes from words like this. Say how many, or who.",
    better='"Accounts hosted in the EU (22% of customers)"',
    source="QNT, SEED",
    triggers=words(SOME_OF_WORDS),
    look=matching(_SOME, _keep, lambda document, _, found: small_number(document, found)),
    bad=examples(
        "Some users were unable to export their reports.",
        "A subset of customers experienced errors.",
        "Several of our European customers could not pay.",
    ),
    good=examples(
        "Some users, 340 accounts in all, were unable to export their reports.",
        "Some users prefer the old editor.",
        "Some users could not export. We do not yet know how many and will publish the number by 9 March.",
        "Some customers were unable to pay. This was 22% of customers in the EU.",
    ),
)
