"""Planned work as readers were told of it: what it promised before it began, and how it ended.

Made from publications, which nobody can change afterwards: moving the end once work has begun, or
bringing its beginning forward, makes nothing look better.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models.fields.json import KT

from afterword.components.models import Page
from afterword.incidents.models import Impact, Incident, Kind, Status, Update
from afterword.kit.timespans import parse_iso
from afterword.publishing.models import Publication, PublicationKind
from afterword.trust.lookups import Row, by_key, of_keys, within
from afterword.trust.periods import Period

_UNDER_WAY: Final = frozenset({Status.IN_PROGRESS, Status.VERIFYING})
_UNPLANNED: Final = frozenset({Impact.MINOR, Impact.MAJOR, Impact.CRITICAL})


@dataclass(frozen=True)
class Planned:
    """One piece of planned work. ``told_at`` is since when readers knew the beginning it had in the
    end, ``until`` the end they were given before it began; ``began_at`` and ``ended_at`` are when
    that was said, None while it was not. ``broke`` says that a part was worse than under
    maintenance at some time. ``by`` is who planned it.
    """

    about: str
    title: str
    planned_for: datetime
    told_at: datetime
    until: datetime
    began_at: datetime | None
    ended_at: datetime | None
    broke: bool
    by: str


def planned_work(page: Page, period: Period) -> list[Planned]:
    """Return the planned work of the period, by when it was planned to begin; work that was called
    off, and work imported from elsewhere, left out.
    """
    rows = Incident.objects.filter(page=page, kind=Kind.MAINTENANCE, source="").order_by()
    columns = ("pk", "public_id", "title", "impact")
    known = {
        each["public_id"]: each for each in within(rows, "started_at", period).values(*columns)
    }
    texts = Publication.objects.filter(page=page, kind=PublicationKind.UPDATE).annotate(
        status=KT("facts__incident__status"),
        begins=KT("facts__incident__scheduled_for"),
        ends=KT("facts__incident__scheduled_until"),
    )
    said = of_keys(
        texts.order_by("number"), "incident_id", sorted(known), "incident_id", "number",
        "published_at", "status", "begins", "ends",
    )  # fmt: skip
    authors = _authors([each["pk"] for each in known.values()])
    found = [
        work
        for about, words in by_key(said, "incident_id").items()
        if (work := _folded(known[str(about)], words, authors)) is not None
    ]
    return sorted(found, key=lambda each: (each.planned_for, each.about))


def _folded(incident: Row, words: Sequence[Row], authors: dict[int, str]) -> Planned | None:
    """Return what the words about a piece of work come to, None for what was called off."""
    before = [each for each in words if each["status"] == Status.SCHEDULED]
    began = next((each for each in words if each["status"] in _UNDER_WAY), None)
    ended = next((each for each in words if each["status"] == Status.COMPLETED), None)
    if not before or (ended is not None and began is None):
        return None
    last = before[-1]
    told = last
    for each in reversed(before):
        if each["begins"] != last["begins"]:
            break
        told = each
    return Planned(
        about=incident["public_id"],
        title=incident["title"],
        planned_for=parse_iso(last["begins"]),
        told_at=told["published_at"],
        until=parse_iso(last["ends"]),
        began_at=began["published_at"] if began else None,
        ended_at=ended["published_at"] if ended else None,
        broke=incident["impact"] in _UNPLANNED,
        by=authors.get(incident["pk"], ""),
    )


def _authors(keys: Sequence[int]) -> dict[int, str]:
    """Return who wrote the first word of each."""
    rows = Update.objects.order_by("-created_at", "-pk")
    return {
        each["incident_id"]: each["author_label"]
        for each in of_keys(rows, "incident_id", keys, "incident_id", "author_label")
    }
