"""Keeps the public list of promises in step with what was published."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from afterword.components.models import Page
from afterword.publishing.actions.tallying import Counted, recount
from afterword.publishing.models import PublicPromise
from afterword.publishing.promised import Promised


def keep_promises(
    *, page: Page, incident_id: str, now: Sequence[Promised], title_changed: bool
) -> set[str]:
    """Store the promises of one incident as they are now; return the places that changed.

    Needs the held page.
    """
    rows = PublicPromise.objects.filter(page=page, incident_id=incident_id)
    known = {row.place: row for row in rows}
    before = [_as_promised(row) for row in known.values()]
    if not title_changed and sorted(before, key=lambda p: p.place) == list(now):
        return set()
    for each in now:
        values = dataclasses.asdict(each)
        place = values.pop("place")
        PublicPromise.objects.update_or_create(
            page=page, incident_id=incident_id, place=place, defaults=values
        )
    lost = rows.filter(place__gte=len(now))
    recount(page=page, before=[("held", each.held) for each in lost if each.held], after=())
    lost.delete()
    recount(page=page, before=_counted(before), after=_counted(now))
    if not before and not now:
        return set()
    return _places([*before, *now]) | {"patterns"}


def _as_promised(row: PublicPromise) -> Promised:
    values: dict[str, Any] = {
        field.name: getattr(row, field.name) for field in dataclasses.fields(Promised)
    }
    return Promised(**values)


def _counted(promises: Iterable[Promised]) -> Counter[Counted]:
    found: Counter[Counted] = Counter()
    for each in promises:
        found["promise", each.outcome] += 1
        if each.moves:
            found["put_off", "times"] += each.moves
            found["put_off", "days"] += each.days_moved
        if each.settled_on:
            found["settled", month_of(each)] += 1
    return found


def _places(promises: Iterable[Promised]) -> set[str]:
    return {"promises"} | {f"promises:{month_of(each)}" for each in promises if each.settled_on}


def month_of(promise: Promised) -> str:
    """Return the month a promise was settled in (``2026-03``). It must be settled."""
    if promise.settled_on is None:
        raise ValueError("an open promise was settled in no month")
    return f"{promise.settled_on:%Y-%m}"
