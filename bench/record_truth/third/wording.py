"""How a third set of narrators writes a length, a time, a count or a share: in haste.

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
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
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
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    """A whole number below a hundred in words, others in digits."""
    if number >= 100:
        return f"{number:,}"
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + ("-" + _ONES[ones] if ones else "")


def _of(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def length(rng: Random, seconds: int) -> Said:
    """A length of time, exact to the minute or to a tenth of an hour."""
    minutes = seconds // 60
    hours, mins = divmod(minutes, 60)
    slack = max(300.0, seconds * 0.05)
    if minutes < 60:
        found = [_of(minutes, "minute"), f"{minutes}m", f"{minutes}min", f"{minutes} mins", f"{minutes} min", in_words(minutes) + (" minute" if minutes == 1 else " minutes")]  # fmt: skip
    elif minutes < 2880 and not mins:
        found = [_of(hours, "hour"), f"{hours}h", f"{hours} h", f"{hours}hr", f"{in_words(hours)} hour{'' if hours == 1 else 's'}", f"{hours}h00m", f"{minutes} minutes"]  # fmt: skip
    elif minutes < 2880:
        found = [
            f"{hours}h{mins}m", f"{hours}h {mins}m", f"{hours}h{mins:02}m", f"{hours:02}h{mins:02}m", f"{minutes} min", f"{minutes}m",
            f"{hours} hr {mins} min", f"{_of(hours, 'hour')} {_of(mins, 'minute')}", f"{_of(hours, 'hour')} and {_of(mins, 'min')}",
            f"{in_words(hours)} hour{'' if hours == 1 else 's'} {in_words(mins)} minute{'' if mins == 1 else 's'}", f"{hours} h {mins} min",
            f"{_of(hours, 'hour')} and {_of(mins, 'minute')}", f"{minutes} minutes", f"{minutes / 60:.1f} hours", f"{minutes / 60:.1f}h", f"{hours}hr{mins}",
        ]  # fmt: skip
        if mins == 30:
            found.append(f"{hours}½ hours")
    else:
        days, rest = divmod(hours, 24)
        found = [f"{_of(days, 'day')} {_of(rest, 'hour')} {_of(mins, 'minute')}", f"{days}d{rest}h{mins}m", f"{days}d {rest}h {mins}m", f"{hours}h{mins:02}m", f"{hours} hours {mins} minutes"]  # fmt: skip
    return Said(rng.choice(found), seconds - slack, seconds + slack)


def rough_length(rng: Random, seconds: int) -> Said:
    """A rounded length; an exact one if nothing round is near."""
    minutes = seconds // 60
    found: list[tuple[int, str]] = []
    for hours in range(1, 60):
        plain = in_words(hours) if hours < 13 else str(hours)
        found.append((hours * 60, f"{plain} hour{'' if hours == 1 else 's'}"))
        if hours < 9:
            found.append((hours * 60 + 30, f"{in_words(hours)} and a half hours"))
            found.append((hours * 60 + 30, f"{hours}½ hours"))
            found.append((hours * 60 + 15, f"{in_words(hours)} and a quarter hours"))
    found += [(value, f"{value} minutes") for value in (10, 15, 20, 25, 30, 40, 50, 90, 100)]
    found.append((30, "half an hour"))
    found += [(days * 1440, f"{in_words(days)} days") for days in (2, 3, 4)]
    near = [(m, w) for m, w in found if abs(m - minutes) <= min(0.09 * minutes, 50)]
    if not near:
        return length(rng, seconds)
    stated, words = rng.choice(near)
    if stated < minutes:
        template = rng.choice(
            (
                "a bit over {}",
                "a little over {}",
                "{} or so",
                "north of {}",
                "a shade over {}",
                "at least {}",
                "{} and change",
                "around {}",
            )
        )
    elif stated > minutes:
        template = rng.choice(
            (
                "nearly {}",
                "the best part of {}",
                "just under {}",
                "getting on for {}",
                "a bit less than {}",
                "close to {}",
                "{} or so",
                "around {}",
            )
        )
    else:
        template = rng.choice(
            (
                "about {}",
                "{}, give or take",
                "roughly {}",
                "some {}",
                "around {}",
                "more or less {}",
            )
        )
    slack = max(900.0, stated * 60 * 0.17)
    return Said(template.format(words), stated * 60 - slack, stated * 60 + slack)


_SHORT = {
    "America/New_York": ("EST", "EDT"), "America/Toronto": ("EST", "EDT"), "America/Los_Angeles": ("PST", "PDT"), "Europe/Berlin": ("CET", "CEST"),
    "Asia/Kolkata": ("IST", "IST"), "Australia/Sydney": ("AEST", "AEDT"), "Asia/Tokyo": ("JST", "JST"), "Asia/Singapore": ("SGT", "SGT"), "Europe/London": ("GMT", "BST"),
}  # fmt: skip
_LOOSE = {
    "America/New_York": "ET", "America/Toronto": "Eastern", "America/Los_Angeles": "PT", "Asia/Singapore": "Singapore time", "Asia/Tokyo": "Tokyo time",
}  # fmt: skip


class Clock:
    """One way of writing times of day, kept up through a text."""

    def __init__(self, rng: Random, zone: str) -> None:
        self.zone = zone if rng.random() < 0.5 else "UTC"
        self.naming = rng.choice(("short", "short", "short", "loose", "brackets", "offset"))
        self.style = rng.choice(
            ("24", "24", "24", "12", "12 stops", "12 dotted", "military", "h", "dots")
        )

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(UTC if self.zone == "UTC" else ZoneInfo(self.zone))

    def name(self, moment: datetime) -> str:
        """The zone as it is called at a moment, with the blank before it if it takes one."""
        if self.zone == "UTC":
            if self.naming == "brackets":
                return " (UTC)"
            return "Z" if self.style == "24" and self.naming == "offset" else " UTC"
        local = self.local(moment)
        if self.naming == "offset":
            shift = local.utcoffset()
            assert shift is not None
            minutes = int(shift.total_seconds() // 60)
            hours, rest = divmod(abs(minutes), 60)
            sign = "-" if minutes < 0 else "+"
            if self.style == "24":
                return f"{sign}{hours:02}:{rest:02}"
            return f" UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
        if self.naming == "loose" and self.zone in _LOOSE:
            return f" {_LOOSE[self.zone]}"
        short = _SHORT[self.zone][bool(local.dst())]
        return f" ({short})" if self.naming == "brackets" else f" {short}"

    def bare(self, moment: datetime, step: int = 1) -> str:
        """A time of day without its zone, down to a multiple of `step` minutes."""
        local = self.local(moment)
        hour, minute = local.hour, local.minute // step * step
        written = {"24": f"{hour:02}:{minute:02}", "military": f"{hour:02}{minute:02}", "h": f"{hour:02}h{minute:02}", "dots": f"{hour:02}.{minute:02}"}  # fmt: skip
        if self.style in written:
            return written[self.style]
        shown = f"{hour % 12 or 12}"
        if self.style == "12 dotted":
            return f"{shown}.{minute:02}{'am' if hour < 12 else 'pm'}"
        if self.style == "12 stops":
            return f"{shown}:{minute:02} {'a.m.' if hour < 12 else 'p.m.'}"
        return (
            f"{shown}:{minute:02}{'am' if hour < 12 else 'pm'}"
            if minute
            else f"{shown}{'am' if hour < 12 else 'pm'}"
        )

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
        return (
            f"{name} {day.day} {month}", f"{day.day}-{month[:3]}-{day.year}", f"{month} {day.day}", f"{name[:3]} {month[:3]} {day.day}",
            f"{day.year}-{day.month:02}-{day.day:02}", f"{day.day} {month[:3]} {day.year}",
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
        if bare:
            return rng.choice(
                (f"{d} {a} - {e} {b}", f"{a} {d} -> {b} {e}", f"{d}, {a} until {e}, {b}")
            )
        return rng.choice(
            (
                f"from {d} {a} till {e} {b}",
                f"between {a} on {d} and {b} on {e}",
                f"from {a}, {d}, to {b}, {e}",
                f"starting {d} {a} and ending {e} {b}",
            )
        )
    if bare:
        return rng.choice(
            (
                f"{x}-{b}",
                f"{x} - {b}",
                f"{a} -> {b}",
                f"{d}, {x}–{b}",
                f"{x} till {b}",
                f"{a} to {b} on {d}",
            )
        )
    return rng.choice(
        (
            f"from {x} till {b}",
            f"between {a} and {b}",
            f"from {x} through to {b}",
            f"from {a} to {b}",
            f"on {d} between {x} and {b}",
            f"from {x} right up to {b}",
            f"from roughly {x} to {b}",
        )
    )


def count(rng: Random, number: int) -> Said:
    """A count, exact or with a large unit."""
    exact = float(number)
    if number < 20 and rng.random() < 0.5:
        return Said(in_words(number), exact, exact)
    if number >= 1000 and rng.random() < 0.2:
        size, mark = (1_000_000, "m") if number >= 1_000_000 else (1000, "k")
        return Said(f"{number / size:.1f}{mark}", number - size * 0.1, number + size * 0.1)
    return Said(
        rng.choice(
            (
                f"{number:,}",
                f"{number}",
                f"{number:,}",
                f"precisely {number:,}",
                f"in total {number:,}",
            )
        ),
        exact,
        exact,
    )


def rough_count(rng: Random, number: int) -> Said:
    """A rounded count."""
    if number < 30:
        return count(rng, number)
    unit = 10 ** max(0, len(str(number)) - 2)
    down, up = number // unit * unit, -(-number // unit) * unit
    if down == number:
        return count(rng, number)
    way = rng.random()
    if way < 0.4:
        stated = rng.choice((down, up))
        words = rng.choice(
            (
                "around {:,}",
                "give or take {:,}",
                "{:,} or so",
                "somewhere around {:,}",
                "{:,}-odd",
                "about {:,}",
                "we think {:,}",
                "~{:,}",
            )
        )
        return Said(words.format(stated), stated * 0.85, stated * 1.15)
    if way < 0.7:
        words = rng.choice(
            (
                "{:,}+",
                "north of {:,}",
                "a bit over {:,}",
                "at least {:,}",
                "more than {:,}",
                "over {:,}",
            )
        )
        return Said(words.format(down), down, down * 1.55 + 12)
    words = rng.choice(
        (
            "the best part of {:,}",
            "nearly {:,}",
            "just under {:,}",
            "getting on for {:,}",
            "a bit less than {:,}",
            "up to {:,}",
        )
    )
    return Said(words.format(up), up * 0.6, up)


def share(rng: Random, percent: float) -> Said:
    """A share as a figure."""
    decimals = len(f"{percent:g}".partition(".")[2])
    words = rng.choice(
        ("{0:g}%", "{0:g}%", "{0:g} %", "{0:g} percent", "{0:g} pct", "precisely {0:g}%")
    )
    slack = 0.55 * 10.0**-decimals
    return Said(words.format(percent), percent - slack, percent + slack)


_PARTS_OF = (
    (10.0, "a tenth", "one in every ten"), (20.0, "a fifth", "one in every five"), (25.0, "a quarter", "one in every four"), (100 / 3, "a third", "one in every three"),
    (40.0, "two fifths", "two in every five"), (50.0, "half", "one in every two"), (60.0, "three fifths", "three in every five"), (200 / 3, "two thirds", "two in every three"),
    (75.0, "three quarters", "three in every four"), (80.0, "four fifths", "four in every five"), (90.0, "nine tenths", "nine in every ten"),
)  # fmt: skip


def _part(rng: Random, percent: float, of_ten: bool) -> Said | None:
    near = [one for one in _PARTS_OF if abs(one[0] - percent) <= 2.4]
    if percent < 8 or not near:
        return None
    value, fraction, tens = rng.choice(near)
    leads: tuple[str, ...] = ("just under ", "nearly ", "getting on for ", "about ")
    if abs(value - percent) < 0.5:
        leads = ("about ", "roughly ")
    elif value < percent:
        leads = ("a bit more than ", "a little over ", "over ", "about ")
    return Said(
        rng.choice(leads) + (tens if of_ten else fraction), value * 0.6 - 6, value * 1.55 + 12
    )


def in_ten(rng: Random, percent: float) -> Said | None:
    """A share such as "roughly two in every five", or None where no such words are near."""
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
    leads: tuple[str, ...] = ("about ", "a bit over ", "north of ", "at least ")
    if stated == percent:
        leads = ("about ", "around ", "~")
    elif stated > percent:
        leads = ("about ", "nearly ", "just under ", "getting on for ")
    return Said(
        f"{rng.choice(leads)}{stated}{rng.choice(('%', ' %', ' percent'))}",
        stated * 0.55 - 6,
        stated * 1.55 + 12,
    )
