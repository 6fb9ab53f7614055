"""A year of the history: its days at a glance, and its months."""

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.site_builder.heat import year_heat
from afterword.site_builder.listed import year_address
from afterword.site_builder.pages.history import months_of_year
from afterword.site_builder.pages.rendering import rendered


def years_of(page: Page) -> list[str]:
    """Return the years in which anything began, newest first."""
    return sorted({each.month[:4] for each in queries.months(page)}, reverse=True)


def build(page: Page, year: str) -> bytes | None:
    """Return the bytes of ``/history/2026/``, or None for a year in which nothing began."""
    years = years_of(page)
    if year not in years:
        return None
    place = years.index(year)
    context = {
        "heat": year_heat(page, int(year)),
        "months": months_of_year(page, year),
        "earlier": _neighbour(years[place + 1]) if place + 1 < len(years) else None,
        "later": _neighbour(years[place - 1]) if place else None,
    }
    return rendered("year.html", page, year_address(year), context, None)


def _neighbour(year: str) -> tuple[str, str]:
    return year, year_address(year)
