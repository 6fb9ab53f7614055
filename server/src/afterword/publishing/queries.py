"""What outward rooms may read. Imports no inner room, so nothing unpublished can be reached."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet

from afterword.components.models import Page
from afterword.kit.errors import NotFound
from afterword.kit.ids import is_public_id
from afterword.publishing.chain import content_of
from afterword.publishing.corrections import (
    RETRACTION,
    TITLE,
    as_read,
    carries_old_title,
    repeats,
    weight_of,
)
from afterword.publishing.log_lines import GENESIS, LETTER, open_line, withheld_line
from afterword.publishing.models import (
    Audience,
    PanelQuarter,
    PanelSwitch,
    Publication,
    PublicationKind,
    PublicDay,
    PublicIncident,
    PublicIncidentPart,
    PublicMonth,
    PublicPromise,
    PublicRepeat,
    PublicTally,
    Rebuild,
)
from afterword.publishing.projection import ended_at, quarter_of
from afterword.publishing.promised import LATE, MOVED, TAKEN_BACK

FEED_LENGTH = 25
LOG_SHARD = 100
_CHUNK = 200


# The texts that are to answer what readers ask.
ANSWERING = frozenset({PublicationKind.CLOSURE, PublicationKind.SUMMARY})


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
    rows = PublicIncident.objects.filter(page=page, incident_id=incident_id)
    # An id comes from an address: PostgreSQL does not even look for some of what can stand there.
    found = rows.first() if is_public_id(incident_id) else None
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
    """Return what the page shows of an incident, oldest number first; letters to lists left out.

    As readers get it now: retracted words are replaced by the reason, spellings are mended.
    """
    found = Publication.objects.filter(page=page, incident_id=incident_id)
    shown = found.exclude(audience=Audience.LIST).select_related("corrects").order_by("number")
    return as_read(list(shown))


def letters_to_lists(page: Page, incident_id: str) -> list[Publication]:
    """Return what was written about an incident to lists alone, oldest number first; what corrects
    such a letter left out.
    """
    found = Publication.objects.filter(page=page, incident_id=incident_id, corrects=None)
    return list(found.filter(audience=Audience.LIST).order_by("number"))


def publications_of_many(page: Page, incident_ids: Sequence[str]) -> dict[str, list[Publication]]:
    """Return ``publications_of`` for several incidents in one query."""
    found = Publication.objects.filter(page=page, incident_id__in=incident_ids)
    grouped: dict[str, list[Publication]] = {each: [] for each in incident_ids}
    # Sorted here: asked to, SQLite walks through all publications by number instead of picking.
    picked = found.exclude(audience=Audience.LIST).order_by()
    for publication in sorted(picked, key=lambda each: each.number):
        grouped[publication.incident_id].append(publication)
    return {each: as_read(shown) for each, shown in grouped.items()}


def were_told_facts(page: Page, incident_id: str) -> bool:
    """Whether a text that was held against the incident's record has left, to anybody at all."""
    found = Publication.objects.filter(page=page, incident_id=incident_id, imported=False)
    return found.exclude(record_version=None).exists()


def numbers_of_answers(page: Page, incident_id: str) -> list[int]:
    """Return the numbers of the closures and summaries the page shows of an incident."""
    found = Publication.objects.filter(page=page, incident_id=incident_id, kind__in=ANSWERING)
    return list(found.exclude(audience=Audience.LIST).order_by().values_list("number", flat=True))


def translation_of(publication: Publication, language: str) -> Publication | None:
    """Return the newest translation of a publication into a language, if it has one."""
    found = Publication.objects.filter(
        page=publication.page,
        kind=PublicationKind.TRANSLATION,
        corrects=publication,
        language=language,
    )
    return found.order_by("-number").first()


def months(page: Page) -> list[PublicMonth]:
    """Return the months in which anything began, newest first, with how much did."""
    return list(PublicMonth.objects.filter(page=page, incidents__gt=0).order_by("-month"))


def began_in_months(page: Page, within: str = "") -> dict[str, tuple[int, int]]:
    """Return by month (newest first) how many incidents began in it and how much planned work.

    ``within`` is how the months must begin: a year.
    """
    unplanned = tally(page, "incidents", within=within)
    return {
        each.month: (unplanned.get(each.month, 0), each.incidents - unplanned.get(each.month, 0))
        for each in months(page)
        if each.month.startswith(within)
    }


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


def days_of_year(page: Page, year: int) -> dict[date, PublicDay]:
    """Return the days of a year on which incidents began, by day."""
    rows = PublicDay.objects.filter(page=page, day__range=(date(year, 1, 1), date(year, 12, 31)))
    return {row.day: row for row in rows.order_by("day")}


def incidents_of_components(
    page: Page, component_ids: Collection[str], *, kind: str, limit: int
) -> list[PublicIncident]:
    """Return what touched any of the components, the latest beginning first, at most ``limit``.

    ``kind`` is incident or maintenance. Reads ``limit`` rows per component, however many there are.
    """
    found: dict[int, datetime] = {}
    for component_id in component_ids:
        rows = PublicIncidentPart.objects.filter(page=page, component_id=component_id, kind=kind)
        newest = rows.order_by("-started_at", "-incident_id")[:limit]
        found |= dict(newest.values_list("incident_id", "started_at"))
    chosen = sorted(found, key=lambda key: (found[key], key), reverse=True)[:limit]
    by_key = PublicIncident.objects.in_bulk(chosen)
    return [by_key[key] for key in chosen]


def months_of_components(page: Page, component_ids: Collection[str], limit: int) -> list[str]:
    """Return the months in which something touched a component, newest first, at most ``limit``.

    Jumps from month to month: its cost follows ``limit``, not the number of incidents.
    """
    found: set[str] = set()
    for component_id in component_ids:
        rows = PublicIncidentPart.objects.filter(page=page, component_id=component_id)
        months = rows.order_by("-month").values_list("month", flat=True)
        month = months.first()
        for _ in range(limit):
            if month is None:
                break
            found.add(month)
            month = months.filter(month__lt=month).first()
    return sorted(found, reverse=True)[:limit]


def incident_ids_of_component(page: Page, component_id: str) -> list[str]:
    """Return the ids of all that ever touched a component: for when its page comes or goes."""
    rows = PublicIncidentPart.objects.filter(page=page, component_id=component_id)
    return list(rows.values_list("incident__incident_id", flat=True))


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
        shown = publications_of_many(page, [each.incident_id for each in chunk])
        yield [(each, next(reversed(shown[each.incident_id]), None)) for each in chunk]


def quarters(page: Page) -> list[str]:
    """Return the quarters in which anything ended (``2026-q1``, UTC), newest first."""
    rows = PublicIncident.objects.filter(page=page).only("resolved_at", "newest_at")
    return sorted({quarter_of(each) for each in rows.iterator(_CHUNK)}, reverse=True)


def feed_entries(page: Page, limit: int = FEED_LENGTH) -> list[PublicIncident]:
    """Return the incidents and planned work with the newest word, newest first."""
    found = PublicIncident.objects.filter(page=page)
    return list(found.order_by("-newest_at", "-id")[:limit])


def log_head(page: Page) -> tuple[int, str]:
    """Return how many publications there are, and the hash of the newest."""
    last = Publication.objects.filter(page=page).order_by("-number").first()
    return (last.number, last.hash) if last else (0, GENESIS)


def log_shards(page: Page) -> int:
    """Return in how many files the log of publications is kept; one while it is empty."""
    return log_shard(max(log_head(page)[0], 1))


def log_shard(number: int) -> int:
    """Return the file of the log, counted from 1, that holds a publication."""
    return (number - 1) // LOG_SHARD + 1


def log_lines(page: Page, shard: int) -> list[str]:
    """Return the lines of one file of the log, in order; empty when there is no such file.

    Letters keep their place and their hash only. So does what was retracted, and what left under a
    title that was replaced: the log must not be where removed words can still be read.
    """
    first = (shard - 1) * LOG_SHARD + 1
    rows = Publication.objects.filter(page=page, number__gte=first, number__lt=first + LOG_SHARD)
    found = list(rows.select_related("corrects").order_by("number"))
    withdrawn = _withdrawals(found)
    titled = newest_titles(page, {each.incident_id for each in found})
    return [_log_line(each, withdrawn.get(each.pk), titled.get(each.incident_id)) for each in found]


def newest_titles(page: Page, incident_ids: Collection[str]) -> dict[str, Publication]:
    """Return what gave each incident its newest title, by id; those it began with left out."""
    found = Publication.objects.filter(
        page=page, kind=PublicationKind.CORRECTION, incident_id__in=incident_ids
    )
    # In no order: by number, SQLite would walk through all publications of the page.
    titles = sorted(
        (each for each in found.order_by() if weight_of(each) == TITLE),
        key=lambda each: each.number,
    )
    return {each.incident_id: each for each in titles}


def retraction_of(publication: Publication) -> Publication | None:
    """Return the retraction that took the publication back, also together with what it quotes."""
    return _withdrawals([publication]).get(publication.pk)


def under_newest_title(publication: Publication) -> tuple[Publication, int]:
    """Return a publication as its readers get it now, and the number of what gave its incident
    another title since; the publication itself and 0 where nothing did.
    """
    page, incident_id = publication.page, publication.incident_id
    titled = newest_titles(page, {incident_id}).get(incident_id)
    if titled is None or not carries_old_title(publication, titled):
        return publication, 0
    everything = Publication.objects.filter(page=page, incident_id=incident_id)
    read = as_read(sorted(everything.order_by(), key=lambda each: each.number))
    return next((each for each in read if each.pk == publication.pk), publication), titled.number


def told_together(publication: Publication) -> list[Publication]:
    """Return the notes on delivered promises that left as one, this one among them, by number;
    empty for any other publication.
    """
    said = publication.facts.get("delivered")
    if not isinstance(said, Mapping):
        return []
    first = publication.number - int(said["place"]) + 1
    found = Publication.objects.filter(
        page=publication.page, number__gte=first, number__lt=first + int(said["of"])
    )
    return list(found.select_related("page", "corrects").order_by("number"))


def notes_on_delivered(summary: Publication) -> list[Publication]:
    """Return the notes that tell those who got a summary what it promised and was delivered."""
    found = Publication.objects.filter(
        corrects=summary, kind=PublicationKind.COMMITMENT_UPDATE
    ).order_by()
    return sorted(found.select_related("page", "corrects"), key=lambda each: each.number)


def taken_back_by(publication: Publication) -> list[Publication]:
    """Return what a retraction takes back: the text, and what was said to correct it.

    A new title takes back whatever left under the one before; anything else takes back nothing.
    """
    if weight_of(publication) == TITLE:
        before = Publication.objects.filter(
            page=publication.page, incident_id=publication.incident_id,
            number__lt=publication.number,
        )  # fmt: skip
        return sorted(before.order_by(), key=lambda each: each.number)
    if weight_of(publication) != RETRACTION or publication.corrects is None:
        return []
    taken = [publication.corrects]
    found = list(taken)
    while taken:
        quoting = Publication.objects.filter(corrects__in=taken)
        taken = [each for each in quoting if repeats(each)]
        found += taken
    return found


def _log_line(each: Publication, retraction: Publication | None, titled: Publication | None) -> str:
    number, previous, digest = each.number, each.previous_hash, each.hash
    if each.audience == Audience.LIST:
        return withheld_line(number, previous, digest, because=LETTER)
    if titled is not None and carries_old_title(each, titled):
        return withheld_line(number, previous, digest, because=TITLE, by=titled.number)
    if retraction is not None:
        return withheld_line(number, previous, digest, because=RETRACTION, by=retraction.number)
    return open_line(content_of(each), previous, digest)


def _withdrawals(publications: Sequence[Publication]) -> dict[int, Publication]:
    """Return the retraction of each that has one, by key, looking also where they are corrected."""
    if not publications:
        return {}
    found = {
        each.corrects_id: each
        for each in Publication.objects.filter(
            kind=PublicationKind.CORRECTION, corrects__in=[p.pk for p in publications]
        )
        if weight_of(each) == RETRACTION
    }
    quoting = [p for p in publications if p.corrects_id and repeats(p)]
    corrected = Publication.objects.filter(pk__in=[each.corrects_id for each in quoting])
    above = _withdrawals(list(corrected))
    for each in quoting:
        if each.corrects_id in above:
            found.setdefault(each.pk, above[each.corrects_id])
    return {key: value for key, value in found.items() if key is not None}


def tally(page: Page, about: str, within: str = "") -> dict[str, int]:
    """Return how many there are of each kind of something, kinds without any left out.

    ``within`` is how the kinds must begin.
    """
    rows = PublicTally.objects.filter(page=page, about=about, number__gt=0).order_by("value")
    if within:
        rows = rows.filter(value__startswith=within)
    return dict(rows.values_list("value", "number"))


def tally_of(page: Page, about: str, value: str) -> int:
    """Return how many there are of one kind of something."""
    rows = PublicTally.objects.filter(page=page, about=about, value=value)
    return rows.values_list("number", flat=True).first() or 0


def promises_of(page: Page, incident_id: str) -> list[PublicPromise]:
    """Return what was promised about an incident, as readers know it, in its order.

    What was taken back has no words to show; it is counted (``tally``).
    """
    found = PublicPromise.objects.filter(page=page, incident_id=incident_id)
    return list(found.exclude(outcome=TAKEN_BACK).order_by("place"))


def promises_of_many(page: Page, incident_ids: Collection[str]) -> dict[str, list[PublicPromise]]:
    """Return what was promised about each incident, in its order, also what was taken back."""
    found: dict[str, list[PublicPromise]] = {each: [] for each in incident_ids}
    rows = PublicPromise.objects.filter(page=page, incident_id__in=list(found))
    for each in rows.order_by("place"):
        found[each.incident_id].append(each)
    return found


def promises_by_id(page: Page, commitment_ids: Collection[str]) -> dict[str, PublicPromise]:
    """Return public promises by their id; of what was taken back there are no words."""
    found = PublicPromise.objects.filter(page=page, commitment_id__in=commitment_ids)
    return {each.commitment_id: each for each in found}


def newest_turns(page: Page) -> list[PublicPromise]:
    """Return the promises that a day being over turned last: of those late now, and of those whose
    earliest day is over and whose next one is to come; at most one of each.
    """
    late = PublicPromise.objects.filter(page=page, outcome=LATE).order_by("-due")
    moved = PublicPromise.objects.filter(page=page, outcome=MOVED).order_by("-first_due")
    return [each for each in (late.first(), moved.first()) if each is not None]


def promises_with(page: Page, outcomes: Collection[str], limit: int) -> list[PublicPromise]:
    """Return the open or the late promises, the one due first at the front, at most ``limit``."""
    found = PublicPromise.objects.filter(page=page, outcome__in=outcomes)
    return list(found.order_by(F("due").asc(nulls_last=True), "id")[:limit])


def settled_promises(page: Page, limit: int) -> list[PublicPromise]:
    """Return what was kept or dropped, the newest first, at most ``limit``."""
    found = PublicPromise.objects.filter(page=page, settled_on__isnull=False)
    return list(found.order_by("-settled_on", "-id")[:limit])


def promises_settled_in(page: Page, month: str) -> list[PublicPromise]:
    """Return what was kept or dropped in a month (``2026-03``), the newest first."""
    first = date.fromisoformat(f"{month}-01")
    beyond = (first + timedelta(days=32)).replace(day=1)
    found = PublicPromise.objects.filter(page=page, settled_on__gte=first, settled_on__lt=beyond)
    return list(found.order_by("-settled_on", "-id"))


def kept_promises(page: Page, held: str, limit: int) -> list[PublicPromise]:
    """Return kept promises whose measure held, came back, is watched or unsure; newest first."""
    found = PublicPromise.objects.filter(page=page, held=held)
    return list(found.order_by("-done_on", "-id")[:limit])


def titles(page: Page, incident_ids: Collection[str]) -> dict[str, str]:
    """Return the titles of public incidents by id."""
    found = PublicIncident.objects.filter(page=page, incident_id__in=incident_ids)
    return dict(found.values_list("incident_id", "title"))


def pending_rebuilds(page: Page) -> list[Rebuild]:
    """Return the places asked for and not yet built, oldest request first."""
    return list(Rebuild.objects.filter(page=page).order_by("id"))


def new_rebuilds(page: Page, after: int) -> list[Rebuild]:
    """Return the places asked for since the request with the key ``after``, and not tried yet."""
    found = Rebuild.objects.filter(page=page, pk__gt=after, retry_at__isnull=True)
    return list(found.order_by("id"))


def failing_rebuilds() -> list[Rebuild]:
    """Return the requests whose last attempt failed, longest waiting first."""
    return list(Rebuild.objects.exclude(fault="").order_by("asked_at", "id"))


def unsent_publications(after: int = 0) -> QuerySet[Publication]:
    """Return publications that go further than the page, in the order of their ids.

    Imported ones are never sent. ``after`` skips ids up to and including it. Which of them have
    a mailing already is known to ``fanout``, which excludes those.
    """
    found = Publication.objects.filter(imported=False, id__gt=after)
    return found.exclude(audience=Audience.PAGE).order_by("id")


def repeats_of(page: Page, incident_id: str) -> list[tuple[PublicIncident, datetime]]:
    """Return the later incidents that readers are told were this one again, the oldest first, each
    with when they could first read so.
    """
    rows = dict(
        PublicRepeat.objects.filter(page=page, earlier_id=incident_id).values_list(
            "incident_id", "told_at"
        )
    )
    found = PublicIncident.objects.filter(page=page, incident_id__in=list(rows))
    return [(each, rows[each.incident_id]) for each in found.order_by("started_at", "id")]


def panel_switches(page: Page) -> list[tuple[bool, datetime]]:
    """Return when the trust panel was switched on (True) and off, the oldest first."""
    rows = PanelSwitch.objects.filter(page=page).order_by("id")
    return list(rows.values_list("is_on", "at"))


def has_panel(page: Page) -> bool:
    """Whether the trust panel is switched on."""
    rows = PanelSwitch.objects.filter(page=page).order_by("-id")
    return bool(rows.values_list("is_on", flat=True).first())


def panel_quarters(page: Page, limit: int) -> list[PanelQuarter]:
    """Return the newest quarters of the trust panel, the oldest of them first."""
    return list(PanelQuarter.objects.filter(page=page).order_by("-first")[:limit])[::-1]
