"""What happened before: a page per month, and the list of months."""

from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext, ngettext

from afterword.components.models import Page
from afterword.kit.languages import month_in_words, number
from afterword.publishing import queries
from afterword.site_builder.listed import year_address
from afterword.site_builder.pages.index import incident_row
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.places import month_address
from afterword.site_builder.search_form import search_form
from afterword.site_builder.words import month_name


class MonthRow(NamedTuple):
    """A month in a list: what it is called, its page, and what began in it."""

    name: str
    address: str
    said: str


def build_month(page: Page, month: str) -> bytes | None:
    """Return the bytes of ``/history/2026/03/``, or None for a month without incidents."""
    incidents = list(queries.incidents_of_month(page, month))
    if not incidents:
        return None
    earlier, later = queries.neighbours(page, month)
    context = {
        "name": month_name(month),
        "rows": [incident_row(each) for each in incidents if each.kind != "maintenance"],
        "planned": [incident_row(each) for each in incidents if each.kind == "maintenance"],
        "earlier": (month_name(earlier), month_address(earlier)) if earlier else None,
        "later": (month_name(later), month_address(later)) if later else None,
    }
    newest = max(each.updated_at for each in incidents)
    return rendered("month.html", page, month_address(month), context, newest)


def build_months(page: Page) -> bytes:
    """Return the bytes of ``/history/``: every month in which anything began, by year."""
    months = queries.began_in_months(page)
    years = [
        (
            year,
            year_address(year),
            [MonthRow(_month(month), month_address(month), said_of(*n)) for month, n in group],
        )
        for year, group in groupby(months.items(), key=lambda each: each[0][:4])
    ]
    context = {"years": years, **search_form(page)}
    return rendered("history.html", page, "/history/", context, None)


def months_of_year(page: Page, year: str) -> list[MonthRow]:
    """Return the months of a year in which anything began, the first one first."""
    began = queries.began_in_months(page, within=f"{year}-")
    return [
        MonthRow(_month(month), month_address(month), said_of(*began[month]))
        for month in sorted(began)
    ]


def said_of(incidents: int, planned: int) -> str:
    """Return ``3 incidents, planned work: 1``. What was planned is no incident."""
    said = []
    if incidents or not planned:
        many = ngettext("%(number)s incident", "%(number)s incidents", incidents)
        said.append(many % {"number": number(incidents)})
    if planned:
        # Translators: how many pieces of planned work, after "3 incidents, " or by itself.
        said.append(gettext("planned work: %(number)s") % {"number": number(planned)})
    return ", ".join(said)


def _month(month: str) -> str:
    return month_in_words(date(int(month[:4]), int(month[5:]), 1), with_year=False)
