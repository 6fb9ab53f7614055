"""Finds public incidents by words, part, impact, data and cause; reads tallies for patterns.

Everything is read by keyset or from tallies: what an answer costs does not grow with the history,
but for how many texts hold the words asked for.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from afterword.components.models import Page
from afterword.kit.timespans import parse_iso
from afterword.publishing.catalogue import DURATIONS, LASTING
from afterword.publishing.full_text import MATCHING
from afterword.publishing.models import CatalogueEntry, CatalogueHit, PublicIncident, PublicTally
from afterword.publishing.searching import asked, for_postgresql, for_sqlite, holds

FOUND_AT_ONCE: Final = 25
# Of so many newest, the texts are read before an index is asked.
WALKED: Final = 100
_Row = tuple[int, datetime, str]


@dataclass(frozen=True)
class Wanted:
    """What is looked for; an empty field asks for nothing. ``after`` is where a page ended."""

    words: str = ""
    part: str = ""
    impact: str = ""
    data: str = ""
    cause: str = ""
    after: str = ""


@dataclass(frozen=True)
class Found:
    """Incidents, latest beginning first, and where the next page begins ("" at the end)."""

    incidents: list[PublicIncident]
    after: str


def find(page: Page, wanted: Wanted, limit: int = FOUND_AT_ONCE) -> Found:
    """Return what is wanted, at most ``limit``. A cursor that is none begins at the front."""
    rows = CatalogueEntry.objects.filter(page=page)
    for column, value in (
        ("impact", wanted.impact), ("data_effect", wanted.data), ("cause", wanted.cause),
    ):  # fmt: skip
        rows = rows.filter(**{column: value}) if value else rows
    began, key = "started_at", "id"
    if wanted.part:
        # In the order of the part's own index: sorting all that ever hit it costs what they are.
        began, key = "hits__started_at", "hits__entry"
        of_the_part = Q(hits__page=page, hits__part=wanted.part)
        # In one filter, since each further one over the hits would join them once more.
        rows = rows.filter(of_the_part & _beyond(wanted.after, began, key))
    else:
        rows = rows.filter(_beyond(wanted.after, began, key))
    ordered = rows.order_by(f"-{began}", f"-{key}")
    words = asked(wanted.words)
    chunk = _holding(ordered, words, limit + 1) if words else _rows(ordered[: limit + 1])
    shown = chunk[:limit]
    after = _cursor(shown[-1][1], shown[-1][0]) if len(chunk) > limit else ""
    return Found(_incidents(page, [each[2] for each in shown]), after)


def entries_of_part(page: Page, part: str, limit: int) -> list[CatalogueEntry]:
    """Return incidents that hit a part, latest beginning first; planned work left out."""
    hits = CatalogueHit.objects.filter(page=page, part=part, kind="incident")
    newest = hits.order_by("-started_at", "-entry").values_list("entry", flat=True)[:limit]
    return _in_order(CatalogueEntry.objects.filter(pk__in=list(newest)))


def entries_with(page: Page, *, limit: int, **columns: str) -> list[CatalogueEntry]:
    """Return incidents with these columns, latest beginning first; planned work left out."""
    rows = CatalogueEntry.objects.filter(page=page, kind="incident", **columns).defer("words")
    return list(rows.order_by("-started_at", "-id")[:limit])


def entries_lasting(page: Page, length: str, limit: int) -> list[CatalogueEntry]:
    """Return incidents of a class of duration, latest beginning first; planned work left out.

    Reads all of the class: for one that is known to have few.
    """
    rows = CatalogueEntry.objects.filter(page=page, kind="incident").defer("words")
    if length == LASTING:
        rows = rows.filter(seconds__isnull=True)
    else:
        ends = (0, *DURATIONS)
        rows = rows.filter(seconds__gte=ends[int(length)])
        if int(length) < len(DURATIONS):
            rows = rows.filter(seconds__lt=DURATIONS[int(length)])
    return list(rows.order_by("-started_at", "-id")[:limit])


def repeats(page: Page, limit: int) -> list[CatalogueEntry]:
    """Return the newest incidents that hit a part again soon after another, at most ``limit``."""
    rows = CatalogueEntry.objects.filter(page=page).exclude(repeat_of="").defer("words")
    return list(rows.order_by("-started_at", "-id")[:limit])


def entries(page: Page, incident_ids: Sequence[str]) -> dict[str, CatalogueEntry]:
    """Return catalogue entries by incident id."""
    rows = CatalogueEntry.objects.filter(page=page, incident_id__in=set(incident_ids))
    return {each.incident_id: each for each in rows.defer("words")}


def part_name(page: Page, part: str) -> str | None:
    """Return the name a part had when it was last hit, or None for a part never hit."""
    hits = CatalogueHit.objects.filter(page=page, part=part)
    return hits.order_by("-started_at", "-entry").values_list("name", flat=True).first()


def part_names(page: Page, keys: Collection[str]) -> dict[str, str]:
    """Return the names parts had when they were last hit, by key; parts never hit are left out."""
    hits = CatalogueHit.objects.filter(page=page, part=OuterRef("value"))
    name = Subquery(hits.order_by("-started_at", "-entry").values("name")[:1])
    rows = PublicTally.objects.filter(page=page, about="part", value__in=keys).annotate(name=name)
    return {key: name for key, name in rows.values_list("value", "name") if name}


def parts(page: Page, limit: int) -> list[tuple[str, int]]:
    """Return (key, incidents) of the parts hit most often, at most ``limit``."""
    rows = PublicTally.objects.filter(page=page, about="part", number__gt=0)
    return list(rows.order_by("-number", "value").values_list("value", "number")[:limit])


def newest_word(page: Page) -> datetime | None:
    """Return when the newest word of any catalogued incident could first be read."""
    rows = CatalogueEntry.objects.filter(page=page).order_by("-told_at")
    return rows.values_list("told_at", flat=True).first()


def _rows(found: QuerySet[CatalogueEntry]) -> list[_Row]:
    return list(found.values_list("id", "started_at", "incident_id"))


def _holding(ordered: QuerySet[CatalogueEntry], words: list[list[str]], limit: int) -> list[_Row]:
    """Return the first rows that hold the words.

    No database can tell how many texts hold the beginning of a word: one walks the whole history in
    order to find three, the other gathers all that match to show the newest. So the newest are
    read first, where whatever is common is found, and the index is asked for what is not.
    """
    newest = _rows(ordered[:WALKED])
    these = CatalogueEntry.objects.filter(pk__in=[key for key, _, _ in newest])
    texts = dict(these.values_list("pk", "words"))
    found = [row for row in newest if holds(texts[row[0]], words)][:limit]
    if len(found) == limit or len(newest) < WALKED:
        return found
    vendor = connection.vendor
    question = for_postgresql(words) if vendor == "postgresql" else for_sqlite(words)
    # A fixed text; the question is its parameter and holds letters, digits and our own signs.
    matching = RawSQL(MATCHING[vendor], (question,))  # noqa: S611
    return _rows(ordered.filter(pk__in=matching)[:limit])


def _beyond(cursor: str, began: str, key: str) -> Q:
    moment, _, last = cursor.rpartition("~")
    if not last.isascii() or not last.isdecimal() or len(last) > 18:
        return Q()
    try:
        at = parse_iso(moment)
    except ValueError:
        return Q()
    # The first bound alone says where in the index to begin; databases look into no alternative.
    earlier = Q((f"{began}__lt", at)) | Q((f"{key}__lt", int(last)))
    return Q((f"{began}__lte", at)) & earlier


def _cursor(at: datetime, key: int) -> str:
    return f"{at.astimezone(UTC).isoformat().replace('+00:00', 'Z')}~{key}"


def _incidents(page: Page, incident_ids: Sequence[str]) -> list[PublicIncident]:
    found = PublicIncident.objects.filter(page=page, incident_id__in=incident_ids)
    by_id = {each.incident_id: each for each in found}
    return [by_id[each] for each in incident_ids if each in by_id]


def _in_order(rows: QuerySet[CatalogueEntry]) -> list[CatalogueEntry]:
    return sorted(rows.defer("words"), key=lambda each: (each.started_at, each.pk), reverse=True)
