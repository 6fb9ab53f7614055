"""Whether what was done holds: did the same kind of cause hit the same parts again?

It is watched from the day it was done until so many days after readers were told, so that a day
that is set back neither ends the watch sooner nor leaves out what came between.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from afterword.components.models import Page
from afterword.publishing.actions.tallying import recount
from afterword.publishing.catalogue import UNKNOWN, Entry
from afterword.publishing.models import CatalogueEntry, CatalogueHit, PublicPromise
from afterword.publishing.promised import CAME_BACK, HELD, HOLD_DAYS, UNSURE, WATCHING

_WINDOW = timedelta(days=HOLD_DAYS)


def see_held(*, page: Page, incident_id: str, entry: Entry, today: date) -> bool:
    """See again what an incident, as it is now, says about promises kept: its own and others'.

    Returns whether that changed for any. Needs the held page, the catalogue and the list of
    promises as they are now.
    """
    day = entry.started_at.astimezone(UTC).date()
    concerned = PublicPromise.objects.filter(page=page).filter(
        Q(incident_id=incident_id)
        | Q(came_back_in=incident_id)
        | Q(state="done", settled_on__gte=day - _WINDOW, done_on__lt=day)
    )
    return see(page=page, rows=list(concerned), today=today)


def see(*, page: Page, rows: Sequence[PublicPromise], today: date) -> bool:
    """See again whether kept promises hold, and count them so; return whether any changed."""
    ids = {row.incident_id for row in rows}
    found = CatalogueEntry.objects.filter(page=page, incident_id__in=ids).defer("words")
    entries = {each.incident_id: each for each in found}
    before, after, changed = [], [], False
    for row in rows:
        was = (row.held, row.came_back_in)
        row.held, row.came_back_in = _verdict(row, entries.get(row.incident_id), today)
        if was != (row.held, row.came_back_in):
            changed = True
            row.save(update_fields=["held", "came_back_in"])
            before += [("held", was[0])] if was[0] else []
            after += [("held", row.held)] if row.held else []
    recount(page=page, before=before, after=after)
    return changed


def _verdict(row: PublicPromise, entry: CatalogueEntry | None, today: date) -> tuple[str, str]:
    if row.state != "done" or row.done_on is None or row.settled_on is None:
        return "", ""
    if entry is None or entry.cause == UNKNOWN or not entry.hit:
        return UNSURE, ""
    again = _came_back(row, entry)
    if again:
        return CAME_BACK, again
    return (HELD if row.settled_on + _WINDOW < today else WATCHING), ""


def _came_back(row: PublicPromise, entry: CatalogueEntry) -> str:
    """Return the first incident with the same class of cause and a same part after it was done."""
    if row.done_on is None or row.settled_on is None:
        return ""
    hits = CatalogueHit.objects.filter(
        page=row.page_id,
        part__in=[key for key, _ in entry.hit],
        kind="incident",
        started_at__gte=_midnight_after(row.done_on),
        started_at__lt=_midnight_after(row.settled_on + _WINDOW),
        entry__cause=entry.cause,
    ).exclude(entry=entry)
    found: Iterable[str] = hits.order_by("started_at", "entry__incident_id").values_list(
        "entry__incident_id", flat=True
    )[:1]
    return next(iter(found), "")


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)
