"""Keeps the catalogue: what incidents are found by, and the tallies patterns are read from."""

import dataclasses
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from afterword.components.models import Page
from afterword.publishing.actions.tallying import recount
from afterword.publishing.catalogue import REPEAT_DAYS, Entry, counted, in_common
from afterword.publishing.models import CatalogueEntry, CatalogueHit

_WINDOW = timedelta(days=REPEAT_DAYS)


def catalogue(*, page: Page, incident_id: str, now: Entry) -> set[str]:
    """Store the entry of one incident as it is now; return the places that changed.

    Needs the held page.
    """
    row = CatalogueEntry.objects.filter(page=page, incident_id=incident_id).first()
    before = _entry(row) if row is not None else None
    places = _lists(now) | (_lists(before) if before else set())
    if row is None:
        row = CatalogueEntry(page=page, incident_id=incident_id)
    elif before == now:
        return places
    for name, value in dataclasses.asdict(now).items():
        setattr(row, name, value)
    row.save()
    recount(page=page, before=counted(before) if before else (), after=counted(now))
    if before is None or _filed(before) != _filed(now):
        _file(page, row, before, now)
        # Its form names the parts that were ever hit.
        places.add("history")
    return places | {"patterns"}


def _file(page: Page, row: CatalogueEntry, before: Entry | None, now: Entry) -> None:
    """File an incident under its parts, and see again what repeats what around it."""
    CatalogueHit.objects.filter(entry=row).delete()
    CatalogueHit.objects.bulk_create(
        CatalogueHit(
            page=page, entry=row, part=key, name=name, started_at=now.started_at, kind=now.kind
        )
        for key, name in now.hit
    )
    followers = CatalogueEntry.objects.filter(page=page, repeat_of=row.incident_id)
    seen = {each.pk: each for each in followers} if before is not None else {}
    for each in _after(page, now):
        seen.setdefault(each.pk, each)
    seen[row.pk] = row
    for each in seen.values():
        _see_repeat(page, each)


def _after(page: Page, now: Entry) -> Iterable[CatalogueEntry]:
    """Return incidents that may repeat this one: those whose last trouble lay further back."""
    if now.kind == "maintenance":
        return []
    hits = _hits(page, {key for key, _ in now.hit}).filter(
        started_at__gt=now.started_at, started_at__lte=now.started_at + _WINDOW
    )
    found = CatalogueEntry.objects.filter(pk__in=hits.values("entry"))
    return [
        each for each in found if each.repeat_began is None or each.repeat_began <= now.started_at
    ]


def _see_repeat(page: Page, row: CatalogueEntry) -> None:
    earlier = _earlier(page, row) if row.kind != "maintenance" else None
    was, row.repeat_of = row.repeat_of, earlier.entry.incident_id if earlier else ""
    row.repeat_began = earlier.started_at if earlier else None
    row.save(update_fields=["repeat_of", "repeat_began"])
    recount(
        page=page,
        before=[("repeat", "yes")] if was else [],
        after=[("repeat", "yes")] if row.repeat_of else [],
    )


def _earlier(page: Page, row: CatalogueEntry) -> CatalogueHit | None:
    hits = _hits(page, {key for key, _ in row.hit}).filter(
        started_at__lt=row.started_at, started_at__gte=row.started_at - _WINDOW
    )
    found = hits.exclude(entry=row).select_related("entry")
    return found.order_by("-started_at", "-entry__incident_id").first()


def _hits(page: Page, parts: Collection[str]) -> QuerySet[CatalogueHit]:
    return CatalogueHit.objects.filter(page=page, part__in=parts, kind="incident")


def _filed(entry: Entry) -> tuple[str, datetime, list[list[str]]]:
    return entry.kind, entry.started_at, entry.hit


def _lists(entry: Entry) -> set[str]:
    """Return the lists of the history an incident stands in."""
    year = entry.started_at.astimezone(UTC).year
    return {f"year:{year:04}", *(f"having:{each}" for each in in_common(entry))}


def _entry(row: CatalogueEntry) -> Entry:
    values: dict[str, Any] = {
        field.name: getattr(row, field.name) for field in dataclasses.fields(Entry)
    }
    return Entry(**values)
