"""Which earlier incidents somebody has to judge of an incident, for many at once."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db.models import BigIntegerField, Value

from afterword.components.models import Page
from afterword.incidents.models import Incident, Kind, NamedPart, RecordVersion
from afterword.incidents.queries import RECURRENCE_WINDOW, with_a_cause
from afterword.trust.lookups import Row, of_keys

Mark = tuple[str, object]
Place = tuple[datetime, int]


@dataclass(frozen=True)
class Window:
    """What began in a time, with what each names, in what was announced or in any version of its
    record: parts by key, or by name where the page has none called so, and causes by name.
    ``ended`` has when it was over of each incident that is run here, None while it goes on; neither
    planned work (``works``) nor what was told elsewhere is in it.
    """

    marks: Mapping[Place, set[Mark]] = field(default_factory=dict)
    works: Collection[int] = ()
    ended: Mapping[int, datetime | None] = field(default_factory=dict)


def window_of(page: Page, asked: Mapping[int, Row]) -> Window:
    """Read the time in which these incidents began and 180 days before, as far as it is to be
    compared with.
    """
    if not asked:
        return Window()
    began = [each["started_at"] for each in asked.values()]
    within = {"started_at__gte": min(began) - RECURRENCE_WINDOW, "started_at__lte": max(began)}
    marks: dict[Place, set[Mark]] = {}
    works: set[int] = set()
    ended: dict[int, datetime | None] = {}
    rows = Incident.objects.filter(page=page, **within).order_by()
    columns = ("pk", "started_at", "kind", "source", "resolved_at", "components")
    for pk, at, kind, source, over_at, part in rows.values_list(*columns):
        marks.setdefault((at, pk), set()).update([("part", part)] if part else ())
        if kind != Kind.INCIDENT:
            works.add(pk)
        elif not source:
            ended[pk] = over_at
    named = RecordVersion.objects.filter(
        incident__page=page, **{f"incident__{name}": at for name, at in within.items()}
    )
    parts = NamedPart.objects.filter(
        incident__page=page, **{f"incident__{name}": at for name, at in within.items()}
    ).order_by()
    # One question for both.
    of_parts = parts.annotate(mark=Value("part"))
    of_causes = with_a_cause(named).annotate(
        mark=Value("cause"), part=Value(None, output_field=BigIntegerField())
    )
    where = ("mark", "incident_id", "incident__started_at")
    both = of_parts.values_list(*where, "component_id", "name").union(
        of_causes.values_list(*where, "part", "cause_name"), all=True
    )
    for mark, pk, at, part, name in both:
        marks.setdefault((at, pk), set()).add((mark, part or name))
    return Window(marks, works, ended)


def to_judge(window: Window, asked: Collection[int]) -> dict[int, list[int]]:
    """Return of these incidents the earlier ones that each is to be compared with, by key.

    As the desk asks it: of the 180 days before, the newest whose record ever named a cause as its
    own did, and then the newest incident that shares a part. Whether readers can open it does not
    matter: what is taken off the page is no less an earlier one.
    """
    return dict(_compared(window.marks, window.works, asked))


def naming_nothing(window: Window, asked: Collection[int]) -> frozenset[int]:
    """Return which of these incidents name neither a part nor a cause: of them nobody can know
    whether there was an earlier one.
    """
    return frozenset(pk for (_, pk), marks in window.marks.items() if pk in asked and not marks)


def titles_of(keys: Collection[int]) -> dict[int, str]:
    found = of_keys(Incident.objects.order_by(), "pk", sorted(set(keys)), "pk", "title")
    return {each["pk"]: each["title"] for each in found}


def _compared(
    marks: Mapping[Place, set[Mark]], works: Collection[int], asked: Collection[int]
) -> Iterator[tuple[int, list[int]]]:
    """Yield each incident with those that began before it and are to be judged."""
    seen: dict[Mark, Place] = {}
    for at, together in groupby(sorted(marks), key=lambda each: each[0]):
        same_instant = list(together)
        for one in same_instant:
            if one[1] in asked and one[1] not in works:
                found = _of_one(marks[one], seen, at - RECURRENCE_WINDOW)
                if found:
                    yield one[1], found
        for one in same_instant:
            # Planned work is no incident that a part was hit by.
            for mark in marks[one]:
                if mark[0] == "cause" or one[1] not in works:
                    seen[mark] = one


def _of_one(marks: set[Mark], seen: Mapping[Mark, Place], since: datetime) -> list[int]:
    caused: list[Place] = []
    hit: list[Place] = []
    for mark in marks:
        if (newest := seen.get(mark)) and newest[0] >= since:
            (caused if mark[0] == "cause" else hit).append(newest)
    ordered = [max(each) for each in (caused, hit) if each]
    return list(dict.fromkeys(pk for _, pk in ordered))
