"""DEF-01: "as stated in our terms"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:as|per) (?:stated|set out|described|outlined|defined|specified|agreed|provided)? ?(?:in|under|by|per)? ?(?:our|the|your) (?:terms|contract|agreement|sla)\b"
    r"|\b(?:within|under|per|in line with|according to) (?:the terms of )?(?:our|the|your) (?:\w+ )?(?:sla|slas|terms(?: of service)?|service level agreement|contract)\b"
    r"|\b(?:does|did|do|would) not constitute\b|\b(?:met|meet|meets|fulfill?(?:ed|s)?|exceeded|kept|complied with|remain(?:ed|s)? within|stayed within|honou?red) (?:all (?:of )?)?(?:our|the|its|every) (?:\w+ )?(?:sla|slas|service level\w*|obligations?|commitments?|targets?)\b|\b(?:not|nor) (?:covered|included|guaranteed) (?:by|under|in) (?:our|the|your|any)\b|\bwe (?:do not|don't|never) (?:guaranteed?|owe)\b|\bcontractual(?:ly)?\b"
)
_NOT_BEFORE = Pattern(r"\b(?:entitled|credits?|agreed|owe[ds]?)(?: \w+){0,4} \Z")
_NOT_IN = Pattern(r"\d\d?\.\d+ ?%|\bcredit (?:is|was|has been|of)\b")


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    record = document.record
    breached = record is not None and any(level.breached for level in record.sla)
    return Hit(*found.span(), severity="error" if breached else None)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE) and not document.find(
        _NOT_IN, sentence
    )


RULE = Rule(
    id="DEF-01",
    name="contract-talk",
    category="defensive",
    severity="warning",
    message="Contract talk before empathy reads as a shield. Give the impact, then the numbers.",
    better='"April uptime was 99.34% against 99.9%; the credit is applied"',
    source="BEN",
    triggers=words(
        "terms sla constitute agreement entitled contractual contractually slas service level "
        "obligation obligations commitment commitments target targets covered included "
        "guaranteed guarantee promise owe"
    ),
    look=matching(_PATTERN, _keep, _tell),
    bad=examples(
        "As stated in our terms, credits may be requested.",
        "This event does not constitute a breach.",
        "We remained within our SLA.",
    ),
    good=examples(
        "April uptime was 99.34% against the 99.9% set out in your agreement, so 10% of the fee is credited.",
        "We are sorry that payouts were late.",
    ),
)
