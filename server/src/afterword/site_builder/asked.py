"""The queue of what must be built: what to work on now, and what becomes of it afterwards."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.publishing.models import Rebuild

_LONGEST_PAUSE = timedelta(seconds=60)
# An import of thousands of incidents asks for more places than SQLite takes values in a query.
_AT_ONCE = 500


def due_now(page: Page, now: datetime) -> list[Rebuild]:
    """Return the requests to work on: new ones, and failed ones whose pause is over.

    A pause longer than any that is given comes from a clock that was ahead; it is not kept.
    """
    return [
        each
        for each in queries.pending_rebuilds(page)
        if each.retry_at is None or not now < each.retry_at <= now + _LONGEST_PAUSE
    ]


def answer(page: Page, asked: Sequence[Rebuild], faults: Mapping[str, str], now: datetime) -> None:
    """Delete the requests that are done; write down what went wrong with the others."""
    done = [each for each in asked if each.place not in faults]
    # A newer request came through: an older one, still in its pause, is met by it.
    mended = {each.place for each in done}
    paused = Rebuild.objects.filter(page=page, retry_at__isnull=False)
    met = [key for key, place in paused.values_list("pk", "place") if place in mended]
    _delete([*(each.pk for each in done), *met])
    for place, fault in faults.items():
        again = Rebuild.objects.filter(page=page, place=place).order_by("-failures", "id").first()
        again = again or Rebuild(page=page, place=place, asked_at=now)
        pause = min(_LONGEST_PAUSE, timedelta(seconds=2.0 ** min(again.failures, 6)))
        again.fault, again.failures, again.retry_at = fault, again.failures + 1, now + pause
        again.save()
        # Requests for the same place made before this attempt wait with it.
        _delete([e.pk for e in asked if e.place == place and e.pk != again.pk])


def _delete(keys: Collection[int]) -> None:
    wanted = list(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        Rebuild.objects.filter(pk__in=wanted[start : start + _AT_ONCE]).delete()
