"""Whether a stated number of people counts those whose data was hit."""

import re
from typing import Final

from plaintalk.cues.counts import LEAD
from plaintalk.cues.matters import clause_of
from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.text import Sentence

_DATA: Final = (
    r"(?:(?:personal|contact|payment|card|account|billing|booking|login|address) "
    r"(?:data|information|details|records)|data|information|details|records|names|addresses"
    r"|passwords?|credentials|phone numbers|dates of birth)"
)
_WORK: Final = (
    r"(?:files|documents|messages|notes|invoices|orders|bookings|balances|entries|histories)"
)
_HIT: Final = (
    r"(?:show[ns]?|showed|visible|expos\w+|disclos\w+|leak\w*|access\w*|seen|saw|read|stolen|taken"
    r"|copied|shared|lost|delet\w+|chang\w+|corrupt\w*|overwr\w+)"
)
_OF: Final = r"(?: [\w'-]+){0,2}? (?:of|belonging to|about|relating to)"
_DATA_OF = Pattern(rf"\b{_DATA}{_OF} (?:(?:our|the|these|those) )?{LEAD}\Z")
_WORK_OF = Pattern(rf"\b{_WORK}{_OF} (?:(?:our|the|these|those) )?{LEAD}\Z")
_THEIRS = Pattern(
    rf"(?:[\w-]+ ){{0,3}}?[\w-]+(?:'s?|\u2019s?) (?:[\w-]+ ){{0,2}}?(?:{_DATA}|{_WORK})\b"
    rf"|(?:[\w-]+ ){{0,4}}?whose (?:[\w-]+ ){{0,2}}?(?:{_DATA}|{_WORK})\b"
    rf"|(?:[\w-]+ ){{1,4}}?(?:had|have had) (?:their|some|parts of their|some of their) (?:[\w-]+ ){{0,2}}?(?:{_DATA}|{_WORK}) (?:[\w-]+ )?{_HIT}\b"
)
_HAPPENED = Pattern(rf"\b{_HIT}\b")
_DENIED = Pattern(r"\b(?:no|not|none|nobody|never|without|neither|nor)\b|n't\b")


def _categories(document: Document) -> re.Pattern[str] | None:
    """What the record says the data was, in front of its people: "booking names of"."""
    if document.record is None or not document.record.data.categories:
        return None
    names = "|".join(re.escape(name.lower()) for name in document.record.data.categories if name)
    return re.compile(rf"\b(?:{names}){_OF} (?:(?:our|the|these|those) )?{LEAD}\Z")


def is_of_data_people(document: Document, sentence: Sentence, at: int, end: int) -> bool:
    """Whether the number between two offsets says of how many people data was lost or shown.

    Only where the record knows that number: elsewhere there is nothing to compare it with.
    """
    if document.record is None or document.record.data.people is None:
        return False
    scan, clause = document.scan, clause_of(document, sentence, at, end)
    if _DENIED.search(scan, clause.start, clause.end):
        return False
    lead = max(sentence.start, at - 90)
    if _DATA_OF.search(scan, lead, at) or _THEIRS.match(scan, end + 1, clause.end):
        return True
    if _WORK_OF.search(scan, lead, at) and _HAPPENED.search(scan, clause.start, sentence.end):
        return True
    named = document.once(_categories)
    return named is not None and named.search(scan, lead, at) is not None
