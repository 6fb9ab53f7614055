"""What the incident itself tells of the course of things: its updates, and the record's times."""

from collections.abc import Iterator
from dataclasses import replace

from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record, updates_of
from afterword.incidents.record import starting_record
from afterword.kit.timespans import iso_utc, parse_iso
from afterword.postmortems.content import MAX_ENTRY, Content, Entry, checked

_TIMES = {
    "impact_began": ("began", "The first customer could feel it."),
    "detected": ("detected", "We noticed."),
    "mitigated": ("mitigated", "Most of it was over."),
    "impact_ended": ("resolved", "The last customer stopped feeling it."),
}


def filled(content: Content, incident: Incident) -> Content:
    """Return the content with the lines it lacks of those that the incident can tell. Reads only.

    A line that came from an update or the record before counts as there.
    """
    known = {entry.origin for entry in content.timeline if entry.origin}
    added = [each for each in told_of(incident) if each.origin not in known]
    if not added:
        return content
    return checked(replace(content, timeline=(*content.timeline, *added)))[0]


def told_of(incident: Incident) -> Iterator[Entry]:
    """Yield the lines that the incident's updates and its record tell."""
    record = current_record(incident)
    data = record.data if record else starting_record(incident)
    times = data.get("times") or {}
    basis = times.get("basis") or {}
    for key, (kind, what) in _TIMES.items():
        if times.get(key):
            source = f"the record, {basis.get(key) or 'unknown how well'}"
            yield _entry(f"record:{key}", iso_utc(parse_iso(times[key])), kind, what, source)
    yield from _opening(incident)
    for update in updates_of(incident):
        yield _entry(
            f"update:{update.public_id}", iso_utc(update.display_at), "said",
            f"{update.get_status_display()}: {update.body}"[:MAX_ENTRY], "our public update",
        )  # fmt: skip


def _opening(incident: Incident) -> Iterator[Entry]:
    """Yield that the incident was opened, unless it was written down only afterwards."""
    over = incident.resolved_at
    if over is not None and incident.created_at > over:
        return
    yield _entry(
        "incident:opened", iso_utc(incident.created_at), "declared",
        "The incident was opened.", "this desk",
    )  # fmt: skip


def _entry(origin: str, at: str, kind: str, what: str, source: str) -> Entry:
    return Entry(id=origin, at=at, kind=kind, what=what, source=source, origin=origin)
