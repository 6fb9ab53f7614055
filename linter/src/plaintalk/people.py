"""Words for people, and when such a word does not name the one who acted."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern
from plaintalk.text import Sentence

BELONGING: Final = (
    r"(?:data|records?|accounts?|details|portals?|lists?|names?|payments?|invoices?|information|files?|hours|logins?"
    r"|contracts?|numbers?|addresses|profiles?|pages?|tools?|consoles?|roles?|permissions?|credentials|apps?|librar(?:y|ies)"
    r"|badges?|cards?|mail(?:box(?:es)?|s)?|e-?mails?|messages|requests?|devices?|laptops?|sessions?|side|interfaces?|dashboards?|certificates?|folders?)"
)
"""What stands behind a word for a person where that only says whose it is: "contractor data"."""

_THING_OF: Final = Pattern(
    r"\b(?:engineer|developer|technician|contractor|employee|operator|administrator|admin|member|colleague|intern|manager|volunteer"
    rf"|user|customer|client|tenant|partner|subscriber|player|merchant|staff|team|supplier|vendor|provider|driver|student) {BELONGING}\b"
)
_UNDERGOES: Final = Pattern(
    r"\b(?:was|were|is|are|been|being|be|got) (?:\w+ )?(?:unintentionally|accidentally|mistakenly|inadvertently|wrongly|erroneously|unknowingly|incorrectly|unwittingly)\Z"
)
_DOES_SO: Final = Pattern(r" \w+ing\b")
_OF_THEIRS: Final = Pattern(r"\b(?:of|for|about|from|to|belonging to) \Z")


def is_not_the_one(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether the person in a match is no actor: "contractor data that ...", "was mistakenly sent".

    For a match that runs from a word for a person to an adverb or verb of mishap.
    """
    scan = document.scan
    if _THING_OF.search(scan, found.start(), found.end()):
        return True
    if _UNDERGOES.search(scan, found.start(), found.end()):
        return _DOES_SO.match(scan, found.end(), sentence.end) is None
    return False


_PERSON: Final = (
    r"(?:users?|customers?|part(?:y|ies)|clients?|tenants?|accounts?|integrators?|partners?|subscribers?|members?|players?|merchants?|crawlers?|bots?"
    r"|contributors?|persons?|individuals?|someone|somebody|people|providers?|vendors?|suppliers?|engineers?|employees?|contractors?|teams?|developers?|hosts?"
    r"|operators?|technicians?|compan(?:y|ies)|firms?|interns?|colleagues?|attackers?|hackers?|spammers?|guys?|drivers?|cleaners?|tenants?|visitors?|agenc(?:y|ies)|carriers?|they|he|she)"
)
_A_PERSON: Final = Pattern(
    rf"\b{_PERSON}\b(?!(?:'s)? (?:\w+ )?(?:{BELONGING}|librar(?:y|ies)|code|scripts?|jobs?|services?|software|server|cache|process|query|import|setting|machine|disk|cable|bug)\b|-)"
)
_IS: Final = Pattern(
    r"(?: (?:was|were|is|are|seems?|turned out|turns out|appears?|proved|could|may|might)\b|[:,]| -| \u2013| \u2014)[^.;]*"
)
_CHASED: Final = Pattern(
    r"\b(?:caught|catch|punish\w*|track\w*|ban(?:ned)?|blocked|arrest\w*|report\w*|warn\w*|contact\w*|told|removed|suspended|who|spoken to|named?)\b"
)


def points_at_a_person(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether "the culprit" is somebody, and not a full disk."""
    scan = document.scan
    named = _IS.match(scan, found.end(), sentence.end)
    if named:
        return _A_PERSON.search(scan, found.end(), named.end()) is not None
    lead = (sentence.start, found.start())
    return _CHASED.search(scan, *lead) is not None or _A_PERSON.search(scan, *lead) is not None
