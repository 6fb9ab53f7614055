"""Which of the places in ``listed`` are due, and what they hold."""

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.site_builder.listed import MAINTENANCE, PROMISES
from afterword.site_builder.pages import maintenance, promises


def all_places(page: Page) -> list[str]:
    """Return those of these places that are due."""
    return [
        *(f"{PROMISES}:{month}" for month in queries.tally(page, "settled")),
        PROMISES,
        MAINTENANCE,
    ]


def content_of(page: Page, place: str) -> bytes | None:
    """Return the bytes of a place, or None when there is nothing to show there."""
    if place == MAINTENANCE:
        return maintenance.build(page)
    if place == PROMISES:
        return promises.build(page)
    return promises.build_month(page, place.removeprefix(f"{PROMISES}:"))
