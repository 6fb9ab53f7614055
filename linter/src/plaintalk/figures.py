"""Numbers, shares, durations and clock times as people write them.

Every reader works on `Text.scan` (lower case) between two offsets and yields figures with their
own offsets. Lengths of time are seconds, shares are percent (0 to 100).
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from plaintalk.compiled import later
from plaintalk.needs import Entry
from plaintalk.pattern import Match, Pattern, words
from plaintalk.vocabulary import IMPACT, NUMBER_WORD
from plaintalk.zones import offsets

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
NUMBER_WORDS: Final = frozenset({*_SMALL, *_TENS, "half", "a", "an"}) - {"zero"}
"""Words that a length of time in words begins with."""
# A word is followed by a blank or a hyphen, or "and 5 minutes" would begin with "an d", a day.
_NUMBER: Final = rf"(?:\d\d?\d?:[0-5]\d(?= (?:hours?|hrs?|h)\b)|\d[\d,]*(?:\.\d+|[¼½¾])?|(?:{NUMBER_WORD}(?:-{NUMBER_WORD})?|zero|half an?|an?)(?=[ -]))"
_UNITS: Final = (
    r"(?:(?:days?|d)|(?:hours?|hrs?|h)|(?:minutes?|mins?|min|m)|(?:seconds?|secs?|s))(?![a-z])\.?"
)
_PART: Final = rf"(?P<number{{0}}>{_NUMBER})(?: ?-?)(?P<unit{{0}}>{_UNITS})"
ANY_UNIT: Final = words(
    "day days hour hours minute minutes second seconds d h hr hrs m min mins s sec secs"
)
DURATION: Final = Pattern(
    r"(?<![\w.:,-])(?<!quarters\sof\s)(?<!quarter\sof\s)(?<!third\sof\s)(?<!thirds\sof\s)"
    + _PART.format(1).replace(
        "(?: ?-?)", "(?P<and_part> and (?:a (?:half|quarter)|three[ -]quarters))?(?: ?-?)"
    )
    + r"(?P<part> and (?:a (?:half|quarter)|three[ -]quarters)(?![\w-]| (?:days?|hours?|minutes?)\b))?"
    + rf"(?:(?:,? (?:and|plus|&) |, | ?-?){_PART.format(2)}(?:(?:,? (?:and|plus|&) |, | ?){_PART.format(3)})?"
    + r"|(?<=[hr])(?P<bare>[0-5]?\d))?"
    + r"(?![\w%])",
    needs=(ANY_UNIT,),
)
_PARTS: Final = {"half": 0.5, "quarter": 0.25, "quarters": 0.75}
_SIGNS_OF_PARTS: Final = {"¼": 0.25, "½": 0.5, "¾": 0.75}
_UNIT_SECONDS: Final = {"d": 86400, "h": 3600, "m": 60, "s": 1}

_LOOSE_ZONES: Final = (
    "utc gmt cet cest eet eest msk bst ist jst kst sgt hkt aest aedt acst awst nzst nzdt brt sast "
    "est edt cst cdt mst mdt pst pdt akst hst wib"
)
CLOCK_SIGNS: Final = words(f": am pm m z time et ct mt pt eastern pacific {_LOOSE_ZONES}")
"""What a sentence with a clock time holds, see `Document.worded`: "9 a.m." has an m."""
RANGE_SIGNS: Final = words(f":: am pm m z time et ct mt pt eastern pacific {_LOOSE_ZONES}")
_HALF_OF_DAY: Final = r" ?[ap]\.?m(?![a-z])\.?"
# "08.12", "08h12" and "0812" are times only with their zone: versions, lengths and years look alike.
_LOOSE_CLOCK: Final = r"(?:[01]?\d|2[0-3])\.[0-5]\d|(?:[01]\d|2[0-3])h?[0-5]\d"
_LOOSE_ZONE: Final = rf"(?: ?\(?(?:{'|'.join(_LOOSE_ZONES.split())})\b| ?\(?[ecmp]t\b(?! al\b)|z\b| (?:eastern|pacific)\b| [a-z]{{4,}}(?: [a-z]+)? time\b)"
_CLOCK: Final = rf"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?:{_HALF_OF_DAY}|[ap]\b)?|(?:1[0-2]|0?[1-9])(?:\.[0-5]\d)?{_HALF_OF_DAY}"
_ZONED_CLOCK: Final = rf"{_CLOCK}|(?:{_LOOSE_CLOCK})(?={_LOOSE_ZONE})"
_NOT_HOURS: Final = r"(?! (?:hours?|hrs?|h)\b)"
_ZONE: Final = (
    r"(?:(?:utc|gmt|z|cet|cest|eet|eest|wet|west|msk|est|edt|cst|cdt|mst|mdt|pst|pdt|et|ct|mt|pt"
    r"|bst|ist|jst|kst|sgt|hkt|aest|aedt|acst|awst|nzst|nzdt|brt|akst|akdt|hst|sast|wib)\b"
    r"(?: ?[+-]\d{1,2}(?::?\d{2})?)?"
    r"|[+-]\d{2}:?\d{2}\b|\((?:utc|gmt)[^)]{0,8}\)"
    r"|(?:pacific|eastern|central|mountain|greenwich mean|coordinated universal|local|singapore|tokyo|london|sydney|paris|berlin|new york)(?: \w+)? time"
    r"|(?:pacific|eastern)\b(?! (?:region|europe|customers|users|cluster|zone))"
    r"|[a-z]{4,}/[a-z]{3,}(?: [a-z]+)?(?: time)?)"
)
CLOCK: Final = Pattern(
    rf"(?<![\w:./,-])(?P<clock>{_ZONED_CLOCK})(?:(?P<zone> ?\(?{_ZONE})(?![\w%/])|(?![\w:%/]){_NOT_HOURS})"
)
MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY: Final = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b)"
)
_DATE: Final = (
    rf"(?:(?:the )?(?:{_WEEKDAY},? )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? \d{{4}}\b)?|\d{{1,2}}-[a-z]{{3,9}}-\d{{4}}\b"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?!:)(?:,? \d{{4}}\b)?|\d{{4}}-\d\d-\d\d\b)"
    rf"|{_WEEKDAY}|the (?:same|next|following) (?:day|morning|afternoon|evening|night))"
)
RANGE: Final = Pattern(
    rf"(?<![\w:./-])(?P<first>{_CLOCK}|(?P<loose>{_LOOSE_CLOCK})(?=[ –—→.>z-]))(?P<zone1> ?\(?{_ZONE}\)?)?(?:,? (?:on )?\(?{_DATE}\)?)?"
    r"(?P<link>,? (?:(?:right |all the way )?(?:up |through )?(?:to|until|till|thru)|through|and(?: (?:ending|ended|over|finally))?) | (?:[–—→-]{1,2}|[-=]>|\.\.) |(?<!utc)(?<!gmt)(?:[–—→-]{1,2}|[-=]>|\.\.) ?)"
    rf"(?:(?:on )?{_DATE},? )?(?:at )?(?:about |around |approximately |roughly )?"
    rf"(?P<last>(?(loose)(?:{_LOOSE_CLOCK})(?={_LOOSE_ZONE})|(?:{_CLOCK})))(?:(?P<zone2> ?\(?{_ZONE}\)?)(?![\w%/])|(?![\w:%/]))",
    needs=(RANGE_SIGNS,),
)
_CLOCKISH: Final = later(r"[0-9][0-9]?(?:[:.h]?[0-5][0-9]| *[ap]\.?m)")
"""Where a clock time can begin. It starts with a set of characters, so the search is quick."""

DAY_RANGE: Final = Pattern(
    rf"\b(?:from|between) (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: {MONTH})?|{MONTH},? \d{{1,2}}(?:st|nd|rd|th)?)(?:,? \d{{4}})?"
    rf" (?:to|until|till|and|through) (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? {MONTH}|{MONTH},? \d{{1,2}})"
)

PERCENT: Final = Pattern(
    r"(?<![\w.,])(?P<value>\d{1,3}(?:\.\d+)?)(?: ?%| percent\b| per cent\b| pct\b)"
)
_SHARE_WORDS: Final = (
    r"\b(?:(?:a|one|two|three) (?:half|third|thirds|quarter|quarters|fifth|fifths|tenth)|half)"
    r"(?= of)"
)
COUNT: Final = Pattern(
    r"(?<![\w.,:/%-])(?P<count>\d[\d,]*(?:\.\d+)?(?: ?(?:k|m|million|thousand|billion)\b)?"
    rf"|{NUMBER_WORD}(?:-{NUMBER_WORD})?)"
    rf"(?: of (?:our |the |its )?(?P<total>\d[\d,]*))? (?:[\w'/-]+ ){{0,3}}?(?P<noun>{IMPACT})\b",
    begins=Entry(NUMBER_WORDS, digits=True),
)
QUANTITIES: Final = (
    PERCENT,
    COUNT,
    Pattern(_SHARE_WORDS),
    Pattern(rf"\b(?:all|no|every|each|none) (?:of )?(?:\w+ ){{0,2}}?{IMPACT}\b"),
    Pattern(r"(?<![\w.,:/-])\d[\d,]* of \d|\bone in \w+|\b1 in \d"),
)
"""Counts of people or work, and shares, in whatever words."""


class Length(NamedTuple):
    """A stated length of time."""

    start: int
    end: int
    seconds: float
    slack: float = 30.0
    """Half of the last stated digit in seconds: 30 for minutes, 1800 for whole hours."""


class Span(NamedTuple):
    """Two clock times that belong together."""

    start: int
    end: int
    first: int
    """Seconds after midnight of the first time."""
    last: int
    """Seconds after midnight of the second time."""
    zoned: bool
    zones: tuple[str | None, str | None] = (None, None)
    """The zones as written behind the first and the second time."""

    @property
    def seconds(self) -> int:
        """Seconds between the two, across midnight if the second is earlier on the clock."""
        return (self.last - self.first) % 86400

    @property
    def possible_seconds(self) -> tuple[int, ...]:
        """Seconds between the two in real time, for each pair of offsets the zones may mean."""
        first, last = (offsets(zone) for zone in self.zones)
        if not first or not last or self.zones[0] == self.zones[1]:
            return (self.seconds,)
        return tuple(
            (self.seconds + (before - after) * 60) % 86400 for before in first for after in last
        )


def number_of(word: str) -> float | None:
    """The number a word or a row of digits stands for: `1,798`, `six`, `forty-five`, `half an`."""
    if word.isdecimal():
        return float(word)
    word = word.strip()
    if word[:1].isdigit():
        hours, clock, minutes = word.partition(":")
        if clock:
            return int(hours) + int(minutes) / 60
        try:
            part = _SIGNS_OF_PARTS.get(word[-1], 0.0)
            return float((word[:-1] if part else word).replace(",", "")) + part
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


def _measured(found: Match) -> tuple[float, float] | None:
    """Seconds of a length, and half of its last stated digit; None for "2 minutes 3 hours"."""
    total = 0.0
    smallest = slack = float("inf")
    parts = found.group("number1", "unit1", "number2", "unit2", "number3", "unit3")
    for word, unit in zip(parts[::2], parts[1::2], strict=True):
        if unit is None:
            break
        value = number_of(word)
        size = _UNIT_SECONDS[unit[0]]
        if value is None or size >= smallest:
            return None
        smallest = size
        total += value * size
        decimals = 2 if ":" in word else len(word.partition(".")[2])
        in_parts = word.startswith("half") or word[-1] in _SIGNS_OF_PARTS
        slack = size / 8 if in_parts else size / 2 / 10**decimals
    if found["bare"]:
        return total + 60 * int(found["bare"]), 30.0
    for name in ("and_part", "part"):
        if found[name]:
            whole = _UNIT_SECONDS[found["unit1"][0]] if name == "and_part" else smallest
            total += whole * _PARTS[found[name].split()[-1].rpartition("-")[2]]
            slack = smallest / 8
    return total, slack


_OPENING: Final = later(r"\d+|[a-z]+")


def lengths(scan: str, start: int, end: int) -> Iterator[Length]:
    """Lengths of time: `6 h 12 min`, `6h12m`, `six hours and 12 minutes`, `an hour and a half`."""
    openings = [
        found.start()
        for found in _OPENING.finditer(scan, start, end)
        if found.group() in NUMBER_WORDS or found.group()[0].isdigit()
    ]
    return lengths_at(openings, scan, end)


_LENGTHISH: Final = later(r"\d(?<![\w.:,-]\d)[\d,.:¼½¾]*+(?: +and| *-?[dhms])")
"""Where a length of time in digits can begin: what "08:12" or "2026" opens is none."""


def length_places(scan: str, start: int, end: int) -> list[int]:
    """Where a length of time in digits can begin."""
    return [place.start() for place in _LENGTHISH.finditer(scan, start, end)]


_AS_CLOCK: Final = Pattern(
    rf"[0-2]\d[h][0-5]\d(?:{_LOOSE_ZONE}| ?(?:[–—→-]|to|till|until|up to|through|right|and) ?(?:to |up to )?[0-2]\dh[0-5]\d)"
)


def lengths_at(openings: list[int], scan: str, end: int) -> Iterator[Length]:
    """Lengths of time, given where rows of digits and words for numbers begin, in order."""
    free = 0
    for at in openings:
        found = DURATION.match(scan, at, end) if at >= free else None
        if not found:
            continue
        free = found.end()
        if found["bare"] and _AS_CLOCK.match(scan, at, end):
            continue
        number = found["number1"]
        unit = found["unit1"]
        alone = unit.rstrip(".") in ("m", "s", "d") and not found["unit2"]
        if alone and (not number[:1].isdigit() or (unit[0] == "m" and "." in number)):
            continue
        measured = _measured(found)
        if measured is not None:
            yield Length(found.start(), found.end(), *measured)


_CLOCK_PARTS = later(r"(\d{1,2})(?:[:.h]?(\d{2}))?(?::(\d{2}))? ?([ap])?")


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


_BETWEEN: Final = Pattern(rf"\bbetween (?:{_DATE},? )?(?:at )?(?:about |around )?\Z")


def clock_places(scan: str, start: int, end: int) -> list[int]:
    """Where a clock time can begin."""
    return [place.start() for place in _CLOCKISH.finditer(scan, start, end)]


def clocks_at(places: list[int], scan: str, end: int) -> Iterator[Match]:
    """Clock times: `08:12 UTC`, `9 am`, with groups `clock` and `zone`."""
    free = 0
    for at in places:
        found = CLOCK.match(scan, at, end) if at >= free else None
        if found:
            free = found.end()
            yield found


_OFFSET: Final = later(r"(?:0\d|1[0-2]):(?:00|30)")
"""What "18:32-03:00" ends in: more often a distance from UTC than the end of the night."""


def ranges_at(places: list[int], scan: str, end: int) -> Iterator[Match]:
    """Pairs of clock times, with groups `first`, `zone1`, `link`, `last` and `zone2`."""
    free = 0
    for at in places[:-1]:
        found = RANGE.match(scan, at, end) if at >= free else None
        if found and not (found["link"] == "-" and _OFFSET.fullmatch(found["last"])):
            free = found.end()
            yield found


def spans_of(ranges: Iterable[Match], scan: str, start: int) -> Iterator[Span]:
    """Pairs of clock times: `from 08:12 to 14:24 UTC`, `08:12–14:24`, `between 9 and 10 am`."""
    for found in ranges:
        if found["link"].strip(" ,") == "and" and not _BETWEEN.search(
            scan, max(start, found.start() - 40), found.start()
        ):
            continue
        first, last = found["first"], found["last"]
        if first[-1] not in "m." and last[-1] in "m." and _afternoon(first, last):
            first += last[-2:] if last[-1] == "m" else "pm"
        begun, ended = clock_seconds(first), clock_seconds(last)
        if begun is not None and ended is not None:
            after = found["zone2"]
            zones = (found["zone1"] or after, after)
            yield Span(*found.span(), begun, ended, bool(zones[0] or after), zones)


def spans(scan: str, start: int, end: int) -> Iterator[Span]:
    """Pairs of clock times between two offsets."""
    return spans_of(ranges_at(clock_places(scan, start, end), scan, end), scan, start)


def _afternoon(first: str, last: str) -> bool:
    """Whether `first` borrows am or pm from `last`, as in "2:05 to 3:10 pm"."""
    begun, ended = clock_seconds(first), clock_seconds(last)
    return begun is not None and ended is not None and begun < 46800


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
