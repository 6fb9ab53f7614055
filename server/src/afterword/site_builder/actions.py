"""Build what was asked for, build everything, repair what a crash left behind."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from afterword.components.models import Page
from afterword.components.queries import components_of, the_page
from afterword.kit.errors import NotFound
from afterword.kit.hashing import sha256_of_json
from afterword.kit.timespans import iso_exact, iso_utc
from afterword.publishing import queries
from afterword.publishing.models import Rebuild
from afterword.site_builder import feed, listed, places
from afterword.site_builder.assets import made_with
from afterword.site_builder.folder import Folder, Inputs
from afterword.site_builder.pages import (
    api,
    calendar,
    embeds,
    frame,
    history,
    incident,
    index,
    json_feed,
    lists,
    log_of_publications,
    rss,
)
from afterword.site_builder.pages.api import history as api_history

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
# Places written together: one sync per folder and one manifest for all of them.
_BATCH = 50


@dataclass
class Swept:
    """What a sweep found: half-written files removed, places built because they were not sound."""

    temporary: int = 0
    repaired: list[str] = field(default_factory=list)


def build_pending(*, now: datetime, wait: bool = True) -> list[str]:
    """Build the places asked for since the last time; return the paths that changed.

    A request is deleted only after its files are on disk, so a crash repeats work and loses none.
    Without a whole build on disk (first time, new version, page renamed) everything is built.
    ``now`` is not written anywhere: pages carry the time of their newest change. Raises
    BlockingIOError when another builder is at work and ``wait`` is false.
    """
    page = _page()
    if page is None:
        return []
    folder = Folder(site_dir())
    asked = queries.pending_rebuilds(page)
    if not asked and folder.inputs() == _inputs(page):
        return []
    with folder.held(wait=wait):
        return _build_asked(page, folder)


def build_at_once(*, now: datetime) -> bool:
    """Try to build what was asked for, for somebody who has just published and waits for an answer.

    Returns whether the pages are up to date. Never raises and never waits for another builder:
    what was published is published, and the worker builds what is left.
    """
    try:
        build_pending(now=now, wait=False)
    except BlockingIOError:
        log.info("another builder is at work; what was asked for is left to the worker")
        return False
    except Exception:  # whatever it is, it must not make a publication look like a failure
        log.exception("the site could not be built at once; it is left to the worker")
        return False
    return True


def build_all(*, now: datetime, progress: Progress | None = None) -> list[str]:
    """Build every page anew; return the paths that changed. Files no longer due are removed.

    ``progress`` is told (places done, places in all). Raises NotFound when there is no page yet.
    """
    page = the_page()
    folder = Folder(site_dir())
    with folder.held():
        asked = queries.pending_rebuilds(page)
        changed = _build_whole(page, folder, progress)
        _forget(asked)
    return changed


def sweep(*, now: datetime, thorough: bool = False) -> Swept:
    """Repair the folder after a crash or a stray hand: afterwards it equals a whole build.

    Without ``thorough`` a file is read only when its size or time says that it may have been
    touched, so that a start costs the same few seconds with a hundred thousand incidents.
    """
    page = _page()
    folder = Folder(site_dir())
    found = Swept()
    with folder.held():
        found.temporary = folder.sweep_temporary()
        if page is None:
            return found
        _build_asked(page, folder)
        broken = _unsound_places(page, folder, thorough=thorough)
        found.repaired = places.in_building_order(broken)
        _build(page, folder, found.repaired)
    return found


def site_dir() -> Path:
    """Return the folder of the built site, from the settings."""
    return Path(settings.SITE_DIR)


def _build_asked(page: Page, folder: Folder) -> list[str]:
    asked = queries.pending_rebuilds(page)
    wanted, built = _inputs(page), folder.inputs()
    if built is None or (built.made_with, built.page) != (wanted.made_with, wanted.page):
        changed = _build_whole(page, folder, None)
    else:
        due = {each.place for each in asked}
        if built.components != wanted.components:
            due |= {places.INDEX, places.API, places.EMBEDS}
        changed, _ = _build(page, folder, places.in_building_order(due))
        if built != wanted:
            folder.put({}, inputs=wanted)
    _forget(asked)
    return changed


def _build_whole(page: Page, folder: Folder, progress: Progress | None) -> list[str]:
    wanted = _inputs(page)
    due = _all_places(page)
    known = set(folder.entries())
    changed, made = _build(page, folder, due, progress)
    folder.put({}, gone=sorted(known - made), inputs=wanted)
    return changed


def _build(
    page: Page, folder: Folder, due: Sequence[str], progress: Progress | None = None
) -> tuple[list[str], set[str]]:
    """Build places in batches; return the paths whose bytes changed, and all that were made."""
    changed: list[str] = []
    made: set[str] = set()
    for start in range(0, len(due), _BATCH):
        files: dict[str, bytes] = {}
        gone: list[str] = []
        for done, place in enumerate(due[start : start + _BATCH], start=start + 1):
            content, lost = _made(page, place)
            files |= content
            gone += lost
            if progress is not None:
                progress(done, len(due))
        changed += folder.put(files, gone)
        made |= set(files)
    return changed, made


def _made(page: Page, place: str) -> tuple[Mapping[str, bytes], Iterable[str]]:
    """Return a place's files by path, and those of its paths that must not be there."""
    files = _files(page, place)
    return files, [path for path in places.files_of(place) or () if path not in files]


def _files(page: Page, place: str) -> Mapping[str, bytes]:
    if place == places.FRAME:
        return frame.build(page)
    if place == places.API:
        return api.build(page)
    if place == places.EMBEDS:
        return embeds.build(page)
    if place == places.FEEDS:
        builders = (feed.build, rss.build, json_feed.build, calendar.build)
        return {path: made(page) for path, made in zip(places.FEED_FILES, builders, strict=True)}
    if incident_id := places.incident_of(place):
        return incident.build_by_id(page, incident_id)
    content = _content(page, place)
    return {} if content is None else dict.fromkeys(places.files_of(place) or (), content)


def _content(page: Page, place: str) -> bytes | None:
    if listed.address_of(place):
        return lists.content_of(page, place)
    if place == places.INDEX:
        return index.build(page)
    if place == places.HISTORY:
        return history.build_months(page)
    if place == places.LOG:
        return log_of_publications.build_head(page)
    if (shard := places.log_shard_of(place)) is not None:
        return log_of_publications.build_shard(page, shard)
    if quarter := places.quarter_of(place):
        return api_history.build(page, quarter)
    if month := places.month_of(place):
        return history.build_month(page, month)
    return None


def _all_places(page: Page) -> list[str]:
    return [
        places.FRAME,
        *(places.incident_place(each) for each in queries.incident_ids(page)),
        *(places.month_place(each.month) for each in queries.months(page)),
        *(places.quarter_place(each) for each in queries.quarters(page)),
        places.HISTORY,
        *lists.all_places(page),
        *(places.log_place(each) for each in range(1, queries.log_shards(page) + 1)),
        places.LOG,
        places.FEEDS,
        places.API,
        places.EMBEDS,
        places.INDEX,
    ]


def _unsound_places(page: Page, folder: Folder, *, thorough: bool) -> set[str]:
    unsound = {places.place_of(path) for path in folder.unsound(thorough=thorough)}
    known = folder.entries()
    there = {places.place_of(path) for path in known}
    due = set(_all_places(page))
    # A place may have one file in a part of the manifest that is lost, and another elsewhere.
    untold = {
        place
        for place in due
        for path in places.files_of(place) or ()
        if path not in known and (folder.root / path).exists()
    }
    return unsound | untold | (due - there) | (there - due)


def _inputs(page: Page) -> Inputs:
    """Return what shapes pages without being asked for by the door: code, page row, components."""
    components = [
        [c.public_id, c.name, c.description, c.status, c.position, c.hidden, c.is_group, c.group_id,
         c.showcase, c.only_show_if_degraded, str(c.start_date), iso_exact(c.updated_at)]
        for c in components_of(page)
    ]  # fmt: skip
    row = [
        page.public_id,
        page.name,
        page.url,
        page.time_zone,
        page.support_contact,
        iso_utc(page.created_at),
    ]
    return Inputs(made_with(), sha256_of_json(row), sha256_of_json(components))


def _forget(asked: list[Rebuild]) -> None:
    Rebuild.objects.filter(pk__in=[each.pk for each in asked]).delete()


def _page() -> Page | None:
    try:
        return the_page()
    except NotFound:
        return None
