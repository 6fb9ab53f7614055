"""Which of the places in ``listed`` are due, and what they hold."""

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.site_builder import listed
from afterword.site_builder.pages import in_common, maintenance, patterns, promises, trust, years


def all_places(page: Page) -> list[str]:
    """Return those of these places that are due."""
    return [
        *(listed.year_place(year) for year in years.years_of(page)),
        *(f"{listed.HAVING}:{each}" for each in queries.tally(page, "having")),
        *(f"{listed.PROMISES}:{month}" for month in queries.tally(page, "settled")),
        listed.PROMISES,
        listed.PATTERNS,
        listed.MAINTENANCE,
        *([listed.TRUST] if queries.has_panel(page) else []),
    ]


def content_of(page: Page, place: str) -> bytes | None:
    """Return the bytes of a place, or None when there is nothing to show there."""
    if place == listed.MAINTENANCE:
        return maintenance.build(page)
    if place == listed.PROMISES:
        return promises.build(page)
    if place == listed.PATTERNS:
        return patterns.build(page)
    if place == listed.TRUST:
        return trust.build(page)
    about, _, key = place.partition(":")
    if about == "year":
        return years.build(page, key)
    if about == listed.HAVING:
        return in_common.build(page, *key.split("/", 1))
    return promises.build_month(page, key)
