"""The queue of what must be built: what to work on now."""

from datetime import datetime, timedelta

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.publishing.models import Rebuild

LONGEST_PAUSE = timedelta(seconds=60)


def due_now(page: Page, now: datetime) -> list[Rebuild]:
    """Return the requests to work on: new ones, and failed ones whose pause is over.

    A pause longer than any that is given comes from a clock that was ahead; it is not kept.
    """
    return [
        each
        for each in queries.pending_rebuilds(page)
        if each.retry_at is None or not now < each.retry_at <= now + LONGEST_PAUSE
    ]
