"""The press: appends one publication, derives what readers see, asks for the pages to be built."""

import dataclasses
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db.models import F

from afterword.components.models import Page
from afterword.publishing.actions.cataloguing import catalogue
from afterword.publishing.actions.holding import see_held
from afterword.publishing.actions.holding_back import refuse_held
from afterword.publishing.actions.keeping import keep_promises
from afterword.publishing.actions.promise_words import keep_promise_words
from afterword.publishing.actions.repeating import keep_repeats
from afterword.publishing.actions.touching import component_places, keep_days, keep_parts
from afterword.publishing.catalogue import entry_of
from afterword.publishing.chain import GENESIS, sealed
from afterword.publishing.corrections import as_read
from afterword.publishing.models import Publication, PublicIncident, PublicMonth, Rebuild
from afterword.publishing.projection import (
    Derived,
    day_of,
    derive,
    on_the_page,
    parts_named,
    places_touched,
)
from afterword.publishing.promised import promised
from afterword.publishing.queries import has_panel, log_shard, neighbours, taken_back_by


def hold_page(page: Page) -> Page:
    """Let one transaction at a time publish on the page, so that numbers have no gaps.

    Every verb of the door takes this first. SQLite's write lock does the same by itself.
    """
    return Page.objects.select_for_update(no_key=True).get(pk=page.pk)


def append(publication: Publication) -> Publication:
    """Number, chain and insert a publication that is complete but for that. Needs the held page.

    The log of publications grows by its line, whoever the publication is for. Raises WrongState
    while a person holds the incident back; what is brought from elsewhere left long ago.
    """
    if not publication.imported:
        refuse_held(publication.page, publication.incident_id)
    last = Publication.objects.filter(page=publication.page).order_by("-number").first()
    publication.number = last.number + 1 if last else 1
    publication.previous_hash = last.hash if last else GENESIS
    publication.hash = sealed(publication)
    publication.save(force_insert=True)
    if publication.commitments:
        keep_promise_words(publication=publication)
    places = log_places(publication)
    ask(page=publication.page, places=places, now=publication.published_at)
    return publication


def show(*, page: Page, incident_id: str, now: datetime) -> PublicIncident | None:
    """Derive the public incident again and ask for the places that changed.

    For publications the page shows; a letter to a list leaves no trace there, so it is not called
    for one. Returns None when the page shows nothing of the incident.
    """
    publications = _publications(page, incident_id)
    after = derive(publications)
    if after is None:
        return None
    known = PublicIncident.objects.filter(page=page, incident_id=incident_id).first()
    before = _derived(known) if known else None
    # Ask even when the row stays as it is: a backdated word changes the pages and not the row.
    values = dataclasses.asdict(after)
    shown, _ = PublicIncident.objects.update_or_create(
        page=page, incident_id=incident_id, defaults=values
    )
    places = places_touched(incident_id, before, after)
    if (before is None or before.title != after.title) and has_panel(page):
        places.add("trust")
    if before is None or before.month != after.month:
        places |= _count(page, after.month, +1)
    if before is not None and before.month != after.month:
        places |= _count(page, before.month, -1)
    read = as_read(on_the_page(publications))
    entry, today = entry_of(after, read), now.astimezone(UTC).date()
    places |= catalogue(page=page, incident_id=incident_id, now=entry)
    places |= keep_promises(
        page=page,
        incident_id=incident_id,
        now=promised(on_the_page(publications), today=today),
        title_changed=before is not None and before.title != after.title,
    )
    if "promises" in places and has_panel(page):
        places.add("trust")
    places |= keep_repeats(
        page=page,
        incident_id=incident_id,
        shown=on_the_page(publications),
        title_changed=before is not None and before.title != after.title,
    )
    keep_days(page, {day_of(each) for each in (before, after) if each is not None})
    touched, once = parts_named(after.components), before.components if before else ()
    keep_parts(shown, touched)
    places |= component_places(page, touched | parts_named(once))
    if see_held(page=page, incident_id=incident_id, entry=entry, today=today):
        places.add("patterns")
    ask(page=page, places=places, now=now)
    return shown


def log_places(publication: Publication) -> set[str]:
    """Return the files of the log that a new publication alters.

    Its own, the one before when it begins a new one, and where a retraction, or a new title, takes
    words back.
    """
    numbers = {publication.number, max(publication.number - 1, 1)}
    numbers |= {each.number for each in taken_back_by(publication)}
    return {"log", *(f"log:{log_shard(each)}" for each in numbers)}


def ask(*, page: Page, places: Iterable[str], now: datetime) -> None:
    """Ask for places to be built. Asking twice is harmless and must not be skipped: the first
    request may be in work already, with the content from before.
    """
    rows = [Rebuild(page=page, place=place, asked_at=now) for place in sorted(places)]
    Rebuild.objects.bulk_create(rows)


def _count(page: Page, month: str, change: int) -> set[str]:
    """Add to a month's tally; return the months whose links to their neighbours change."""
    row, _ = PublicMonth.objects.get_or_create(page=page, month=month)
    was_empty = row.incidents == 0
    PublicMonth.objects.filter(pk=row.pk).update(incidents=F("incidents") + change)
    row.refresh_from_db()
    if was_empty == (row.incidents == 0):
        return {"history"}
    near = [each for each in neighbours(page, month) if each]
    return {"history", *(f"month:{each}" for each in near), *(f"year:{each[:4]}" for each in near)}


def _publications(page: Page, incident_id: str) -> list[Publication]:
    # Not in the order of the model, for which SQLite walks through all publications of the page.
    found = Publication.objects.filter(page=page, incident_id=incident_id)
    return list(found.order_by("number"))


def _derived(known: PublicIncident) -> Derived:
    names: list[str] = [field.name for field in dataclasses.fields(Derived)]
    values: dict[str, Any] = {name: getattr(known, name) for name in names}
    return Derived(**values)
