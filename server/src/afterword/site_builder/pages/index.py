"""The front page: how things are, what is open, the parts, what was said lately."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from afterword.components.models import Component, Page
from afterword.components.queries import rollup, shown_components
from afterword.publishing import queries
from afterword.publishing.models import Publication, PublicationKind, PublicIncident
from afterword.site_builder.answers import affected_parts, in_one_line
from afterword.site_builder.bars import Bars, bars_of, rules_of
from afterword.site_builder.facts import read_facts
from afterword.site_builder.moments import window
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.places import component_address, incident_address
from afterword.site_builder.said import next_word
from afterword.site_builder.tongues import as_said
from afterword.site_builder.uptime import Track, tracks_of
from afterword.site_builder.words import (
    KIND,
    PART,
    STATUS,
    joined,
    shortened,
    state_of_page,
    told_status,
)

RECENT = 8
# Planned work that has not begun; all of it stands on a page of its own.
PLANNED = 5
# What is news while an incident is open; a long summary belongs on its own page.
_NEWS = frozenset({PublicationKind.UPDATE, PublicationKind.NOTE, PublicationKind.CORRECTION})
_NAMED = 4
_BADNESS = list(PART)


@dataclass(frozen=True)
class PartRow:
    """One line of the list of parts; a group carries its members. ``bars``: its days, if shown."""

    address: str
    name: str
    description: str
    status: str
    words: str
    members: tuple["PartRow", ...] = ()
    is_group: bool = False
    bars: Bars | None = None


@dataclass(frozen=True)
class IncidentRow:
    """One incident in a list; ``newest`` is the newest word, given for open incidents only.

    ``state`` names shape and colour, ``status`` says the same in words.
    """

    address: str
    incident: PublicIncident
    state: str
    status: str
    pieces: list[SafeString]
    said: list[str]
    parts: str
    newest: Publication | None = None
    newest_label: str = ""
    newest_html: SafeString | str = ""
    newest_language: str = ""
    newest_note: str = ""
    next_word: SafeString | None = None
    window: SafeString | None = None


def build(page: Page) -> bytes:
    """Return the bytes of ``/``."""
    open_now = queries.open_incidents(page)
    # Chosen by the newest word, so that a summary brings an old incident back; shown by when they
    # began, which is the time that stands beside them.
    recent = sorted(
        queries.recent(page, RECENT), key=lambda each: (each.started_at, each.pk), reverse=True
    )
    words = queries.publications_of_many(page, [each.incident_id for each in open_now])
    troubles = [each for each in open_now if each.kind != "maintenance"]
    begun, ahead = _planned_work(open_now)
    components = shown_components(page)
    state = state_of_page(
        rollup(components).indicator,
        [each.status for each in components if not each.is_group],
        [each.status for each in troubles],
        work_is_going_on=bool(begun),
    )
    context = {
        "state": state,
        "troubled": troubled_parts(components),
        "open_incidents": [incident_row(each, words[each.incident_id]) for each in troubles],
        "going_on": [incident_row(each, words[each.incident_id]) for each in begun],
        "planned": [incident_row(each) for each in ahead[:PLANNED]],
        "more_planned": max(0, len(ahead) - PLANNED),
        "parts": part_rows(components, tracks_of(page, components)),
        "rules": rules_of(page),
        "recent": [incident_row(each) for each in recent],
    }
    return rendered(
        "index.html", page, "/", context, _newest_change(page, [*open_now, *recent], components)
    )


def _planned_work(
    open_now: Sequence[PublicIncident],
) -> tuple[list[PublicIncident], list[PublicIncident]]:
    """Return planned work that has begun and that which lies ahead, each the earliest first."""
    work = sorted(
        (each for each in open_now if each.kind == "maintenance"),
        key=lambda each: (each.scheduled_for or each.started_at, each.pk),
    )
    begun = [each for each in work if each.status != "scheduled"]
    return begun, [each for each in work if each.status == "scheduled"]


def incident_row(incident: PublicIncident, words: Sequence[Publication] = ()) -> IncidentRow:
    """Return a list row; with the incident's publications it carries the newest text."""
    newest = next((each for each in reversed(words) if each.kind in _NEWS), None)
    said = as_said(newest) if newest else None
    state = told_status(incident)
    return IncidentRow(
        address=incident_address(incident.incident_id),
        incident=incident,
        state=state,
        status=STATUS.get(state, state),
        pieces=in_one_line(incident),
        said=_said(incident),
        parts=_shortened(affected_parts(incident, read_facts(incident.facts))),
        newest=newest,
        newest_label=_label(newest) if newest else "",
        newest_html=said.html if said else "",
        newest_language=said.language if said else "",
        newest_note=said.note if said else "",
        next_word=next_word(incident, words),
        window=window(incident.scheduled_for, incident.scheduled_until)
        if incident.scheduled_for
        else None,
    )


def troubled_parts(components: Sequence[Component]) -> list[tuple[str, str, str]]:
    """Return (status, words, names) of what does not work, the worst first, for the headline."""
    by_status: dict[str, list[str]] = {}
    for each in components:
        if not each.is_group and each.status != "operational":
            by_status.setdefault(each.status, []).append(each.name)
    worst_first = sorted(by_status, key=_BADNESS.index, reverse=True)
    return [(status, PART[status], _shortened(by_status[status])) for status in worst_first]


def _shortened(names: list[str]) -> str:
    return joined(shortened(names, _NAMED))


def part_rows(components: Sequence[Component], tracks: Mapping[int, Track]) -> list[PartRow]:
    """Return top-level parts and groups in position order; an empty group is left out.

    So are parts that are shown only while they do not work.
    """
    members: dict[int, list[PartRow]] = {}
    for each in components:
        if each.group_id is not None and not each.is_group and not _keeps_quiet(each):
            members.setdefault(each.group_id, []).append(part_row(each, tracks))
    rows = []
    for each in components:
        if each.is_group:
            if inside := members.get(each.pk):
                rows.append(part_row(each, tracks, tuple(inside)))
        elif each.group_id is None and not _keeps_quiet(each):
            rows.append(part_row(each, tracks))
    return rows


def _keeps_quiet(component: Component) -> bool:
    return component.only_show_if_degraded and component.status == "operational"


def part_row(
    component: Component, tracks: Mapping[int, Track], members: tuple[PartRow, ...] = ()
) -> PartRow:
    track = tracks.get(component.pk)
    return PartRow(
        address=component_address(component.public_id),
        name=component.name,
        description=component.description,
        status=component.status,
        words=PART.get(component.status, component.status),
        members=members,
        is_group=component.is_group,
        bars=bars_of(track) if track else None,
    )


def _said(incident: PublicIncident) -> list[str]:
    said = []
    if incident.summarised_at:
        said.append(gettext("Summary published"))
    if incident.closed_at:
        said.append(gettext("Closure published"))
    return said


def _label(publication: Publication) -> str:
    if publication.kind == PublicationKind.UPDATE:
        status = publication.facts.get("update", {}).get("status", "")
        return STATUS.get(status, KIND["update"])
    return KIND.get(publication.kind, KIND["update"])


def _newest_change(
    page: Page, incidents: Sequence[PublicIncident], components: Sequence[Component]
) -> datetime:
    changes = [each.updated_at for each in incidents] + [each.updated_at for each in components]
    return max(changes, default=page.created_at)
