"""Numbers, shares, durations and clock times as people write them.

Every reader works on `Text.scan` (lower case) between two offsets and yields figures with their
own offsets. Lengths of time are seconds, shares are percent (0 to 100).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from plaintalk.pattern import Match, Pattern
from plaintalk.vocabulary import IMPACT, NUMBER_WORD

_SMALL: Final = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS: Final = {
    word: value
    for value, word in zip(
        range(20, 100, 10),
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        strict=True,
    )
}
_NUMBER: Final = rf"(?:\d[\d,]*(?:\.\d+)?|{NUMBER_WORD}(?:-{NUMBER_WORD})?|half an?|an?)"
_UNITS: Final = (
    r"(?:(?:days?|d)|(?:hours?|hrs?|h)|(?:minutes?|mins?|min|m)|(?:seconds?|secs?|s))(?![a-z])\.?"
)
_PART: Final = rf"(?P<number{{0}}>{_NUMBER})(?: ?-?)(?P<unit{{0}}>{_UNITS})"
_DURATION: Final = Pattern(
    _PART.format(1)
    + r"(?P<half> and a half)?"
    + rf"(?:(?:,? and |, | ?-?){_PART.format(2)}(?:(?:,? and |, | ?){_PART.format(3)})?)?"
    + r"(?![\w%])"
)
_DURATION_HINT: Final = Pattern(r"\d[\d,.]*(?= ?-?[dhms])")
_WORDED_HINT: Final = Pattern(
    rf"\b(?:{NUMBER_WORD}(?:-{NUMBER_WORD})?|half an?|an?)(?= ?-?(?:day|hour|min|sec))"
)
_UNIT_SECONDS: Final = {"d": 86400, "h": 3600, "m": 60, "s": 1}

_CLOCK: Final = r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m(?![a-z])\.?|[ap]\b)?|(?:1[0-2]|0?[1-9]) ?[ap]\.?m\b\.?"
_ZONE: Final = (
    r"(?:(?:utc|gmt|z|cet|cest|eet|eest|wet|west|msk|est|edt|cst|cdt|mst|mdt|pst|pdt|et|ct|mt|pt"
    r"|bst|ist|jst|kst|sgt|hkt|aest|aedt|acst|awst|nzst|nzdt|brt|akst|akdt|hst|sast|wib)\b"
    r"(?: ?[+-]\d{1,2}(?::?\d{2})?)?"
    r"|[+-]\d{2}:?\d{2}\b|\((?:utc|gmt)[^)]{0,8}\)"
    r"|(?:pacific|eastern|central|mountain|greenwich mean|coordinated universal|local)(?: \w+)? time"
    r"|[a-z]{4,}/[a-z]{3,}(?: [a-z]+)?(?: time)?)"
)
_CLOCK_AT: Final = Pattern(rf"(?P<clock>{_CLOCK})(?P<zone> ?\(?{_ZONE})?(?![\w:%/])")
_CLOCK_HINT: Final = Pattern(r"\d{1,2}(?::\d| ?[ap]\.?m\b)")
_BEFORE_CLOCK: Final = frozenset("0123456789:./,-")
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY: Final = (
    r"(?:(?:on )?(?:the )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?(?:{_MONTH},? )?(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?"
    r"(?:\d{4},? )?(?:\d{4}-\d\d-\d\d )?(?:at )?(?:about |around |approximately |roughly )?)"
)
_LINK: Final = Pattern(
    rf"\)?(?:,? on {_DAY},? ?(?P<to>to|until|till|through) | (?P<to2>to|until|till|through) | (?P<and>and) | ?[–—-]{{1,2}} ?){_DAY}"
)

DAY_RANGE: Final = Pattern(
    rf"\b(?:from|between) (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: {_MONTH})?|{_MONTH},? \d{{1,2}}(?:st|nd|rd|th)?)(?:,? \d{{4}})?"
    rf" (?:to|until|till|and|through) (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH},? \d{{1,2}})"
)

PERCENT: Final = Pattern(r"(?<![\w.,])(?P<value>\d{1,3}(?:\.\d+)?)(?: ?%| percent\b| per cent\b)")
_SHARE_WORDS: Final = (
    r"\b(?:(?:a|one|two|three) (?:half|third|thirds|quarter|quarters|fifth|fifths|tenth)|half)"
    r"(?= of)"
)
COUNT: Final = Pattern(
    r"(?<![\w.,:/%-])(?P<count>\d[\d,]*(?:\.\d+)?(?: ?(?:k|m|million|thousand|billion)\b)?"
    rf"|{NUMBER_WORD}(?:-{NUMBER_WORD})?)"
    rf"(?: of (?:our |the |its )?(?P<total>\d[\d,]*))? (?:[\w'/-]+ ){{0,3}}?(?P<noun>{IMPACT})\b"
)
QUANTITY: Final = Pattern(
    rf"{PERCENT.source}|{COUNT.source}|{_SHARE_WORDS}|\b(?:all|no|every|each|none) (?:of )?"
    rf"(?:\w+ ){{0,2}}?{IMPACT}\b|(?<![\w.,:/-])\d[\d,]* of \d|\bone in \w+|\b1 in \d"
)


class Length(NamedTuple):
    """A stated length of time."""

    start: int
    end: int
    seconds: float


class Clock(NamedTuple):
    """A stated time of day."""

    start: int
    end: int
    """Where the time ends; a zone behind it ends at `stop`."""
    stop: int
    written: str
    seconds: int | None
    """Seconds after midnight as written, None if there is no such time."""
    zone: str | None


class Span(NamedTuple):
    """Two times of day that belong together."""

    start: int
    end: int
    first: Clock
    last: Clock

    @property
    def seconds(self) -> int:
        """Seconds between the two, across midnight if the second is earlier on the clock."""
        return ((self.last.seconds or 0) - (self.first.seconds or 0)) % 86400

    @property
    def zoned(self) -> bool:
        """Whether one of the two names its zone."""
        return self.first.zone is not None or self.last.zone is not None


def number_of(word: str) -> float | None:
    """The number a word or a row of digits stands for: `1,798`, `six`, `forty-five`, `half an`."""
    word = word.strip()
    if word[:1].isdigit():
        try:
            return float(word.replace(",", ""))
        except ValueError:
            return None
    if word.startswith("half"):
        return 0.5
    if word in ("a", "an"):
        return 1
    if word in _SMALL:
        return _SMALL[word]
    tens, _, ones = word.partition("-")
    if tens in _TENS:
        return _TENS[tens] + _SMALL.get(ones, 0)
    return None


def _seconds_of(found: Match) -> float | None:
    total = 0.0
    smallest = math_inf = float("inf")
    for index in ("1", "2", "3"):
        unit = found[f"unit{index}"]
        if unit is None:
            break
        value = number_of(found[f"number{index}"])
        size = _UNIT_SECONDS[unit[0]]
        if value is None or size >= smallest:
            return None
        smallest = size
        total += value * size
    if found["half"] and smallest != math_inf:
        total += smallest / 2
    return total


def lengths(scan: str, start: int, end: int, worded: bool = True) -> Iterator[Length]:
    """Lengths of time: `6 h 12 min`, `6h12m`, `six hours and 12 minutes`, `an hour and a half`.

    With `worded` False, numbers in words are left out.
    """
    places = [hint.start() for hint in _DURATION_HINT.finditer(scan, start, end)]
    if worded:
        places += [hint.start() for hint in _WORDED_HINT.finditer(scan, start, end)]
        places.sort()
    stop = start
    for at in places:
        if at < stop or (at > start and (scan[at - 1].isalnum() or scan[at - 1] in "_.:,-")):
            continue
        found = _DURATION.match(scan, at, end)
        if not found:
            continue
        unit = found["unit1"]
        if unit in ("m", "s", "d") and not found["unit2"] and not found["number1"][:1].isdigit():
            continue
        seconds = _seconds_of(found)
        if seconds is not None:
            stop = found.end()
            yield Length(at, stop, seconds)


_CLOCK_PARTS = re.compile(r"(\d{1,2})(?::(\d{2}))?(?::(\d{2}))? ?([ap])?")


def clock_seconds(word: str) -> int | None:
    """Seconds after midnight for `08:12`, `8:12 pm`, `9 am`; None for `24:30` and the like."""
    found = _CLOCK_PARTS.match(word)
    if not found:
        return None
    hours, minutes, seconds = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[4]:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if found[4] == "p" else 0)
    value = hours * 3600 + minutes * 60 + seconds
    return value if value <= 86400 else None


def clocks(scan: str, start: int, end: int) -> Iterator[Clock]:
    """Times of day: `08:12 UTC`, `8:12 pm (PST)`, `9 am`."""
    stop = start
    for hint in _CLOCK_HINT.finditer(scan, start, end):
        at = hint.start()
        if at < stop or (at > start and _joined(scan, at)):
            continue
        found = _CLOCK_AT.match(scan, at, end)
        if found:
            stop = found.end()
            word = found["clock"]
            yield Clock(at, found.end("clock"), stop, word, clock_seconds(word), found["zone"])


def _joined(scan: str, at: int) -> bool:
    """Whether digits at an offset are the tail of a longer number, a date or a path."""
    before = scan[at - 1]
    if before == "-" and at > 1:
        return not scan[at - 2].isspace() and not _CLOCK_BEFORE_DASH.search(
            scan, max(0, at - 14), at
        )
    return before in _BEFORE_CLOCK or before.isalnum()


_CLOCK_BEFORE_DASH: Final = Pattern(r"\d:\d\d ?(?:[a-z.]{1,4})?-\Z")


def spans(scan: str, start: int, end: int, stated: Sequence[Clock] | None = None) -> Iterator[Span]:
    """Pairs of times: `from 08:12 to 14:24 UTC`, `08:12–14:24`, `between 9 and 10 am`.

    `stated` are the times between the two offsets, if they are known already.
    """
    every = list(clocks(scan, start, end)) if stated is None else stated
    skip = -1
    for index in range(len(every) - 1):
        first, last = every[index], every[index + 1]
        if index == skip or last.start - first.stop > _LONGEST_LINK:
            continue
        link = _LINK.match(scan, first.stop, last.start)
        if not link or link.end() != last.start:
            continue
        if link["and"] and not _BETWEEN.search(scan, max(start, first.start - 40), first.start):
            continue
        if first.written[-1].isdigit() and not last.written[-1].isdigit():
            first = _borrowing(first, last)
        if first.seconds is not None and last.seconds is not None:
            skip = index + 1
            close = last.stop + (
                scan[last.stop : last.stop + 1] == ")" and "(" in (last.zone or "")
            )
            yield Span(first.start, close, first, last)


def _borrowing(first: Clock, last: Clock) -> Clock:
    """The first time with the am or pm of the last one, as in "2:05 to 3:10 pm"."""
    if first.seconds is None or first.seconds >= 46800:
        return first
    half = last.written[len(last.written.rstrip("apm. ")) :]
    return first._replace(seconds=clock_seconds(first.written + half))


_LONGEST_LINK: Final = 60
_BETWEEN: Final = Pattern(rf"\bbetween {_DAY}\Z")


class Figure(NamedTuple):
    """A stated number: a count of people or work, or a share in percent."""

    start: int
    end: int
    value: float


_MULTIPLES: Final = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "billion": 1e9}


def counts(scan: str, start: int, end: int) -> Iterator[Figure]:
    """Counts of people or work: `1,798 customers`, `1.8k users`, `twelve accounts`."""
    for found in COUNT.finditer(scan, start, end):
        word = found["count"]
        digits = word.rstrip("abcdefghijklmnopqrstuvwxyz ") if word[0].isdigit() else word
        value = number_of(digits)
        if value is not None:
            factor = _MULTIPLES.get(word[len(digits) :].strip(), 1.0) if word[0].isdigit() else 1.0
            yield Figure(found.start(), found.end(), value * factor)


def percents(scan: str, start: int, end: int) -> Iterator[Figure]:
    """Shares in percent: `37%`, `0.4 percent`."""
    for found in PERCENT.finditer(scan, start, end):
        yield Figure(found.start(), found.end(), float(found["value"]))
