"""Which earlier incidents somebody has to judge of an incident, for many at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db.models import BigIntegerField, CharField, Value

from afterword.components.models import Page
from afterword.incidents.models import Incident, Kind, NamedPart, RecordVersion
from afterword.incidents.queries import RECURRENCE_WINDOW, with_a_cause
from afterword.kit.among import among
from afterword.trust.lookups import AT_ONCE, Row, of_keys

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
    works: set[int] = set()
    ended: dict[int, datetime | None] = {}
    rows = Incident.objects.filter(page=page, **within).order_by()
    places: dict[int, Place] = {}
    columns = ("pk", "started_at", "kind", "source", "resolved_at")
    for pk, at, kind, source, over_at in rows.values_list(*columns):
        places[pk] = (at, pk)
        if kind != Kind.INCIDENT:
            works.add(pk)
        elif not source:
            ended[pk] = over_at
    marks: dict[Place, set[Mark]] = {place: set() for place in places.values()}
    for mark, pk, part, name in _named(sorted(places)):
        marks[places[pk]].add((mark, part or name))
    return Window(marks, works, ended)


def _named(keys: Sequence[int]) -> Iterator[tuple[str, int, int | None, str | None]]:
    """Yield what each of these incidents names: ``part`` or ``cause``, the incident, and the part
    by its key, or else a name.
    """
    nothing = Value(None, output_field=BigIntegerField())
    announced = Incident.components.through.objects.order_by().annotate(
        mark=Value("part"), called=Value(None, output_field=CharField())
    )
    parts = NamedPart.objects.order_by().annotate(mark=Value("part"))
    causes = with_a_cause(RecordVersion.objects.all()).annotate(mark=Value("cause"), part=nothing)
    where = ("mark", "incident_id")
    for at in range(0, len(keys), AT_ONCE):
        theirs = among("incident_id", keys[at : at + AT_ONCE])
        # One question for all three.
        yield from (
            announced.filter(theirs)
            .values_list(*where, "component_id", "called")
            .union(
                parts.filter(theirs).values_list(*where, "component_id", "name"),
                causes.filter(theirs).values_list(*where, "part", "cause_name"),
                all=True,
            )
        )


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
