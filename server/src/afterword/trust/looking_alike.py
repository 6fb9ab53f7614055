"""Which incidents look like an earlier one, for many at once."""

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import groupby

from afterword.components.models import Page
from afterword.incidents.models import Incident, Kind, RecordVersion
from afterword.incidents.queries import RECURRENCE_WINDOW, with_a_cause
from afterword.trust.lookups import Row, of_keys


def look_alike(page: Page, asked: Mapping[int, Row]) -> dict[int, str]:
    """Return of these incidents those that look like an earlier one, with its title.

    As the case asks it: in the 180 days before, an incident that shares a part, or anything whose
    record ever named a cause as its own did. Whether readers can open it does not matter: what is
    taken off the page is no less an earlier one. Read is the time asked about and 180 days more.
    """
    if not asked:
        return {}
    began = [each["started_at"] for each in asked.values()]
    within = {"started_at__gte": min(began) - RECURRENCE_WINDOW, "started_at__lte": max(began)}
    marks: dict[tuple[datetime, int], set[tuple[str, object]]] = {}
    works: set[int] = set()
    window = Incident.objects.filter(page=page, **within).order_by()
    for pk, at, kind, part in window.values_list("pk", "started_at", "kind", "components"):
        marks.setdefault((at, pk), set()).update([("part", part)] if part else ())
        works.update([pk] if kind != Kind.INCIDENT else ())
    named = RecordVersion.objects.filter(
        incident__page=page, **{f"incident__{name}": at for name, at in within.items()}
    )
    causes = with_a_cause(named)
    for pk, at, name in causes.values_list("incident_id", "incident__started_at", "cause_name"):
        marks.setdefault((at, pk), set()).add(("cause", name))
    found = _newest_alike(marks, works, asked)
    earlier = of_keys(Incident.objects.order_by(), "pk", sorted(set(found.values())), "pk", "title")
    titles = {each["pk"]: each["title"] for each in earlier}
    return {pk: titles[one] for pk, one in found.items()}


def _newest_alike(
    marks: Mapping[tuple[datetime, int], set[tuple[str, object]]],
    works: Collection[int],
    asked: Collection[int],
) -> dict[int, int]:
    """Return by incident the newest of those that began before it and share a mark."""
    seen: dict[tuple[str, object], tuple[datetime, int]] = {}
    found = {}
    for at, together in groupby(sorted(marks), key=lambda each: each[0]):
        same_instant = list(together)
        for one in same_instant:
            if one[1] in asked and one[1] not in works:
                before = [seen[mark] for mark in marks[one] if mark in seen]
                recent = [each for each in before if each[0] >= at - RECURRENCE_WINDOW]
                if recent:
                    found[one[1]] = max(recent)[1]
        for one in same_instant:
            # Planned work is no incident that a part was hit by.
            new = {m for m in marks[one] if m[0] == "cause" or one[1] not in works}
            seen.update(dict.fromkeys(new, one))
    return found
