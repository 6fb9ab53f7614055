"""What outward rooms may read. Imports no inner room, so nothing unpublished can be reached."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from afterword.components.models import Page
from afterword.kit.errors import NotFound
from afterword.publishing.models import (
    Audience,
    Publication,
    PublicIncident,
    PublicMonth,
    Rebuild,
)
from afterword.publishing.projection import ended_at, quarter_of

FEED_LENGTH = 25
_CHUNK = 200


def open_incidents(page: Page) -> list[PublicIncident]:
    """Return what is not over, newest word first: incidents and planned work alike."""
    found = PublicIncident.objects.filter(page=page, is_open=True)
    return list(found.order_by("-newest_at", "-id"))


def recent(page: Page, limit: int) -> list[PublicIncident]:
    """Return the incidents that are over, newest word first, at most ``limit``."""
    found = PublicIncident.objects.filter(page=page, is_open=False)
    return list(found.order_by("-newest_at", "-id")[:limit])


def newest(
    page: Page, *, kind: str, limit: int, is_open: bool | None = None
) -> list[PublicIncident]:
    """Return ``incident`` or ``maintenance`` rows with the newest word first, at most ``limit``."""
    found = PublicIncident.objects.filter(page=page, kind=kind)
    if is_open is not None:
        found = found.filter(is_open=is_open)
    return list(found.order_by("-newest_at", "-id")[:limit])


def incident(page: Page, incident_id: str) -> PublicIncident:
    """Return one public incident. Raises NotFound when nothing of it is on the page."""
    found = PublicIncident.objects.filter(page=page, incident_id=incident_id).first()
    if found is None:
        raise NotFound("There is no such incident on this page. /history/ lists all of them.")
    return found


def incident_ids(page: Page) -> Iterator[str]:
    """Yield the ids of all public incidents, in the order they first appeared."""
    after = 0
    while True:
        rows = PublicIncident.objects.filter(page=page, id__gt=after).order_by("id")
        chunk = list(rows.values_list("id", "incident_id")[:_CHUNK])
        for after, incident_id in chunk:  # noqa: B007  the last id is where the next chunk begins
            yield incident_id
        if len(chunk) < _CHUNK:
            return


def publications_of(page: Page, incident_id: str) -> list[Publication]:
    """Return what the page shows of an incident, oldest number first; letters to lists left out."""
    found = Publication.objects.filter(page=page, incident_id=incident_id)
    return list(found.exclude(audience=Audience.LIST).select_related("corrects").order_by("number"))


def publications_of_many(page: Page, incident_ids: Sequence[str]) -> dict[str, list[Publication]]:
    """Return ``publications_of`` for several incidents in one query."""
    found = Publication.objects.filter(page=page, incident_id__in=incident_ids)
    grouped: dict[str, list[Publication]] = {each: [] for each in incident_ids}
    for publication in found.exclude(audience=Audience.LIST).order_by("number"):
        grouped[publication.incident_id].append(publication)
    return grouped


def months(page: Page) -> list[PublicMonth]:
    """Return the months that have incidents, newest first, with their number."""
    return list(PublicMonth.objects.filter(page=page, incidents__gt=0).order_by("-month"))


def neighbours(page: Page, month: str) -> tuple[str | None, str | None]:
    """Return the nearest month with incidents before and after the given one."""
    rows = PublicMonth.objects.filter(page=page, incidents__gt=0)
    earlier = rows.filter(month__lt=month).order_by("-month").values_list("month", flat=True)
    later = rows.filter(month__gt=month).order_by("month").values_list("month", flat=True)
    return earlier.first(), later.first()


def incidents_of_month(page: Page, month: str) -> Iterator[PublicIncident]:
    """Yield a month's incidents, latest beginning first, read by keyset in chunks."""
    rows = PublicIncident.objects.filter(page=page, month=month).order_by("-started_at", "-id")
    chunk = list(rows[:_CHUNK])
    while chunk:
        yield from chunk
        last = chunk[-1]
        beyond = Q(started_at__lt=last.started_at) | Q(started_at=last.started_at, id__lt=last.id)
        chunk = list(rows.filter(beyond)[:_CHUNK]) if len(chunk) == _CHUNK else []


def ended_between(page: Page, begin: datetime, end: datetime) -> list[PublicIncident]:
    """Return what ended in [begin, end), the latest end first; without an end, the newest word."""
    rows = PublicIncident.objects.filter(page=page)
    found = [
        *rows.filter(resolved_at__gte=begin, resolved_at__lt=end),
        *rows.filter(resolved_at__isnull=True, newest_at__gte=begin, newest_at__lt=end),
    ]
    return sorted(found, key=lambda each: (ended_at(each), each.pk), reverse=True)


def with_newest_word(
    page: Page, incidents: Sequence[PublicIncident]
) -> Iterator[list[tuple[PublicIncident, Publication | None]]]:
    """Yield incidents in chunks, each with the newest word the page shows of it."""
    for start in range(0, len(incidents), _CHUNK):
        chunk = incidents[start : start + _CHUNK]
        found = Publication.objects.filter(
            page=page, incident_id__in=[each.incident_id for each in chunk]
        ).exclude(audience=Audience.LIST)
        newest = {each.incident_id: each for each in found.order_by("number")}
        yield [(each, newest.get(each.incident_id)) for each in chunk]


def quarters(page: Page) -> list[str]:
    """Return the quarters in which anything ended (``2026-q1``, UTC), newest first."""
    rows = PublicIncident.objects.filter(page=page).only("resolved_at", "newest_at")
    return sorted({quarter_of(each) for each in rows.iterator(_CHUNK)}, reverse=True)


def feed_entries(page: Page, limit: int = FEED_LENGTH) -> list[PublicIncident]:
    """Return the incidents and planned work with the newest word, newest first."""
    found = PublicIncident.objects.filter(page=page)
    return list(found.order_by("-newest_at", "-id")[:limit])


def pending_rebuilds(page: Page) -> list[Rebuild]:
    """Return the places asked for and not yet built, oldest request first."""
    return list(Rebuild.objects.filter(page=page).order_by("id"))


def unsent_publications(after: int = 0) -> QuerySet[Publication]:
    """Return publications that go further than the page, in the order of their ids.

    Imported ones are never sent. ``after`` skips ids up to and including it. Which of them have
    a mailing already is known to ``fanout``, which excludes those.
    """
    found = Publication.objects.filter(imported=False, id__gt=after)
    return found.exclude(audience=Audience.PAGE).order_by("id")
