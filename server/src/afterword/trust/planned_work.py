"""Planned work as readers were told of it: what it promised before it began, and how it ended.

Made from publications, which nobody can change afterwards: moving the end once work has begun, or
bringing its beginning forward, makes nothing look better. Nor does never saying that it began: once
a beginning that readers were given has come, what they were told then is what it is measured by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Final

from django.db.models.fields.json import KT

from afterword.components.models import Page
from afterword.incidents.models import Impact, Incident, Kind, Status, Update
from afterword.kit.timespans import parse_iso
from afterword.publishing.models import Publication, PublicationKind
from afterword.trust.lookups import Row, by_key, of_keys
from afterword.trust.periods import Period

_UNDER_WAY: Final = frozenset({Status.IN_PROGRESS, Status.VERIFYING})
_UNPLANNED: Final = frozenset({Impact.MINOR, Impact.MAJOR, Impact.CRITICAL})


@dataclass(frozen=True)
class Planned:
    """One piece of planned work. ``planned_for`` and ``until`` are the beginning and the end that
    readers were given before it began, ``told_at`` since when they knew that beginning;
    ``began_at`` and ``ended_at`` are when that was said, None while it was not. ``broke`` says that
    a part was worse than under maintenance at some time, ``came`` that its beginning came, whether
    anybody said so or not. ``by`` is who planned it, ``ended_by`` who said that it is over.
    """

    about: str
    title: str
    planned_for: datetime
    told_at: datetime
    until: datetime
    began_at: datetime | None
    ended_at: datetime | None
    broke: bool
    came: bool
    by: str
    ended_by: str

    @property
    def is_called_off(self) -> bool:
        """Whether it was said to be over without ever having begun."""
        return self.ended_at is not None and self.began_at is None

    @property
    def never_was(self) -> bool:
        """Whether it was called off before its beginning came and touched nothing."""
        return self.is_called_off and not self.came and not self.broke


def planned_work(page: Page, period: Period, *, now: datetime) -> list[Planned]:
    """Return the planned work of the period, by when it was planned to begin; work imported from
    elsewhere left out.
    """
    rows = Incident.objects.filter(page=page, kind=Kind.MAINTENANCE, source="").order_by()
    # Moving only ever puts off a beginning that came, and nothing is planned for the past.
    rows = rows.filter(started_at__gte=period.began, created_at__lt=period.ended)
    known = {each["public_id"]: each for each in rows.values("pk", "public_id", "title", "impact")}
    texts = Publication.objects.filter(page=page, kind=PublicationKind.UPDATE).annotate(
        status=KT("facts__incident__status"),
        begins=KT("facts__incident__scheduled_for"),
        ends=KT("facts__incident__scheduled_until"),
        impact=KT("facts__incident__impact"),
    )
    said = of_keys(
        texts.order_by("number"), "incident_id", sorted(known), "incident_id", "number",
        "published_at", "status", "begins", "ends", "impact",
    )  # fmt: skip
    authors = _authors([each["pk"] for each in known.values()])
    found = [
        work
        for about, words in by_key(said, "incident_id").items()
        if (work := _folded(known[str(about)], words, authors, now)) is not None
        and period.began <= work.planned_for < period.ended
    ]
    return sorted(found, key=lambda each: (each.planned_for, each.about))


def _folded(
    incident: Row, words: Sequence[Row], authors: dict[int, list[Row]], now: datetime
) -> Planned | None:
    """Return what the words about a piece of work come to, None where none was said before."""
    before, came_at = _until_it_came(words, now)
    if not before:
        return None
    began = next((each for each in words if each["status"] in _UNDER_WAY), None)
    ended = next((each for each in words if each["status"] == Status.COMPLETED), None)
    last = before[-1]
    told = last
    for each in reversed(before):
        if each["begins"] != last["begins"]:
            break
        told = each
    planned_for = parse_iso(last["begins"])
    said = authors.get(incident["pk"], [])
    return Planned(
        about=incident["public_id"],
        title=incident["title"],
        planned_for=min(planned_for, came_at or planned_for),
        told_at=told["published_at"],
        until=parse_iso(last["ends"]),
        began_at=began["published_at"] if began else None,
        ended_at=ended["published_at"] if ended else None,
        broke=incident["impact"] in _UNPLANNED,
        came=came_at is not None,
        by=said[0]["author_label"] if said else "",
        ended_by=next(
            (each["author_label"] for each in said if each["status"] == Status.COMPLETED), ""
        ),
    )


def _until_it_came(words: Sequence[Row], now: datetime) -> tuple[Sequence[Row], datetime | None]:
    """Return what was said until the beginning that readers were given came, and when it did.

    That is when nobody had moved it or called it off by then, or as soon as work that is not said
    to have begun makes a part worse than under maintenance. None: it has not come.
    """
    for place, (word, after) in enumerate(zip_longest(words, words[1:])):
        if word["status"] != Status.SCHEDULED:
            return words[:place], word["published_at"] if word["status"] in _UNDER_WAY else None
        if word["impact"] in _UNPLANNED:
            return words[: place + 1], word["published_at"]
        begins = parse_iso(word["begins"])
        if begins <= (after["published_at"] if after else now):
            return words[: place + 1], begins
    return words, None


def _authors(keys: Sequence[int]) -> dict[int, list[Row]]:
    """Return who wrote the words about each, the first word first."""
    rows = Update.objects.order_by("created_at", "pk")
    columns = ("incident_id", "status", "author_label")
    return by_key(of_keys(rows, "incident_id", keys, *columns), "incident_id")
