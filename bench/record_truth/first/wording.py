"""Figures in words: every way this generator knows to write a length, a time, a count or a share.

Each function returns the words and the widest range of true values they may honestly stand for
(seconds, seconds, customers, percent), after the tolerances that the rules document: 5 minutes or
5 % for a length, 5 minutes for a time, 15 of either for "about".
"""

# Words and their figures stay on one line.
# ruff: noqa: E501

from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

from record_truth.terms import Said

_ONES = [
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
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def in_words(number: int) -> str:
    """A whole number below 100 in words; larger ones in digits."""
    if number >= 100:
        return str(number)
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def _s(number: float, unit: str) -> str:
    return f"{number:g} {unit}" + ("" if number == 1 else "s")


def _exact_lengths(minutes: int) -> list[str]:
    days, rest = divmod(minutes, 1440)
    hours, mins = divmod(rest, 60)
    whole_hours = minutes // 60
    if minutes < 60:
        found = [
            _s(minutes, "minute"),
            f"{minutes} min",
            f"{minutes} mins",
            in_words(minutes) + (" minute" if minutes == 1 else " minutes"),
        ]
        if 28 <= minutes <= 32:
            found.append("half an hour")
        return found
    if minutes < 1440:
        found = [f"{minutes} minutes", f"{minutes:,} minutes"]
        if mins:
            found += [
                f"{_s(hours, 'hour')} {_s(mins, 'minute')}", f"{_s(hours, 'hour')} and {_s(mins, 'minute')}",
                f"{_s(hours, 'hour')}, {_s(mins, 'minute')}",
                f"{in_words(hours)} hour{'s' if hours > 1 else ''} and {_s(mins, 'minute')}",
                f"{in_words(hours)} hour{'s' if hours > 1 else ''} and {in_words(mins)} minute{'s' if mins > 1 else ''}",
                f"{hours}h{mins}m", f"{hours}h {mins}m", f"{hours} h {mins} min", f"{hours} hrs {mins} mins",
                f"{hours} hr {mins} min", f"{hours}h{mins:02}m",
            ]  # fmt: skip
            if mins == 30:
                found.append(
                    f"{in_words(hours)} hour{'s' if hours > 1 else ''} and a half"
                    if hours > 1
                    else "an hour and a half"
                )
            if minutes > 120:
                found.append(f"{round(minutes / 60, 1):g} hours")
        else:
            found += [
                _s(hours, "hour"),
                f"{in_words(hours)} hour{'s' if hours > 1 else ''}",
                f"{hours}h",
                f"{hours} h",
            ]
        return found
    found = [
        f"{_s(days, 'day')}, {_s(hours, 'hour')} and {_s(mins, 'minute')}",
        f"{_s(days, 'day')} {_s(hours, 'hour')} {_s(mins, 'minute')}",
        f"{days} d {hours} h {mins} min", f"{days}d {hours}h {mins}m", f"{days}d{hours}h{mins}m",
        f"{_s(whole_hours, 'hour')} {_s(mins, 'minute')}", f"{_s(whole_hours, 'hour')} and {_s(mins, 'minute')}",
        f"{round(minutes / 1440, 1):g} days" if minutes >= 2 * 1440 else f"{whole_hours} hours {mins} minutes",
    ]  # fmt: skip
    if hours and mins < 5:
        found.append(f"{in_words(days)} day{'s' if days > 1 else ''} and {_s(hours, 'hour')}")
    return found


def length(rng: Random, seconds: int) -> Said:
    """A length of time, exact to the minute or to a tenth of a large unit."""
    slack = max(300.0, seconds * 0.05)
    words = rng.choice(_exact_lengths(seconds // 60))
    return Said(words, seconds - slack, seconds + slack)


def _round_units(minutes: int) -> list[tuple[int, str]]:
    """Round numbers near a length of time, with their words."""
    found: list[tuple[int, str]] = []
    for base in (minutes // 5 * 5, minutes // 5 * 5 + 5):
        if 5 <= base < 60:
            found.append((base, f"{base} minutes"))
            found.append((base, f"{in_words(base)} minutes"))
    for hours in (minutes // 60, minutes // 60 + 1):
        if 1 <= hours < 40:
            found.append((hours * 60, f"{in_words(hours)} hour{'s' if hours > 1 else ''}"))
            found.append((hours * 60, _s(hours, "hour")))
    half = minutes // 30 * 30
    if half % 60 == 30 and half > 60:
        found.append((half, f"{in_words(half // 60)} and a half hours"))
        found.append((half, f"{half / 60:g} hours"))
    found += [
        (days * 1440, f"{in_words(days)} day{'s' if days > 1 else ''}")
        for days in (minutes // 1440, minutes // 1440 + 1)
        if 1 <= days < 8
    ]
    return found


def rough_length(rng: Random, seconds: int) -> Said:
    """A rounded length with its "about", "more than" or "nearly"; an exact one if none is near."""
    minutes = seconds // 60
    near = [(m, w) for m, w in _round_units(minutes) if abs(m - minutes) <= min(0.1 * minutes, 90)]
    if not near:
        return length(rng, seconds)
    stated, words = rng.choice(near)
    if stated < minutes:
        lead = rng.choice(
            ("about", "around", "roughly", "more than", "over", "just over", "at least")
        )
    elif stated > minutes:
        lead = rng.choice(("about", "approximately", "nearly", "almost", "just under", "close to"))
    else:
        lead = rng.choice(("about", "around", "approximately", "roughly"))
    slack = max(900.0, stated * 60 * 0.17)
    return Said(f"{lead} {words}", stated * 60 - slack, stated * 60 + slack)


_SHORT_ZONES = {
    "Europe/Berlin": ("CET", "CEST"), "America/New_York": ("EST", "EDT"),
    "America/Los_Angeles": ("PST", "PDT"), "Europe/London": ("GMT", "BST"),
    "Asia/Tokyo": ("JST", "JST"), "Asia/Singapore": ("SGT", "SGT"),
    "Australia/Sydney": ("AEST", "AEDT"), "Asia/Kolkata": ("IST", "IST"),
}  # fmt: skip


class Clock:
    """One way of writing times of day, kept up through a text."""

    def __init__(self, rng: Random, zone: str) -> None:
        self.zone = zone if rng.random() < 0.45 else "UTC"
        self.by_offset = self.zone != "UTC" and rng.random() < 0.25
        self.style = rng.choice(("24", "24", "24", "h", "am", "a.m."))

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(UTC if self.zone == "UTC" else ZoneInfo(self.zone))

    def name(self, moment: datetime) -> str:
        """The zone as it is called at a moment: "UTC", "CEST", "UTC+2"."""
        if self.zone == "UTC":
            return "UTC"
        local = self.local(moment)
        shift = local.utcoffset()
        assert shift is not None
        if self.by_offset:
            minutes = int(shift.total_seconds() // 60)
            hours, rest = divmod(abs(minutes), 60)
            return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
        summer = bool(local.dst())
        return _SHORT_ZONES[self.zone][summer]

    def bare(self, moment: datetime, step: int = 1) -> str:
        """A time of day without its zone, down to a multiple of `step` minutes."""
        local = self.local(moment)
        hour, minute = local.hour, local.minute // step * step
        if self.style == "24":
            return f"{hour:02}:{minute:02}"
        if self.style == "h":
            return f"{hour}:{minute:02}"
        half = "am" if hour < 12 else "pm"
        if self.style == "a.m.":
            half = f"{half[0]}.m."
        return f"{hour % 12 or 12}:{minute:02} {half}"

    def __call__(self, moment: datetime, step: int = 1) -> str:
        return f"{self.bare(moment, step)} {self.name(moment)}"


class Calendar:
    """One way of writing dates, kept up through a text."""

    def __init__(self, rng: Random, clock: Clock) -> None:
        self.clock = clock
        self.style = rng.choice(("4 March 2026", "4 March 2026", "March 4, 2026", "4 March", "4 Mar 2026",
                                 "Wednesday, 4 March", "Wednesday 4 March 2026", "4th March 2026"))  # fmt: skip

    def day(self, moment: datetime) -> str:
        return self.write(self.clock.local(moment))

    def write(self, day: date) -> str:
        month, name = MONTHS[day.month - 1], DAYS[day.weekday()]
        ending = (
            "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        )
        return {
            "4 March 2026": f"{day.day} {month} {day.year}",
            "March 4, 2026": f"{month} {day.day}, {day.year}",
            "4 March": f"{day.day} {month}",
            "4 Mar 2026": f"{day.day} {month[:3]} {day.year}",
            "Wednesday, 4 March": f"{name}, {day.day} {month}",
            "Wednesday 4 March 2026": f"{name} {day.day} {month} {day.year}",
            "4th March 2026": f"{day.day}{ending} {month} {day.year}",
        }[self.style]

    def same(self, one: datetime, other: datetime) -> bool:
        return self.clock.local(one).date() == self.clock.local(other).date()


_DATED_SPANS = (
    "from {a} on {d} to {b} on {e}", "from {a} on {d} until {b} on {e}", "between {a} on {d} and {b} on {e}",
    "from {d}, {a}, to {e}, {b}", "from {d} at {a} to {e} at {b}", "from {d} {a} to {e} {b}",
)  # fmt: skip
_SPANS = (
    "from {x} to {b}", "from {x} until {b}", "between {x} and {b}", "from {a} to {b}", "from {a} until {b}",
    "between {a} and {b}", "from {x} to {b} on {d}", "between {x} and {b} on {d}", "from {a} on {d} to {b}",
    "on {d} from {x} to {b}", "on {d} between {x} and {b}", "on {d}, from {x} to {b}", "from {x}–{b}",
    "from {x} till {b}",
)  # fmt: skip
_BARE_DATED = (
    "{d}, {a}, to {e}, {b}", "{d}, {a} to {e}, {b}", "{d} {a} – {e} {b}", "{a} on {d} to {b} on {e}",
    "{a} {d} to {b} {e}", "{i} to {j}", "{i} – {j}",
)  # fmt: skip
_BARE = (
    "{x}–{b}", "{x} to {b}", "{x} – {b}", "{x}-{b}", "{d}, {x}–{b}", "{d}, {x} to {b}", "{d} {x} to {b}",
    "{x}–{b}, {d}", "{x} to {b} on {d}", "{i} to {j}",
)  # fmt: skip


def span(rng: Random, dates: Calendar, began: datetime, ended: datetime, bare: bool = False) -> str:
    """A pair of times: after a verb ("from 08:12 to 14:24 UTC"), or `bare` ("08:12–14:24 UTC")."""
    clock = dates.clock
    days_apart = (clock.local(ended).date() - clock.local(began).date()).days
    overnight = days_apart == 1 and (ended - began).total_seconds() < 12 * 3600
    if days_apart and not (overnight and rng.random() < 0.5):
        templates: tuple[str, ...] = _BARE_DATED if bare else _DATED_SPANS
    else:
        templates = _BARE if bare else _SPANS
        if days_apart:
            templates = tuple(one for one in templates if "{d}" not in one and "{i}" not in one)
    one_zone = clock.name(began) == clock.name(ended)
    first, last = clock.local(began), clock.local(ended)
    return rng.choice(templates).format(
        a=clock(began),
        b=clock(ended),
        x=clock.bare(began) if one_zone else clock(began),
        d=dates.day(began),
        e=dates.day(ended),
        i=f"{first:%Y-%m-%d %H:%M} {clock.name(began)}",
        j=f"{last:%Y-%m-%d %H:%M} {clock.name(ended)}",
    )


def _thin(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def count(rng: Random, number: int) -> Said:
    """A count of customers, exact or with a "k"."""
    found = [f"{number:,}", f"{number:,}", _thin(number, " "), _thin(number, "\u00a0"), str(number)]
    low = high = float(number)
    if number < 100 and rng.random() < 0.5:
        return Said(in_words(number), low, high)
    if number >= 10_000_000:
        found = [f"{number:,}"]
    elif number >= 1000 and rng.random() < 0.15:
        size, mark = (1_000_000, "m") if number >= 1_000_000 else (1000, "k")
        words = f"{number / size:.1f}{rng.choice((mark, ' million' if mark == 'm' else mark))}"
        return Said(words, number - size * 0.1, number + size * 0.1)
    return Said(rng.choice(found), low, high)


def _significant(number: int, digits: int, up: bool) -> int:
    unit = 10 ** max(0, len(str(number)) - digits)
    return (number + (unit - 1 if up else 0)) // unit * unit


def rough_count(rng: Random, number: int) -> Said:
    """A rounded count with its "about", "more than" or "nearly"."""
    up = rng.random() < 0.5
    stated = _significant(number, 2, up)
    if number < 30:
        return count(rng, number)
    about = rng.random() < 0.5
    if about:
        lead = rng.choice(("about", "around", "roughly", "approximately", "some"))
        return Said(f"{lead} {stated:,}", stated * 0.85, stated * 1.15)
    if stated == number:
        return count(rng, number)
    if up:
        return Said(
            f"{rng.choice(('nearly', 'almost', 'just under', 'fewer than'))} {stated:,}",
            stated * 0.6,
            stated,
        )
    return Said(
        f"{rng.choice(('more than', 'over', 'at least'))} {stated:,}", stated, stated * 1.55 + 12
    )


def share(rng: Random, percent: float) -> Said:
    """A share as a figure: "37%", "37 percent", "37.0 %"."""
    decimals = len(f"{percent:g}".partition(".")[2])
    words = rng.choice(
        ("{0:g}%", "{0:g}%", "{0:g} %", "{0:g} percent", "{0:g} per cent", "{0:g}\u00a0%")
    )
    slack = 0.55 * 10.0**-decimals
    return Said(words.format(percent), percent - slack, percent + slack)


_FRACTIONS = (
    (10.0, ("a tenth", "one tenth")), (20.0, ("a fifth", "one fifth")), (25.0, ("a quarter", "one quarter")),
    (100 / 3, ("a third", "one third")), (40.0, ("two fifths",)), (50.0, ("half",)), (60.0, ("three fifths",)),
    (200 / 3, ("two thirds", "two-thirds")), (75.0, ("three quarters", "three-quarters")), (80.0, ("four fifths",)),
    (90.0, ("nine tenths",)),
)  # fmt: skip
_IN_TEN = (
    (10.0, ("one in ten", "1 in 10")), (20.0, ("one in five", "two in ten", "1 in 5")), (25.0, ("one in four", "1 in 4")),
    (30.0, ("three in ten",)), (100 / 3, ("one in three", "1 in 3")), (40.0, ("two in five", "four in ten")),
    (50.0, ("one in two", "five in ten")), (60.0, ("three in five", "six in ten")), (200 / 3, ("two in three",)),
    (70.0, ("seven in ten", "7 in 10")), (75.0, ("three in four",)), (80.0, ("four in five", "eight in ten")),
    (90.0, ("nine in ten", "nine out of ten")),
)  # fmt: skip


def in_ten(rng: Random, percent: float) -> Said | None:
    """A share such as "nearly four in ten", or None where no such words are near."""
    return _fraction(rng, percent, _IN_TEN)


def _fraction(
    rng: Random, percent: float, table: tuple[tuple[float, tuple[str, ...]], ...]
) -> Said | None:
    near = [one for one in table if abs(one[0] - percent) <= 2.4]
    if percent < 8 or not near:
        return None
    value, words = rng.choice(near)
    leads: tuple[str, ...] = ("nearly ", "almost ", "about ", "close to ")
    if abs(value - percent) < 0.5:
        leads = ("about ",)
    elif value < percent:
        leads = ("about ", "more than ", "over ", "just over ")
    return Said(rng.choice(leads) + rng.choice(words), value * 0.6 - 6, value * 1.55 + 12)


def rough_share(rng: Random, percent: float) -> Said:
    """A share as a rounded figure or a fraction in words, with "about", "nearly", "more than"."""
    said = _fraction(rng, percent, _FRACTIONS) if rng.random() < 0.6 else None
    if said is not None:
        return said
    if percent < 3:
        return share(rng, percent)
    unit = 5 if percent >= 20 else 1
    stated = round(percent / unit) * unit
    if abs(stated - percent) > 0.09 * percent:
        return share(rng, percent)
    leads: tuple[str, ...] = ("about", "roughly", "more than")
    if stated == percent:
        leads = ("about",)
    elif stated > percent:
        leads = ("about", "around", "nearly")
    sign = rng.choice(("%", " %", " percent"))
    return Said(f"{rng.choice(leads)} {stated}{sign}", stated * 0.55 - 6, stated * 1.55 + 12)
