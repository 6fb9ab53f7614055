"""REC-02: "a small number", where the record counts many."""

from plaintalk.cues.matters import FELT
from plaintalk.document import Document
from plaintalk.figures import counts, percents
from plaintalk.pattern import Match, Pattern, words
from plaintalk.phrasing import affected_short
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule, examples, matching
from plaintalk.rules.minimising.unquantified_small_number import counts_customers, small_number
from plaintalk.text import Sentence
from plaintalk.vocabulary import (
    IMPACT,
    IMPACT_VERB,
    SMALL_NUMBER,
    SMALL_NUMBER_WORDS,
    SOME_OF,
    SOME_OF_WORDS,
)

_FEW = Pattern(SMALL_NUMBER)
_SOME = Pattern(SOME_OF)
_HARDLY_ANY = Pattern(
    rf"\b(?:not many|hardly any|barely any|not a lot of|a minority of|a small part of) (?P<between>(?:[\w'/-]+ ){{0,3}}?)(?P<noun>{IMPACT})\b"
)
_NOBODY = Pattern(
    r"\b(?:(?:hardly|barely|scarcely) (?:anyone|anybody|a soul|any of you)|(?:almost|practically|virtually|next to|close to) (?:no one|nobody|none of you)|(?:very |only a |just a |a )?few of you|only some of you|one or two (?:of you|customers|users|accounts|people)|a (?:tiny|small|minor|minimal) (?:share|part|slice|sliver|minority|fraction|percentage) of (?:you|us|our \w+|the \w+|\w+)|the (?:vast )?majority (?:of \w+ )?(?:\w+ ){0,2}?(?:did not notice|noticed nothing|(?:was|were) (?:fine|not affected|unaffected)))\b"
)
_FELT = Pattern(rf"\b{IMPACT_VERB}\b")
_OTHER = Pattern(r"\b(?:rel(?:y|ies|ied) on|internal|contacted us|reported|wrote to us|asked)\b")
_MANY_PERCENT = 5.0
_MANY_CUSTOMERS = 1000


def _needs(record: Record) -> str | None:
    customers = record.customers
    if customers.basis == "unknown" or (customers.share is None and customers.affected is None):
        return "the record does not say how many customers were affected"
    return None


def _many(document: Document) -> bool:
    customers = document.record.customers if document.record else None
    if customers is None:
        return False
    return (customers.share or 0) >= _MANY_PERCENT or (customers.affected or 0) >= _MANY_CUSTOMERS


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    noun = found.groupdict().get("noun") or found.groupdict().get("noun2")
    noun = noun or found.groupdict().get("noun3") or ""
    if not counts_customers(noun) or any(one.isdigit() for one in found.group()):
        return False
    if document.find(_OTHER, sentence):
        return False
    return not _stated(document, sentence)


def _stated(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence or the next one gives the record's own figure beside the word."""
    record = document.record
    if record is None:
        return False
    following = document.text.following(sentence)
    end = following.end if following else sentence.end
    share = record.customers.share
    for value in percents(document.scan, sentence.start, end):
        if share is not None and abs(value.value - share) <= max(1.0, share * 0.05):
            return True
    affected = record.customers.affected
    return any(
        affected is not None and abs(count.value - affected) <= affected * 0.05
        for count in counts(document.scan, sentence.start, end)
    )


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    figure = affected_short(document.record.customers) if document.record else None
    quoted = document.text.raw[found.start() : found.end()]
    return small_number(document, found)._replace(
        message=f'"{quoted}", but the record says {figure}.'
    )


def _keep_nobody(document: Document, sentence: Sentence, _: Match) -> bool:
    if document.find(_OTHER, sentence) or _stated(document, sentence):
        return False
    return FELT.search(document.scan, sentence.start, sentence.end) is not None or bool(
        document.find(_FELT, sentence)
    )


def _tell_nobody(document: Document, _: Sentence, found: Match) -> Hit:
    figure = affected_short(document.record.customers) if document.record else None
    quoted = document.text.raw[found.start() : found.end()]
    return Hit(*found.span(), message=f'"{quoted}", but the record says {figure}.')


def _look(document: Document, sentence: Sentence) -> Hit | None:
    if not _many(document):
        return None
    few = matching(_FEW, _keep, _tell)(document, sentence)
    few = few or matching(_HARDLY_ANY, _keep, _tell)(document, sentence)
    few = few or matching(_NOBODY, _keep_nobody, _tell_nobody)(document, sentence)
    if few is not None or not document.find(_FELT, sentence):
        return few
    return matching(_SOME, _keep, _tell)(document, sentence)


_MANY = {
    "schema": "plaintalk-record/1",
    "customers": {"affected": 1798, "total": 4860, "percent": 37.0, "basis": "measured"},
}
_FEW_RECORD = {
    "schema": "plaintalk-record/1",
    "customers": {"affected": 12, "total": 4860, "percent": 0.2, "basis": "measured"},
}

RULE = Rule(
    id="REC-02",
    name="calls-it-few",
    category="record",
    severity="error",
    message="This says few were affected; the record counts many.",
    better="the figures in the record",
    source="GMO",
    record_field="customers",
    triggers=words(
        f"{SMALL_NUMBER_WORDS} {SOME_OF_WORDS} many hardly barely lot minority part anyone anybody one nobody few some majority soul scarcely"
    ),
    needs=_needs,
    look=_look,
    patterns=(_FEW, _HARDLY_ANY, _NOBODY, _SOME),
    bad=examples(
        "A small number of users could not send invoices.",
        "Some customers were unable to send invoices.",
        "A small number of users (2%) could not send invoices.",
        record=_MANY,
    ),
    good=(
        Example("1,798 users (37%) could not send invoices.", record=_MANY),
        Example("Some 1,798 users could not send invoices.", record=_MANY),
        Example("A small number of users could not send invoices.", record=_FEW_RECORD),
        Example("A small number of users contacted us about it.", record=_MANY),
    ),
)
