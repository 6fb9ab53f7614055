"""What the page says that cannot all be so, and what goes on without a word.

The rules follow what audits of status pages look for: a part that is down and no incident that says
so, an incident over parts that all work, planned work past its end, silence.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from afterword.components.models import Component, ComponentStatus, Page
from afterword.components.queries import in_status_since, shown_components
from afterword.desk.templatetags.desk_words import coarse_span
from afterword.incidents import queries as incidents
from afterword.incidents.cadence import NextWord, first_word_late
from afterword.incidents.models import Incident, Kind, Status, Update

_DOWN = frozenset({ComponentStatus.DEGRADED, ComponentStatus.PARTIAL, ComponentStatus.MAJOR})


@dataclass(frozen=True)
class Unexplained:
    """A part shown as failing while no open incident names it; ``since`` when (UTC)."""

    component: Component
    since: datetime


def unexplained(page: Page, going_on: Iterable[Incident]) -> list[Unexplained]:
    """Return the parts that fail in public without an incident that says so."""
    named = {part.pk for each in going_on for part in each.components.all()}
    return [
        Unexplained(each, in_status_since(each))
        for each in shown_components(page)
        if each.status in _DOWN and not each.is_group and each.pk not in named
    ]


def what_to_say(incident: Incident, due: NextWord | None) -> str:
    """Return what is owed about something that goes on, in the words of a heading."""
    if incident.kind == Kind.MAINTENANCE:
        return _OF_PLANNED_WORK[incident.status == Status.SCHEDULED]
    if all_parts_work(incident):
        return "Resolve it, or say what still fails"
    if incident.status == Status.MONITORING and (due is None or due.because != "promised"):
        return "Resolve it, or say that you are still watching"
    return "Say what you know"


_OF_PLANNED_WORK = {
    True: "Say that the work has begun, or move it",
    False: "Say that the work is over, or move its end",
}


def why_now(incident: Incident, newest: Update | None, due: NextWord | None, now: datetime) -> str:
    """Return, in a sentence or two, what was said last and what makes the next word due."""
    said = "No word has been said yet."
    if newest is not None:
        ago = max(int((now - newest.display_at).total_seconds()), 0)
        said = f"Last word {coarse_span(ago)} ago."
    more = []
    if incident.kind != Kind.MAINTENANCE and all_parts_work(incident):
        more.append("All its parts are shown as operational.")
    if due is not None:
        more.append(_BECAUSE[due.because].format(at=f"{due.at:%H:%M} UTC"))
    return " ".join([said, *more])


_BECAUSE = {
    "promised": "The next was promised by {at}.",
    "monitoring": "Watching without a word for an hour reads as forgotten.",
    "silence": "Nothing was promised; silence gets hard to bear from {at} on.",
    "end": "It was planned to end by {at}.",
    "beginning": "It was planned to begin at {at}.",
}


def all_parts_work(incident: Incident) -> bool:
    """Whether the incident names parts and all of them are shown as operational."""
    parts = incident.components.all()
    return bool(parts) and all(each.status == ComponentStatus.OPERATIONAL for each in parts)


def notes_about(incident: Incident, updates: Sequence[Update]) -> Iterator[str]:
    """Yield what an audit would note about the incident, a sentence each. ``updates`` from the
    oldest on.
    """
    if incident.kind == Kind.MAINTENANCE or incident.source:
        return
    if (late := first_word_late(incident, updates[0] if updates else None)) is not None:
        waited = coarse_span(int(late.total_seconds()))
        yield f"The first public word came {waited} after it began."
    if (again := incidents.hit_shortly_before(incident)) is not None:
        part, before = again
        ended = before.resolved_at or before.started_at
        since = coarse_span(max(int((incident.started_at - ended).total_seconds()), 0))
        yield f"{part.name} was hit again {since} after “{before.title}” was over."
