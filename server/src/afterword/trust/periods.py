"""The span of days a report is about. Days are UTC; both ends belong to it. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Final

from afterword.kit.errors import BadInput
from afterword.kit.timespans import year_problem

MOST_DAYS: Final = 731
_QUARTER = re.compile(r"(\d{4})-q([1-4])")


@dataclass(frozen=True)
class Period:
    """From ``first`` to ``last``, whole UTC days."""

    first: date
    last: date

    @cached_property
    def began(self) -> datetime:
        return datetime.combine(self.first, time(), UTC)

    @cached_property
    def ended(self) -> datetime:
        """The first instant that is no longer of it."""
        return datetime.combine(self.last + timedelta(days=1), time(), UTC)

    @property
    def name(self) -> str:
        """``2026-q1`` for a whole quarter, ``2026-01-05 to 2026-02-01`` for anything else."""
        begins = self.first.day == 1 and self.first.month % 3 == 1
        whole = begins and self == quarter(self.first.year, (self.first.month + 2) // 3)
        if whole:
            return f"{self.first.year:04}-q{(self.first.month + 2) // 3}"
        return f"{self.first} to {self.last}"

    @property
    def title(self) -> str:
        """The same for a heading: ``First quarter of 2026``."""
        if "-q" not in self.name:
            return f"{_long(self.first)} to {_long(self.last)}"
        ordinal = ("First", "Second", "Third", "Fourth")[(self.first.month - 1) // 3]
        return f"{ordinal} quarter of {self.first.year}"

    def months(self) -> list["Period"]:
        """Return the calendar months it is made of, cut to its ends."""
        found, at = [], self.first
        while at <= self.last:
            after = _month_after(at)
            found.append(Period(at, min(after - timedelta(days=1), self.last)))
            at = after
        return found


def quarter(year: int, number: int) -> Period:
    """Return a quarter, ``number`` 1 to 4."""
    first = date(year, 3 * number - 2, 1)
    return Period(first, _month_after(date(year, 3 * number, 1)) - timedelta(days=1))


def quarter_of(day: date) -> Period:
    """Return the quarter a day is in."""
    return quarter(day.year, (day.month + 2) // 3)


def quarter_before(period: Period) -> Period:
    """Return the quarter before the one the period begins in."""
    return quarter_of(quarter_of(period.first).first - timedelta(days=1))


def named(name: str) -> Period:
    """Return the quarter of a name such as ``2026-q1``. Raises BadInput."""
    found = _QUARTER.fullmatch(name)
    if found is None:
        raise BadInput("Name a quarter, such as 2026-q1.", {"period": "is no quarter"})
    return checked(*_ends(quarter(int(found[1]) or 1, int(found[2]))))


def checked(first: date, last: date) -> Period:
    """Return the period. Raises BadInput for one that ends first, or is longer than two years."""
    if last < first:
        raise BadInput("The period ends before it begins.", {"last": "is before the first day"})
    for name, day in (("first", first), ("last", last)):
        if problem := year_problem(day):
            raise BadInput(f"The day {problem}.", {name: problem})
    if (last - first).days >= MOST_DAYS:
        raise BadInput("Ask for two years at most.", {"last": "is more than two years later"})
    return Period(first, last)


def _ends(period: Period) -> tuple[date, date]:
    return period.first, period.last


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
