"""A year of days at a glance: how many incidents began on each, and the gravest impact of it.

For any page about a year: ``year_heat(page, 2026)`` in the context as ``heat``, and
``{% include "site/year_heat.html" %}`` in the template. It is a table, a row a month, so that it
is read by those who see no colours; each day with incidents says its number and leads to its month.
The place of such a page needs a rebuild whenever an incident of that year is published or changes.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from afterword.components.models import Page
from afterword.kit.languages import day_in_words, month_in_words
from afterword.publishing.models import PublicDay
from afterword.publishing.queries import days_of_year
from afterword.site_builder.places import month_address

LONGEST_MONTH = 31
_WORST = {
    "maintenance": _("planned work"),
    "none": _("without impact"),
    "minor": _("minor impact"),
    "major": _("major impact"),
    "critical": _("critical impact"),
}


@dataclass(frozen=True)
class HeatDay:
    """A day on which incidents began. ``words`` say the same as number and look, ``worst`` the
    gravest impact.
    """

    number: int
    impact: str
    address: str
    words: str
    worst: str


@dataclass(frozen=True)
class HeatMonth:
    """A row: a cell per day of the month (None: nothing began), ``blank`` that it has no more of.

    ``address`` leads to the month's page, empty for a month without incidents.
    """

    name: str
    address: str
    number: int
    days: tuple[HeatDay | None, ...]
    blank: int


@dataclass(frozen=True)
class YearHeat:
    """The twelve months of a year and what began in them altogether."""

    year: int
    number: int
    months: tuple[HeatMonth, ...]
    numbers: range = range(1, LONGEST_MONTH + 1)


def year_heat(page: Page, year: int) -> YearHeat:
    """Return the days of a year. Reads one row per day on which anything began."""
    days = days_of_year(page, year)
    months = tuple(_month(year, number, days) for number in range(1, 13))
    return YearHeat(year, sum(each.number for each in months), months)


def _month(year: int, month: int, days: dict[date, PublicDay]) -> HeatMonth:
    length = monthrange(year, month)[1]
    address = month_address(f"{year:04}-{month:02}")
    found = [days.get(date(year, month, day)) for day in range(1, length + 1)]
    number = sum(each.incidents for each in found if each)
    return HeatMonth(
        name=month_in_words(date(year, month, 1), with_year=False),
        address=address if number else "",
        number=number,
        days=tuple(_day(each, address) if each else None for each in found),
        blank=LONGEST_MONTH - length,
    )


def _day(row: PublicDay, address: str) -> HeatDay:
    words = ngettext(
        "%(day)s: %(number)d entry, %(worst)s", "%(day)s: %(number)d entries, at worst %(worst)s",
        row.incidents,
    ) % {
        "day": day_in_words(row.day),
        "number": row.incidents,
        "worst": _WORST.get(row.impact, row.impact),
    }  # fmt: skip
    worst = str(_WORST.get(row.impact, row.impact))
    return HeatDay(row.incidents, row.impact, address, words, worst)
