"""Build what was asked for, build everything, repair what a crash left behind."""

import contextlib
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import filterfalse
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.template import engines

from afterword.components.models import Page
from afterword.components.queries import (
    components_of,
    components_read_once,
    shown_components,
    the_page,
    weights_of,
)
from afterword.kit.errors import NotFound
from afterword.kit.hashing import sha256_of_json
from afterword.kit.timespans import iso_exact, iso_utc
from afterword.publishing import queries
from afterword.publishing.models import Rebuild
from afterword.publishing.outward_rights import outward_rights
from afterword.site_builder import feed, listed, places
from afterword.site_builder.age import write_age
from afterword.site_builder.asked import LONGEST_PAUSE, due_now
from afterword.site_builder.assets import made_with
from afterword.site_builder.bucket import bucket
from afterword.site_builder.folder import Folder, Inputs
from afterword.site_builder.looks import look_files
from afterword.site_builder.machines import building
from afterword.site_builder.mirror import Mirror, NotSettled
from afterword.site_builder.pages import (
    api,
    calendar,
    component,
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
from afterword.site_builder.tongues import speaking

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
# How the manifest marks a component that has a page, and one that has none.
_SHOWN, _HIDDEN = "s", "h"
# What a site was made with that two versions wrote pages of, while machines are upgraded in turn.
_MIXED = "more than one version"
# Places written together: one sync per folder and one manifest for all of them.
# An import of thousands of incidents asks for more places than SQLite takes values in a query.
_AT_ONCE = 500
_BATCH = 50


class NotAllBuilt(Exception):
    """Some places could not be built and keep their last good bytes; the others are built.

    ``faults`` says by place what went wrong. They stay asked for and are tried again.
    """

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = faults
        super().__init__(f"{len(faults)} places could not be built: {', '.join(sorted(faults))}")


class NotShared(Exception):
    """What was built is here, and could not be brought to the other machines; it stays asked for.

    Its cause is what the storage raised.
    """


@dataclass
class Swept:
    """What a sweep found: half-written files removed, places built because they were not sound."""

    temporary: int = 0
    repaired: list[str] = field(default_factory=list)
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Built:
    """What building came to: paths whose bytes changed, all made, all removed, faults by place."""

    changed: list[str] = field(default_factory=list)
    made: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    faults: dict[str, str] = field(default_factory=dict)

    def with_more(self, other: "_Built") -> "_Built":
        return _Built(
            self.changed + other.changed,
            self.made | other.made,
            self.gone | other.gone,
            self.faults | other.faults,
        )


def build_pending(*, now: datetime, wait: bool = True) -> list[str]:
    """Build the places asked for since the last time; return the paths that changed.

    A request is deleted only after its files are on disk, so a crash repeats work and loses none.
    Without a whole build on disk (first time, new version, page renamed) everything is built.
    A place that cannot be built keeps its last good bytes and stays asked for: it is tried again
    after 1 second, then 2, doubling to a minute, and holds up no other. ``now`` is not written
    into any page: they carry the time of their newest change. Raises BlockingIOError when another
    builder is at work and ``wait`` is false.
    """
    return _build_pending(now=now, wait=wait).changed


def build_at_once(*, now: datetime) -> bool:
    """Try to build the news that was asked for, for somebody who has just published and waits.

    Returns whether readers have the news. The pages of the history follow when the worker comes to
    them: how long those take depends on how much happened. Never raises and never waits for another
    builder: what was published is published, and the worker builds what is left.
    """
    try:
        built = _build_pending(now=now, wait=False, news_only=True)
    except BlockingIOError:
        log.info("another builder is at work; what was asked for is left to the worker")
        return False
    except Exception:  # whatever it is, it must not make a publication look like a failure
        log.exception("the site could not be built at once; it is left to the worker")
        return False
    return not built.faults


@outward_rights()
def build_all(*, now: datetime, progress: Progress | None = None) -> list[str]:
    """Build every page anew; return the paths that changed. Files no longer due are removed.

    ``progress`` is told (places done, places in all). Raises NotFound when there is no page yet,
    NotShared, and NotAllBuilt, when everything else is done, for places that could not be built.
    """
    the_page()
    folder = Folder(site_dir())
    with _held(folder):
        page = the_page()
        asked = queries.pending_rebuilds(page)
        built = _build_whole(page, folder, asked, now, progress)
        _share_whole(page, folder, built, asked, now)
        _answer(page, asked, built.faults, now)
    if built.faults:
        raise NotAllBuilt(built.faults)
    return built.changed


@outward_rights()
def sweep(*, now: datetime, thorough: bool = False) -> Swept:
    """Repair the folder after a crash or a stray hand: afterwards it equals a whole build.

    Without ``thorough`` a file is read only when its size or time says that it may have been
    touched, so that a start costs the same few seconds with a hundred thousand incidents.
    """
    folder = Folder(site_dir())
    found = Swept()
    with _held(folder):
        found.temporary = folder.sweep_temporary()
        page = _page()
        if page is None:
            return found
        first = _build_asked(page, folder, now, starting=True)
        # What cannot be built now was tried a moment ago.
        broken = _unsound_places(page, folder, thorough=thorough) - first.faults.keys()
        built = _build(
            page, folder, places.in_building_order(broken),
            meanwhile=lambda: _news_meanwhile(page, folder, after=0, now=now),
        )  # fmt: skip
        if broken:
            _share(folder, built)
        _answer(page, [], built.faults, now)
        found.repaired = places.in_building_order(broken - built.faults.keys())
        found.faults = {**first.faults, **built.faults}
    return found


def follow() -> list[str]:
    """Fetch what other machines have built; return the paths. Nothing where one machine is alone.

    Raises what the storage raises, NotSettled while another machine is pushing, and
    BlockingIOError while a builder is at work here.
    """
    folder = Folder(site_dir())
    mirror = _mirror(folder)
    if mirror is None:
        return []
    with folder.held(wait=False):
        return mirror.pull()


@outward_rights()
def settle(*, now: datetime) -> None:
    """Make the shared storage whole again that a machine left in the midst of a push.

    Whoever pushes holds the lock of all machines. With the lock in hand, what does not fit in the
    storage will not come to fit by itself, so everything is built and brought there. Raises
    BlockingIOError while somebody builds, NotShared, and what the storage raises.
    """
    folder = Folder(site_dir())
    with folder.held(wait=False), building(wait=False):
        page, mirror = _page(), _mirror(folder)
        if mirror is None or page is None:
            return
        try:
            mirror.pull()
        except NotSettled as reason:
            log.warning("the shared storage is broken off (%s); everything is built anew", reason)
        else:
            return
        asked = queries.pending_rebuilds(page)
        built = _build_whole(page, folder, asked, now)
        _share_whole(page, folder, built, asked, now)
        _answer(page, asked, built.faults, now)


@outward_rights()
def confirm(*, now: datetime) -> None:
    """Write down that the site is as new as the database, save for places that could not be built.

    For the worker, after a round of building that raised nothing. Raises OSError when the disk
    refuses, and readers see that the confirmations have stopped.
    """
    page = _page()
    if page is None:
        return
    behind: dict[str, datetime] = {}
    for each in queries.pending_rebuilds(page):
        if each.fault:
            for path in _files_in_all_languages(page, each.place):
                behind.setdefault(places.address_of(path), each.asked_at)
    write_age(site_dir(), confirmed_at=now, behind=behind)


def site_dir() -> Path:
    """Return the folder of the built site, from the settings."""
    return Path(settings.SITE_DIR)


@outward_rights()
def _build_pending(*, now: datetime, wait: bool, news_only: bool = False) -> _Built:
    page = _page()
    if page is None:
        return _Built()
    folder = Folder(site_dir())
    if not due_now(page, now) and folder.inputs() == _wanted(page, folder):
        return _Built()
    with _held(folder, wait=wait):
        # Read again: another builder may have worked for minutes, on a page that was changed since.
        page = the_page()
        return _build_asked(page, folder, now, news_only=news_only)


@contextlib.contextmanager
def _held(folder: Folder, *, wait: bool = True) -> Iterator[None]:
    """Be the only builder here and on all machines, and begin with what they have built.

    Components are those of the moment: a change meanwhile differs from what the manifest says of
    them, and is built next.
    """
    with folder.held(wait=wait), building(wait=wait), components_read_once():
        mirror = _mirror(folder)
        if mirror is not None:
            try:
                mirror.pull()
            except Exception:  # without the storage, what is asked for is built here all the same
                log.exception("the shared storage could not be read; building goes on without it")
        yield


def _share(
    folder: Folder,
    built: _Built,
    *,
    whole: bool = False,
    meanwhile: Callable[[], _Built] | None = None,
) -> None:
    """Bring what was built to the other machines. Raises NotShared.

    Called before requests are deleted: those that did not get there are built again, here or on
    another machine.
    """
    mirror = _mirror(folder)
    if mirror is None:
        return
    try:
        mirror.push(built.made, built.gone, whole=whole, meanwhile=meanwhile)
    except Exception as wrong:
        raise NotShared(str(wrong)) from wrong


def _share_whole(
    page: Page, folder: Folder, built: _Built, asked: Sequence[Rebuild], now: datetime
) -> None:
    """Bring all there is to the other machines, and in between the news since. Raises NotShared."""
    last = max((each.pk for each in asked), default=0)
    _share(
        folder, built, whole=True,
        meanwhile=lambda: _news_meanwhile(page, folder, after=last, now=now),
    )  # fmt: skip


def _mirror(folder: Folder) -> Mirror | None:
    storage = bucket()
    return None if storage is None else Mirror(folder, storage, str(settings.SITE_BUCKET))


def _wanted(page: Page, folder: Folder, *, starting: bool = False) -> Inputs:
    """Return what the folder should be built with.

    Machines that share a storage are upgraded one after the other. Only a start builds everything
    for its version; else two versions would build over each other for ever.
    """
    wanted, known = _inputs(page), folder.inputs()
    if starting or known is None or bucket() is None:
        return wanted
    return replace(wanted, made_with=known.made_with)


def _build_asked(
    page: Page, folder: Folder, now: datetime, *, starting: bool = False, news_only: bool = False
) -> _Built:
    wanted, known = _wanted(page, folder, starting=starting), folder.inputs()
    if known is None or (known.made_with, known.page) != (wanted.made_with, wanted.page):
        if news_only:
            return _build_news_first(page, folder, now)
        asked = queries.pending_rebuilds(page)
        built = _build_whole(page, folder, asked, now)
        _share_whole(page, folder, built, asked, now)
    else:
        asked = due_now(page, now)
        due = {each.place for each in asked}
        if known.components != wanted.components:
            due |= {places.INDEX, places.API, places.EMBEDS}
            due |= _touched_by_components(page, known, wanted)
        if due and known.made_with != made_with():
            # Pages of this version need its assets, and the next start must build all alike.
            due.add(places.FRAME)
            known, wanted = (replace(each, made_with=_MIXED) for each in (known, wanted))
            folder.put({}, inputs=known)
        built = _build(page, folder, places.in_building_order(filter(places.is_news, due)))
        if news_only:
            asked = [each for each in asked if places.is_news(each.place)]
        else:
            rest = filterfalse(places.is_news, due)
            last = max((each.pk for each in asked), default=0)
            more = _build(
                page, folder, places.in_building_order(rest),
                meanwhile=lambda: _news_meanwhile(page, folder, after=last, now=now),
            )  # fmt: skip
            built = built.with_more(more)
            if known != wanted:
                folder.put({}, inputs=wanted)
        if built.made or built.gone:
            _share(folder, built)
    _answer(page, asked, built.faults, now)
    return built


def _build_news_first(page: Page, folder: Folder, now: datetime) -> _Built:
    """Build the news for somebody who waits, where everything is due: the worker builds the rest.

    Nothing is answered: the whole build that follows counts as the answer.
    """
    asked = {each.place for each in due_now(page, now) if places.is_news(each.place)}
    built = _build(page, folder, places.in_building_order({places.FRAME, *asked}))
    _share(folder, built)
    return built


def _build_whole(
    page: Page,
    folder: Folder,
    asked: Sequence[Rebuild],
    now: datetime,
    progress: Progress | None = None,
) -> _Built:
    """Build all there is; ``asked`` are the requests that are met by it."""
    wanted = _inputs(page)
    due = _all_places(page)
    known = folder.paths()
    last = max((each.pk for each in asked), default=0)
    built = _build(
        page, folder, due, progress,
        meanwhile=lambda: _news_meanwhile(page, folder, after=last, now=now),
    )  # fmt: skip
    # Whatever a place that failed has shown so far is its last good state.
    gone = [path for path in known - built.made if places.place_of(path) not in built.faults]
    folder.put({}, gone=sorted(gone), inputs=wanted)
    built.gone |= set(gone)
    return built


def _news_meanwhile(page: Page, folder: Folder, *, after: int, now: datetime) -> _Built:
    """Build the news that was asked for since the request ``after``, in the midst of other work.

    A whole build may take minutes, and readers of the news must not wait for it. What cannot be
    shared with other machines now stays asked for.
    """
    fresh = [each for each in queries.new_rebuilds(page, after) if places.is_news(each.place)]
    if not fresh:
        return _Built()
    # Read anew: what has just failed must not be shown as it was when the other work began.
    with components_read_once():
        built = _build(page, folder, places.in_building_order({each.place for each in fresh}))
    try:
        _share(folder, built)
    except NotShared:
        log.exception("the news is built here and could not be shared yet")
    else:
        _answer(page, fresh, built.faults, now)
    return built


def _build(
    page: Page,
    folder: Folder,
    due: Sequence[str],
    progress: Progress | None = None,
    meanwhile: Callable[[], _Built] | None = None,
) -> _Built:
    """Build places in batches. Raises for what is no fault of one place: database, disk.

    ``meanwhile`` is called between batches, and what it builds is counted in.
    """
    built = _Built()
    for start in range(0, len(due), _BATCH):
        files: dict[str, bytes] = {}
        gone: list[str] = []
        for done, place in enumerate(due[start : start + _BATCH], start=start + 1):
            try:
                content, lost = _made(page, place)
            except (DatabaseFailure, MemoryError):
                raise
            except Exception as fault:  # one page must not keep all others from readers
                built.faults[place] = _in_words(fault)
                log.exception("%s could not be built and keeps its last good bytes", place)
            else:
                files |= content
                gone += lost
            if progress is not None:
                progress(done, len(due))
        built.changed += folder.put(files, gone)
        built.made |= set(files)
        built.gone |= set(gone)
        if meanwhile is not None:
            built = built.with_more(meanwhile())
    if built.faults:
        _read_templates_anew()
    return built


def _in_words(fault: Exception) -> str:
    said = (str(fault).strip().splitlines() or [""])[0]
    return f"{type(fault).__name__}: {said}"[:300]


def _read_templates_anew() -> None:
    """Forget templates already read, so that a mended one is found without a restart."""
    for engine in engines.all():
        for loader in getattr(getattr(engine, "engine", None), "template_loaders", ()):
            if hasattr(loader, "reset"):
                loader.reset()


def _made(page: Page, place: str) -> tuple[Mapping[str, bytes], Iterable[str]]:
    """Return a place's files by path, and those of its paths that must not be there."""
    first, *others = page.languages or [page.first_language]
    with speaking(page, first):
        files = dict(_files(page, place))
    due = _files_in_all_languages(page, place)
    # What says nothing to people (answers for programs, the log) there is one of.
    if any(map(places.speaks, (*due, *files))):
        for code in others:
            with speaking(page, code):
                made = _files(page, place)
            spoken = [path for path in made if places.speaks(path)]
            files |= {places.in_language(code, path): made[path] for path in spoken}
    return files, [path for path in due if path not in files]


def _files_in_all_languages(page: Page, place: str) -> list[str]:
    """Return the files a place may have; of what people read there is one in each language."""
    due = list(places.files_of(place) or ())
    spoken = list(filter(places.speaks, due))
    return due + [places.in_language(code, path) for code in page.languages[1:] for path in spoken]


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
    if component_id := places.component_of(place):
        return component.build_by_id(page, component_id)
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
        *(places.component_place(each.public_id) for each in shown_components(page)),
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
    known = folder.paths()
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
    shown = {each.pk for each in shown_components(page)}
    through = str(page.rolled_through)
    components = [
        (c, sha256_of_json([
            c.public_id, c.name, c.description, c.status, c.position, c.hidden, c.is_group,
            c.group_id, c.showcase, c.only_show_if_degraded, str(c.start_date),
            iso_exact(c.updated_at), c.past_version, through,
        ]))
        for c in components_of(page)
    ]  # fmt: skip
    told = " ".join(
        f"{c.public_id}={_SHOWN if c.pk in shown else _HIDDEN}{digest[:16]}"
        for c, digest in components
    )
    row = [
        page.public_id,
        page.name,
        page.url,
        page.time_zone,
        page.support_contact,
        page.languages,
        iso_utc(page.created_at),
        weights_of(page),
        sorted(look_files(page).files),
    ]
    return Inputs(made_with(), sha256_of_json(row), told)


def _touched_by_components(page: Page, built: Inputs, wanted: Inputs) -> set[str]:
    """Return the pages that components changed without asking: theirs, their groups', and those
    of incidents that name one which has come or gone.
    """
    before, after = _by_id(built.components), _by_id(wanted.components)
    changed = {each for each in before.keys() | after.keys() if before.get(each) != after.get(each)}
    due = {places.component_place(each) for each in changed}
    for each in components_of(page):
        # A group shows its members, and each of them names it.
        if each.group is not None and changed & {each.public_id, each.group.public_id}:
            due |= {places.component_place(one.public_id) for one in (each, each.group)}
    for component_id in changed:
        if before.get(component_id, _HIDDEN)[0] != after.get(component_id, _HIDDEN)[0]:
            named = queries.incident_ids_of_component(page, component_id)
            due |= {places.incident_place(incident_id) for incident_id in named}
    return due


def _by_id(components: str) -> dict[str, str]:
    return dict(each.partition("=")[::2] for each in components.split())


def _page() -> Page | None:
    try:
        return the_page()
    except NotFound:
        return None


def _answer(page: Page, asked: Sequence[Rebuild], faults: Mapping[str, str], now: datetime) -> None:
    """Delete the requests that are done; write down what went wrong with the others."""
    done = [each for each in asked if each.place not in faults]
    # A newer request came through: an older one, still in its pause, is met by it.
    mended = {each.place for each in done}
    paused = Rebuild.objects.filter(page=page, retry_at__isnull=False)
    met = [key for key, place in paused.values_list("pk", "place") if place in mended]
    _delete([*(each.pk for each in done), *met])
    for place, fault in faults.items():
        again = Rebuild.objects.filter(page=page, place=place).order_by("-failures", "id").first()
        again = again or Rebuild(page=page, place=place, asked_at=now)
        pause = min(LONGEST_PAUSE, timedelta(seconds=2.0 ** min(again.failures, 6)))
        again.fault, again.failures, again.retry_at = fault, again.failures + 1, now + pause
        again.save()
        # Requests for the same place made before this attempt wait with it.
        _delete([e.pk for e in asked if e.place == place and e.pk != again.pk])


def _delete(keys: Collection[int]) -> None:
    wanted = list(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        Rebuild.objects.filter(pk__in=wanted[start : start + _AT_ONCE]).delete()
