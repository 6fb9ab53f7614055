"""What happened before: a page per month, and the list of months."""

from datetime import date
from itertools import groupby

from afterword.components.models import Page
from afterword.kit.languages import month_in_words
from afterword.publishing import queries
from afterword.site_builder.listed import year_address
from afterword.site_builder.pages.index import incident_row
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.places import month_address
from afterword.site_builder.search_form import search_form
from afterword.site_builder.words import month_name


def build_month(page: Page, month: str) -> bytes | None:
    """Return the bytes of ``/history/2026/03/``, or None for a month without incidents."""
    incidents = list(queries.incidents_of_month(page, month))
    if not incidents:
        return None
    earlier, later = queries.neighbours(page, month)
    context = {
        "name": month_name(month),
        "rows": [incident_row(each) for each in incidents],
        "earlier": (month_name(earlier), month_address(earlier)) if earlier else None,
        "later": (month_name(later), month_address(later)) if later else None,
    }
    newest = max(each.updated_at for each in incidents)
    return rendered("month.html", page, month_address(month), context, newest)


def build_months(page: Page) -> bytes:
    """Return the bytes of ``/history/``: every month that has incidents, by year."""
    years = [
        (
            year,
            year_address(year),
            [(_month(m.month), month_address(m.month), m.incidents) for m in group],
        )
        for year, group in groupby(queries.months(page), key=lambda m: m.month[:4])
    ]
    context = {"years": years, **search_form(page)}
    return rendered("history.html", page, "/history/", context, None)


def _month(month: str) -> str:
    return month_in_words(date(int(month[:4]), int(month[5:]), 1), with_year=False)
