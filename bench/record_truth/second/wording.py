"""Other ways with figures: how this second narrator writes a length, a time, a count or a share.

Each function returns the words and the widest range of true values they may honestly stand for,
after the tolerances that the rules document.
"""

# Words and their figures stay on one line.
# ruff: noqa: E501

from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

from record_truth.terms import Said

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]  # fmt: skip
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_WORDS = [
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
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    """A whole number below a hundred in words, others in digits."""
    if number >= 100:
        return f"{number:,}"
    if number < 20:
        return _WORDS[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + ("-" + _WORDS[ones] if ones else "")


def _p(number: int, unit: str, words: bool = False) -> str:
    shown = in_words(number) if words else str(number)
    return f"{shown} {unit}{'' if number == 1 else 's'}"


def length(rng: Random, seconds: int) -> Said:
    """A length of time, exact to the minute."""
    minutes = seconds // 60
    hours, mins = divmod(minutes, 60)
    slack = max(300.0, seconds * 0.05)
    found = [_p(minutes, "minute"), f"{minutes} min.", f"{minutes}min", f"{minutes} mins"]
    if minutes < 60:
        found.append(_p(minutes, "minute", words=True))
        if minutes == 45:
            found.append("three quarters of an hour")
    elif minutes < 48 * 60:
        found = [f"{minutes} minutes", f"{minutes:,} minutes", f"{hours} hrs, {mins} mins", f"{hours}hrs {mins}mins",
                 f"{hours}h {mins:02}min", f"{hours}h{mins:02}", f"{hours} hours, {mins} minutes", f"{hours} hours and {_p(mins, 'minute', words=True)}",
                 f"{_p(hours, 'hour', words=True)}, {_p(mins, 'minute', words=True)}", f"{hours}h{mins}min", f"{hours} hr {mins} mins",
                 f"{hours} Hours {mins} Minutes", f"{hours}:{mins:02} hours", f"{_p(hours, 'hour')} & {_p(mins, 'minute')}", f"{hours} h and {mins} min",
                 f"{hours} hours {mins} min", f"{hours} hours plus {mins} minutes"]  # fmt: skip
        if not mins:
            found = [
                _p(hours, "hour"),
                f"{hours} hrs",
                f"{hours}hrs",
                _p(hours, "hour", words=True),
                f"{minutes} minutes",
                f"exactly {_p(hours, 'hour')}",
                f"{hours}h",
            ]
        if hours == 1 and mins:
            found.append(f"an hour and {_p(mins, 'minute')}")
        if mins == 30:
            found.append(
                f"{in_words(hours)} and a half hours" if hours > 1 else "one and a half hours"
            )
        if mins in (14, 15, 16) and hours > 1:
            found.append(f"{in_words(hours)} and a quarter hours")
    else:
        days, rest = divmod(hours, 24)
        found = [f"{_p(days, 'day')} and {_p(rest, 'hour')} and {_p(mins, 'minute')}", f"{days}d {rest}h {mins}min", f"{hours} hours and {mins} minutes",
                 f"{hours} hrs {mins} mins", f"{_p(days, 'day', words=True)}, {_p(rest, 'hour', words=True)} and {_p(mins, 'minute', words=True)}", f"{minutes:,} minutes"]  # fmt: skip
    return Said(rng.choice(found), seconds - slack, seconds + slack)


def rough_length(rng: Random, seconds: int) -> Said:
    """A rounded length; an exact one if nothing round is near."""
    minutes = seconds // 60
    found: list[tuple[int, str]] = []
    for hours in range(1, 60):
        found.append((hours * 60, _p(hours, "hour", words=hours < 13)))
        if hours < 13:
            found.append(
                (
                    hours * 60 + 30,
                    f"{in_words(hours)} and a half hours" if hours > 1 else "an hour and a half",
                )
            )
            found.append((hours * 60 + 30, f"{hours}.5 hours"))
    found += [(half, f"{half} minutes") for half in range(10, 100, 5)]
    found += [(days * 1440, _p(days, "day", words=True)) for days in range(1, 6)]
    near = [(m, w) for m, w in found if abs(m - minutes) <= min(0.1 * minutes, 60)]
    if not near:
        return length(rng, seconds)
    stated, words = rng.choice(near)
    if stated < minutes:
        lead = rng.choice(
            (
                "a little over ",
                "slightly more than ",
                "well over ",
                "some ",
                "upwards of ",
                "a good ",
                "about ",
                "in excess of ",
            )
        )
    elif stated > minutes:
        lead = rng.choice(
            (
                "just shy of ",
                "a little under ",
                "not quite ",
                "around ",
                "almost ",
                "close to ",
                "slightly less than ",
            )
        )
    else:
        lead = rng.choice(("about ", "some ", "roughly ", "~", "approx. ", "circa "))
    if words.startswith(("an ", "a ")) and lead in ("a good ", "some "):
        lead = "about "
    slack = max(900.0, stated * 60 * 0.17)
    return Said(f"{lead}{words}", stated * 60 - slack, stated * 60 + slack)


_SHORT = {
    "America/Chicago": ("CST", "CDT"), "Europe/Helsinki": ("EET", "EEST"), "Europe/Paris": ("CET", "CEST"), "Pacific/Auckland": ("NZST", "NZDT"),
    "America/Sao_Paulo": ("BRT", "BRT"), "Africa/Johannesburg": ("SAST", "SAST"), "America/Denver": ("MST", "MDT"), "Asia/Seoul": ("KST", "KST"),
    "Europe/London": ("GMT", "BST"), "Asia/Dubai": ("UTC+4", "UTC+4"),
}  # fmt: skip
_LONG = {
    "America/Chicago": "Central Time",
    "America/Denver": "Mountain Time",
    "Europe/Paris": "Central European Time",
}


class Clock:
    """One way of writing times of day, kept up through a text."""

    def __init__(self, rng: Random, zone: str) -> None:
        self.zone = zone if rng.random() < 0.5 else "UTC"
        self.naming = rng.choice(("short", "short", "short", "offset", "gmt", "brackets"))
        self.style = rng.choice(("24", "24", "12", "12 tight", "12 caps", "dots"))

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(UTC if self.zone == "UTC" else ZoneInfo(self.zone))

    def name(self, moment: datetime) -> str:
        """The zone as it is called at a moment, with the blank before it if it takes one."""
        if self.zone == "UTC":
            return {"offset": " UTC", "gmt": " GMT", "brackets": " (UTC)"}.get(self.naming, " UTC")
        local = self.local(moment)
        shift = local.utcoffset()
        assert shift is not None
        minutes = int(shift.total_seconds() // 60)
        hours, rest = divmod(abs(minutes), 60)
        sign = "-" if minutes < 0 else "+"
        if self.naming == "offset":
            return (
                f"{sign}{hours:02}:{rest:02}"
                if self.style == "24"
                else f" UTC{sign}{hours:02}:{rest:02}"
            )
        if self.naming == "gmt":
            return f" GMT{sign}{hours}"
        if self.naming == "brackets" and self.zone in _LONG and self.zone != "Europe/Paris":
            return f" {_LONG[self.zone]}"
        return f" {_SHORT[self.zone][bool(local.dst())]}"

    def bare(self, moment: datetime, step: int = 1) -> str:
        """A time of day without its zone, down to a multiple of `step` minutes."""
        local = self.local(moment)
        hour, minute = local.hour, local.minute // step * step
        if self.style == "24":
            return f"{hour:02}:{minute:02}"
        if self.style == "dots":
            return f"{hour:02}.{minute:02}"
        half = "am" if hour < 12 else "pm"
        shown = (
            f"{hour % 12 or 12}:{minute:02}"
            if minute or self.style == "12 caps"
            else str(hour % 12 or 12)
        )
        return {
            "12": f"{shown} {half}",
            "12 tight": f"{shown}{half}",
            "12 caps": f"{shown} {half.upper()}",
        }[self.style]

    def __call__(self, moment: datetime, step: int = 1) -> str:
        return self.bare(moment, step) + self.name(moment)


class Calendar:
    """One way of writing dates, kept up through a text."""

    def __init__(self, rng: Random, clock: Clock) -> None:
        self.clock = clock
        self.style = rng.choice(range(6))

    def day(self, moment: datetime) -> str:
        return self.write(self.clock.local(moment))

    def write(self, day: date) -> str:
        month, name = MONTHS[day.month - 1], DAYS[day.weekday()]
        ending = (
            "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        )
        return (
            f"{day.day} {month}", f"{month} {day.day}{ending}", f"{name} {day.day} {month[:3]} {day.year}", f"{month[:3]} {day.day}, {day.year}",
            f"the {day.day}{ending} of {month}", f"{day.year}-{day.month:02}-{day.day:02}",
        )[self.style]  # fmt: skip

    def same(self, one: datetime, other: datetime) -> bool:
        return self.clock.local(one).date() == self.clock.local(other).date()


def span(rng: Random, dates: Calendar, began: datetime, ended: datetime, bare: bool = False) -> str:
    """A pair of times: after a verb, or `bare` for a label or brackets."""
    clock = dates.clock
    a, b = clock(began), clock(ended)
    x = clock.bare(began) if clock.name(began) == clock.name(ended) else a
    d, e = dates.day(began), dates.day(ended)
    if not dates.same(began, ended):
        choices: tuple[str, ...] = (
            f"{d}, {a} – {e}, {b}",
            f"{a} ({d}) to {b} ({e})",
            f"{d} {a} to {e} {b}",
            f"{d}, {a}, until {e}, {b}",
        )
        if not bare:
            choices = (
                f"from {a} on {d} through {b} on {e}",
                f"from {d}, {a} until {e}, {b}",
                f"between {d} at {a} and {e} at {b}",
                f"from {a} ({d}) to {b} ({e})",
            )
        return rng.choice(choices)
    choices = (
        f"{x} to {b}",
        f"{x}–{b}",
        f"{x} – {b}, {d}",
        f"{d} | {x}–{b}",
        f"{x} until {b} on {d}",
        f"{x} → {b}",
    )
    if not bare:
        choices = (f"from {x} to {b}", f"between {x} and {b}", f"from {x} through {b}", f"from {x} until {b} on {d}", f"between {a} and {b} on {d}",
                   f"starting at {x} and ending at {b}", f"from {x} up to {b}", f"from about {x} to {b}", f"on {d} from {a} until {b}")  # fmt: skip
    return rng.choice(choices)


def count(rng: Random, number: int) -> Said:
    """A count, exact or with a large unit."""
    low = high = float(number)
    if number < 100 and rng.random() < 0.4:
        return Said(in_words(number), low, high)
    if number == 12:
        return Said("a dozen", low, high)
    if number >= 1000 and rng.random() < 0.2:
        size, marks = (
            (1_000_000, ("M", " million", "m"))
            if number >= 1_000_000
            else (1000, ("k", "K", " thousand"))
        )
        return Said(
            f"{number / size:.1f}{rng.choice(marks)}", number - size * 0.1, number + size * 0.1
        )
    return Said(
        rng.choice(
            (
                f"{number:,}",
                f"{number:,}",
                f"{number}",
                f"exactly {number:,}",
                f"a total of {number:,}",
            )
        ),
        low,
        high,
    )


def rough_count(rng: Random, number: int) -> Said:
    """A rounded count with its "about", "upwards of" or "close to"."""
    if number < 30:
        return count(rng, number)
    unit = 10 ** max(0, len(str(number)) - 2)
    down, up = number // unit * unit, -(-number // unit) * unit
    way = rng.random()
    if way < 0.4:
        stated = rng.choice((down, up))
        return Said(
            f"{rng.choice(('about', 'some', 'circa', 'an estimated', 'roughly', 'in the region of', '~'))} {stated:,}".replace(
                "~ ", "~"
            ),
            stated * 0.85,
            stated * 1.15,
        )
    if down == number:
        return count(rng, number)
    if way < 0.7:
        return Said(
            f"{rng.choice(('upwards of', 'more than', 'just over', 'a little over', 'well over', 'in excess of'))} {down:,}",
            down,
            down * 1.55 + 12,
        )
    return Said(
        f"{rng.choice(('close to', 'nearly', 'just under', 'not quite', 'just shy of', 'a little under'))} {up:,}",
        up * 0.6,
        up,
    )


def share(rng: Random, percent: float) -> Said:
    """A share as a figure."""
    decimals = len(f"{percent:g}".partition(".")[2])
    words = rng.choice(("{0:g}%", "{0:g} %", "{0:g} percent", "{0:g} per cent", "exactly {0:g}%"))
    slack = 0.55 * 10.0**-decimals
    return Said(words.format(percent), percent - slack, percent + slack)


_PARTS_OF = (
    (10.0, ("a tenth",), ("one in ten", "one out of ten", "1 out of 10")), (20.0, ("a fifth",), ("one in five", "1 out of 5", "one out of every five")),
    (25.0, ("a quarter",), ("one in four", "one out of four")), (100 / 3, ("a third",), ("one in three", "1 out of every 3")), (40.0, ("two fifths",), ("two in five", "four in ten", "4 in 10")),
    (50.0, ("half",), ("one in two", "every second")), (60.0, ("three fifths",), ("three in five", "six out of ten")), (200 / 3, ("two thirds", "two-thirds"), ("two in three", "two out of three")),
    (75.0, ("three quarters",), ("three in four", "3 in 4")), (80.0, ("four fifths",), ("four in five", "eight out of ten")), (90.0, ("nine tenths",), ("nine in ten", "9 out of 10")),
)  # fmt: skip


def _part(rng: Random, percent: float, of_ten: bool) -> Said | None:
    near = [one for one in _PARTS_OF if abs(one[0] - percent) <= 2.4]
    if percent < 8 or not near:
        return None
    value, fractions, tens = rng.choice(near)
    words = rng.choice(tens if of_ten else fractions)
    leads: tuple[str, ...] = ("just under ", "not quite ", "close to ", "roughly ", "almost ")
    if abs(value - percent) < 0.5:
        leads = ("roughly ", "around ")
    elif value < percent:
        leads = (
            "a little more than ",
            "just over ",
            "slightly more than ",
            "more than ",
            "roughly ",
        )
    return Said(rng.choice(leads) + words, value * 0.6 - 6, value * 1.55 + 12)


def in_ten(rng: Random, percent: float) -> Said | None:
    """A share such as "roughly four in ten", or None where no such words are near."""
    return _part(rng, percent, of_ten=True)


def rough_share(rng: Random, percent: float) -> Said:
    """A share as a rounded figure, or a fraction in words."""
    said = _part(rng, percent, of_ten=False) if rng.random() < 0.6 else None
    if said is not None:
        return said
    unit = 5 if percent >= 20 else 1
    stated = round(percent / unit) * unit
    if percent < 3 or abs(stated - percent) > 0.09 * percent:
        return share(rng, percent)
    leads: tuple[str, ...] = ("about ", "some ", "a little over ", "upwards of ")
    if stated == percent:
        leads = ("about ", "~")
    elif stated > percent:
        leads = ("about ", "close to ", "just under ", "~")
    return Said(
        f"{rng.choice(leads)}{stated}{rng.choice(('%', ' %', ' percent'))}",
        stated * 0.55 - 6,
        stated * 1.55 + 12,
    )
