"""Counts of customers as people write them, and whether one agrees with a known figure."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.figures import MONTH, number_of
from plaintalk.pattern import Pattern
from plaintalk.text import Sentence
from plaintalk.vocabulary import NUMBER_WORD

CUSTOMERS = r"(?:users|customers|accounts|clients|subscribers|people|organi[sz]ations|workspaces|merchants|shops|stores|teams|companies|businesses|tenants|members|merchants)"
NUMBER = r"(?:\d{1,3}(?: \d{3})+(?![\d%]|[.,]\d)|\d(?:[\d,]*\d)?(?:\.\d+)?(?: ?(?:k|m|million|thousand)\b)?)"
_GAP = r"(?:(?!(?:of|in|to|and|on|at|by|for|since|until|were|was|am|pm|utc|minutes?|hours?|days?|weeks?|months?|percent|per)\b)[\w'/-]+ )"
COUNT = Pattern(
    rf"(?<![\w.,:/%-])(?P<count>{NUMBER})(?:\+|-odd)?(?! (?:in|out of) (?:every )?(?:ten|five|four|three|two|\d{{1,2}}(?![\d,])))"
    rf"(?: (?:\(\d[\d.]* ?%\) )?(?:of|out of|/) (?:(?:our|the|its|all|a|total|of) )*(?P<total>{NUMBER}))?"
    rf"(?: or so| or thereabouts)?(?: of (?:our|the|your|all our|all))? (?:{_GAP}{{0,3}}?(?P<noun>{CUSTOMERS})\b|of (?:you|them)\b)"
)
_OF_OTHERS = r"(?:users|customers|accounts|clients|subscribers|workspaces|shops|stores|merchants|tenants|organi[sz]ations)"
IN_WORDS = Pattern(
    rf"(?<![\w-])(?<!no\s)(?<!each\s)(?<!any\s)(?!one (?:other|more|of)\b)(?P<count>(?:half a|an?|two|three) dozen|{NUMBER_WORD}(?:-{NUMBER_WORD})?) (?:(?:(?:of|out of) (?:(?:our|the|all|a|total of) )*\d[\d, ]* )|{_GAP}{{0,1}}?)(?P<noun>{_OF_OTHERS}|(?:user|customer|account|client|shop|store))\b"
)
LEAD = r"(?:(?:the region of|not quite|well|the order of|some|north of|about|around|roughly|nearly|almost|over|some|circa|exactly|precisely|close to|upwards of|north of|more than|just|under|shy of|a|an|in|the|total of|in total|total|estimated|little|bit|up to|at least|getting on for|best part of|better part of|give or take|we think|somewhere around|~) ?)*"
_IN_TEN_LEAD = Pattern(rf"(?<![\w-])(?:{NUMBER_WORD}|\d{{1,3}}) (?:in|out of) (?:every )?\Z")
_TEAM = Pattern(
    r"\b(?:(?:team|crew|staff|group|rota|panel|office) of (?:about |some )?|we have (?:about )?)\Z"
)
# What stands before, and behind, a number that is a day or a year.
_DATED_BEFORE = Pattern(rf"(?<![\w-]){MONTH},? (?:\d{{1,2}}(?:st|nd|rd|th)?,? )?\Z")
_DATED_AFTER = Pattern(rf" {MONTH}")
_YEAR = Pattern(r"(?:19|20)\d\d\b(?!,\d)")
_ROUNDING = 0.15
_MORE = Pattern(
    r"\b(?:more than|over|at least|upwards of|in excess of|north of|above|past|beyond|no fewer than|a good) *\Z"
)
_LESS = Pattern(
    r"\b(?:less than|fewer than|under|below|nearly|almost|up to|at most|close to|shy of|short of|not quite|getting on for|(?:best|better) part of|no more than) *\Z"
)
_ABOUT = Pattern(
    r"(?:\b(?:about|around|approximately|approx\.?|roughly|some|circa|an estimated|estimated|in the region of|somewhere (?:around|near|between)|give or take|more or less|we think|we believe|we estimate|we reckon|call it|more like|the order of)|[~≈]) *\Z"
)
_ABOUT_AFTER = Pattern(
    r" ?(?:or so|or thereabouts|give or take|-?odd|-?ish|approximately|roughly|more or less)\b"
)
_PLUS_AFTER = Pattern(r" ?(?:\+|plus\b|or more\b|and counting\b|and change\b)")


def value_of(word: str) -> tuple[float, float]:
    """A written number ("1.8k", "two dozen") and half the unit of its last stated digit."""
    if not word[:1].isdigit():
        lead, dozens, _ = word.partition(" dozen")
        return (number_of(lead) or 0.0) * (12 if dozens else 1), 0.0
    digits = word.replace(",", "").strip()
    factor = 1.0
    for suffix, size in (("thousand", 1e3), ("million", 1e6), ("k", 1e3), ("m", 1e6)):
        if digits.endswith(suffix):
            digits, factor = digits.removesuffix(suffix).strip(), size
            break
    digits = digits.replace(" ", "")
    whole, _, decimals = digits.partition(".")
    if decimals or factor > 1:
        unit = 10.0 ** -len(decimals)
    else:
        zeros = len(whole) - len(whole.rstrip("0"))
        unit = 10.0 ** min(zeros, len(whole) - 1) if zeros >= 2 else 1.0
    value = float(digits) * factor
    # "1,000" may be rounded, but not from 600.
    return value, min(unit * factor / 2, value * _ROUNDING) if unit * factor > 1 else 0.0


_FIGURE = Pattern(rf"{NUMBER}(?: ?%| percent\b| pct\b)?|[a-z]+(?:-[a-z]+)?")


def agrees(
    document: Document, sentence: Sentence, at: int, value: float, slack: float, true: float
) -> bool:
    """Whether a figure written at an offset says the true one, with its "about" or "more than".

    `slack` is how far apart the two may be without such a word, in the figure's own unit.
    """
    lead = max(sentence.start, at - 24)
    written = _FIGURE.match(document.scan, at, sentence.end)
    after = written.end() if written else at
    if _MORE.search(document.scan, lead, at) or _PLUS_AFTER.match(document.scan, after):
        return value * 0.98 <= true + slack and true <= value * 1.5 + 10
    if _LESS.search(document.scan, lead, at):
        return true <= value + slack and true >= value * 0.6 - 5
    if _ABOUT.search(document.scan, lead, at) or _ABOUT_AFTER.match(document.scan, after):
        slack = max(slack, true * 0.1)
    return abs(value - true) <= slack + 1e-9


def written_counts(
    document: Document, sentence: Sentence
) -> Iterator[tuple[int, int, tuple[int, int] | None]]:
    """Where a sentence counts customers or people, each with the place of its total or None.

    The people of a team and the parts of "four in ten" are no counts of customers.
    """
    for pattern in (COUNT, IN_WORDS):
        for found in document.each(pattern, sentence):
            at = found.start("count")
            lead = max(sentence.start, at - 24)
            if _TEAM.search(document.scan, lead, at):
                continue
            if _IN_TEN_LEAD.search(document.scan, lead, at):
                continue
            if _is_of_a_date(document, at, found.end("count"), lead):
                continue
            total = found.span("total") if pattern is COUNT and found["total"] else None
            yield *found.span("count"), total


def _is_of_a_date(document: Document, at: int, end: int, lead: int) -> bool:
    """Whether the number is the day of "4 March", or the year or the day of "March 4, 2026"."""
    if _DATED_AFTER.match(document.scan, end):
        return True
    before = _DATED_BEFORE.search(document.scan, lead, at)
    if before is None:
        return False
    # "On 7 July 96 accounts": a number behind a whole date is a count, unless it is a year.
    whole = any(each.isdigit() for each in before[0])
    return not whole or _YEAR.match(document.scan, at) is not None
