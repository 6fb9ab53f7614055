"""Which measure of the record a sentence speaks of, and the days it promises."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, places_in, words
from plaintalk.record import Measure
from plaintalk.text import Sentence

_WORD: Final = later(r"[a-z0-9]+")
_COMMON: Final = words(
    "the and that this with from into will have been are our for now all each every which when its "
    "then than also both before after their they there one two more any has was were"
)
_ENOUGH_SHARE: Final = 0.6
_FEWEST: Final = 2
_MONTH_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH_NUMBERS: Final = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1)}
_MONTH: Final = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
# "8 May, 1310 UTC" names no year.
_YEAR: Final = r"(?:19|20)\d\d(?!\d| ?[–→-]>? ?\d{4}| \(?(?:utc|gmt|[ecmp][sd]?t|c?est|ist|bst|jst|sgt|ae[sd]t)\b|z\b)"
_DATE: Final = (
    rf"(?P<date>(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b\.?(?:,? (?P<year>{_YEAR}))?"
    rf"|(?P<month2>{_MONTH})\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:\d)(?:,? (?P<year2>{_YEAR}))?"
    rf"|(?P<day4>\d{{1,2}})-(?P<month4>{_MONTH})-(?P<year4>\d{{4}})"
    r"|(?P<year3>\d{4})-(?P<month3>\d\d)-(?P<day3>\d\d))"
)
_DIGIT: Final = (words("#"),)
PROMISED_DAY: Final = Pattern(
    r"(?:\b(?:by|before|on|for|until|due|later than|planned|scheduled|expected|ready|target|targeted|eta|(?:date|deadline|target)(?: for (?:it|this|that))?(?: is)?|lands on|slated for)(?::|,)? |\()(?:the end of |the )?(?:(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?,? )?"
    + _DATE,
    needs=_DIGIT,
)
OPENING_DAY: Final = Pattern(
    rf"\W*(?:the )?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}},? )?{_DATE}(?::| [–—-]) "
)
_ANY_DAY: Final = Pattern(r"(?<![\w.,:/-])" + _DATE, needs=_DIGIT)


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """A word without its ending, so that "stops" and "stopped" are alike; words only, no texts."""
    for ending in ("ing", "ly", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _content(text: str) -> frozenset[str]:
    return frozenset(
        _stem(word)
        for word in _WORD.findall(text)
        if (len(word) > 2 or word.isdigit()) and word not in _COMMON
    )


def _wanted(document: Document) -> list[tuple[Measure, frozenset[str]]]:
    """The measures of the record with their content words."""
    measures = document.record.measures if document.record else ()
    return [(measure, _content(measure.text.lower())) for measure in measures]


def _worth_comparing(document: Document) -> set[int]:
    """Sentences with beginnings of enough words of one measure; no other can share enough."""
    scan, sentences = document.scan, document.text.sentences
    starts = [one.start for one in sentences]
    holding: dict[str, set[int]] = {}
    found: set[int] = set()
    for _, wanted in document.once(_wanted):
        fewest = max(min(_FEWEST, len(wanted)), _ENOUGH_SHARE * len(wanted) - 0.001)
        there = [stem for stem in wanted if stem in scan]
        if len(there) < fewest:
            continue
        tallies: dict[int, int] = {}
        for stem in there:
            if stem not in holding:
                places = {bisect_right(starts, at) - 1 for at in places_in(scan, stem)}
                holding[stem] = places
            for index in holding[stem]:
                tallies[index] = tallies.get(index, 0) + 1
        found.update(index for index, tally in tallies.items() if tally >= fewest)
    return found


def measure_of(document: Document, sentence: Sentence) -> Measure | None:
    """The measure whose content words a sentence shares, if it shares enough of them."""
    if not may_name_a_measure(document, sentence):
        return None
    known: dict[int, Measure | None] = document.memory.setdefault("measures shared", {})
    if sentence.index not in known:
        known[sentence.index] = _measure_of(document, sentence)
    return known[sentence.index]


def may_name_a_measure(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence shares enough beginnings of words with a measure to be compared."""
    return sentence.index in document.once(_worth_comparing)


def _measure_of(document: Document, sentence: Sentence) -> Measure | None:
    here = _content(document.scan[sentence.start : sentence.end])
    best: tuple[float, Measure] | None = None
    for measure, wanted in document.once(_wanted):
        shared = len(wanted & here)
        if not wanted or shared < min(_FEWEST, len(wanted)):
            continue
        share = shared / len(wanted)
        if share >= _ENOUGH_SHARE and (best is None or share > best[0]):
            best = (share, measure)
    return best[1] if best else None


def promised_days(
    document: Document, sentence: Sentence
) -> Iterator[tuple[int, int, int, int, int | None]]:
    """Days after "by", "before" or "on": offsets of the date, day, month, year if written."""
    opening = OPENING_DAY.match(document.scan, sentence.start, sentence.end)
    if opening:
        yield (*opening.span("date"), *_parts(opening))
    for found in document.each(PROMISED_DAY, sentence):
        day, month, year = _parts(found)
        yield (*found.span("date"), day, month, year)


def days_in(document: Document, sentence: Sentence) -> Iterator[tuple[int, int, int | None]]:
    """Every date in a sentence: day, month, year if written."""
    for found in document.each(_ANY_DAY, sentence):
        yield _parts(found)


def _parts(found: Match) -> tuple[int, int, int | None]:
    if found["day3"]:
        return int(found["day3"]), int(found["month3"]), int(found["year3"])
    name = found["month"] or found["month2"] or found["month4"]
    month = _MONTH_NUMBERS[name[:3]]
    year = found["year"] or found["year2"] or found["year4"]
    return int(found["day"] or found["day2"] or found["day4"]), month, int(year) if year else None
