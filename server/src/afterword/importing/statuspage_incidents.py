"""Incidents, maintenances and their updates, from the objects of a Statuspage page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from afterword.importing.bodies import MAX_BODY, is_harmless, removed_from, safe_body
from afterword.importing.parsed import ParsedAffected, ParsedIncident, ParsedUpdate
from afterword.importing.reading import Reading, shown
from afterword.importing.statuspage_components import Components, read_id
from afterword.kit.ids import is_public_id
from afterword.kit.timespans import iso_exact

INCIDENT = ("investigating", "identified", "monitoring", "resolved")
MAINTENANCE = ("scheduled", "in_progress", "verifying", "completed")
OVER = ("resolved", "completed")
IMPACTS = ("none", "maintenance", "minor", "major", "critical")
MAX_SOURCE_TEXT = 10_000
_KEPT = ("shortlink", "impact_override", "backfilled", "reminder_intervals", "metadata")
_KEPT_OF_UPDATE = ("deliver_notifications", "custom_tweet", "tweet_id", "wants_twitter_update")


def read_incident(
    item: Mapping[str, Any],
    place: str,
    reading: Reading,
    components: Components,
    seen: set[str],
) -> ParsedIncident | None:
    """Return the incident, or None after reporting why it cannot be kept."""
    public_id = read_id(item, place, reading)
    if public_id is None:
        return None
    if public_id in seen:
        reading.skip(place, f"id {shown(public_id)} is there twice; the first counts")
        return None
    title = reading.line(item, "name", place, 255)
    if not title:
        reading.skip(place, "an incident without a name")
        return None
    kind = _kind(item, place)
    own = _own_components(item, place, reading, components)
    updates = _updates(item, place, kind, reading, components)
    if not updates:
        reading.skip(place, "none of its updates could be read, so there is nothing to show")
        return None
    times = _Times(item, place, kind, updates, reading)
    if times.impossible:
        reading.skip(place, times.impossible)
        return None
    touched = [a.component for u in updates for a in u.affected or ()]
    return ParsedIncident(
        public_id=public_id,
        kind=kind,
        title=title,
        status=_status(item, place, updates, reading),
        impact=_impact(item, place, kind, reading),
        started_at=times.started,
        created_at=times.created,
        updated_at=times.updated,
        monitoring_at=times.monitoring,
        resolved_at=times.resolved,
        scheduled_for=times.scheduled_for,
        scheduled_until=times.scheduled_until,
        components=tuple(dict.fromkeys(own + touched)),
        updates=tuple(updates),
        extra=_extra(item, _KEPT) | _other_spelling(item, public_id),
    )


def _kind(item: Mapping[str, Any], place: str) -> str:
    planned = place.startswith("/scheduled_maintenances") or item.get("status") in MAINTENANCE
    return "maintenance" if planned else "incident"


def _own_components(
    item: Mapping[str, Any], place: str, reading: Reading, components: Components
) -> list[str]:
    found = (
        components.read(component, where, embedded=True)
        for where, component in reading.items(item, "components", place)
    )
    return [public_id for public_id in found if public_id is not None]


def _updates(
    item: Mapping[str, Any], place: str, kind: str, reading: Reading, components: Components
) -> list[ParsedUpdate]:
    """Return the readable updates, oldest first, the published review (if any) last."""
    raw = list(reading.items(item, "incident_updates", place))
    found: dict[str, ParsedUpdate] = {}
    previous = "scheduled" if kind == "maintenance" else "investigating"
    for where, entry in reversed(raw):  # Statuspage lists the newest first
        update = _update(entry, where, kind, previous, reading, components)
        if update is None:
            continue
        if update.public_id in found:
            reading.skip(where, f"id {shown(update.public_id)} is there twice")
            continue
        found[update.public_id] = update
        previous = update.status
    review = _published_review(item, place, reading)
    if review is not None:
        found.setdefault(review.public_id, review)
    return sorted(found.values(), key=lambda u: (u.display_at, u.created_at))


def _update(
    entry: Mapping[str, Any],
    where: str,
    kind: str,
    previous: str,
    reading: Reading,
    components: Components,
) -> ParsedUpdate | None:
    public_id = read_id(entry, where, reading)
    if public_id is None:
        return None
    created = reading.moment(entry, "created_at", where)
    display = reading.moment(entry, "display_at", where) or created
    if display is None:
        reading.skip(where, "an update without a time that can be right")
        return None
    extra = _extra(entry, _KEPT_OF_UPDATE) | _source_text(entry, where)
    if updated := reading.moment(entry, "updated_at", where):
        extra["updated_at"] = iso_exact(updated)
    if entry.get("status") == "postmortem":
        extra["statuspage_status"] = "postmortem"
    return ParsedUpdate(
        public_id=public_id,
        status=_update_status(entry, where, kind, previous, reading),
        body=_body(entry, "body", where, reading),
        display_at=display,
        created_at=created or display,
        affected=_affected(entry, where, reading, components),
        extra=extra,
    )


def _update_status(
    entry: Mapping[str, Any], where: str, kind: str, previous: str, reading: Reading
) -> str:
    value = entry.get("status")
    allowed = MAINTENANCE if kind == "maintenance" else INCIDENT
    if value in allowed:
        return str(value)
    if value == "postmortem":
        return "completed" if kind == "maintenance" else "resolved"
    reading.mend(f"{where}/status", f"{shown(value)} is no {kind} status; taken as {previous!r}")
    return previous


def _body(entry: Mapping[str, Any], key: str, where: str, reading: Reading) -> str:
    text = reading.text(entry, key, where, MAX_BODY)
    removed = removed_from(text)
    if removed:
        reading.mend(f"{where}/{key}", f"removed what could act: {', '.join(removed)}")
    return safe_body(text)


def _source_text(entry: Mapping[str, Any], where: str) -> dict[str, str]:
    """Keep the text as it was written, for programs that read it, where that can do no harm."""
    text = Reading(None).text(entry, "body", where, MAX_BODY)
    if safe_body(text) == f"<p>{text}</p>" or len(text) > MAX_SOURCE_TEXT:
        return {}
    return {"text": text} if is_harmless(text) else {}


def _affected(
    entry: Mapping[str, Any], where: str, reading: Reading, components: Components
) -> tuple[ParsedAffected, ...] | None:
    if entry.get("affected_components") is None:
        return None
    found: dict[str, ParsedAffected] = {}
    for place, item in reading.items(entry, "affected_components", where):
        code = item.get("code")
        name = reading.line(item, "name", place, 200)
        if code is None:  # very old pages write "No components were affected…" as a name
            continue
        if not isinstance(code, str) or not is_public_id(code.lower()):
            reading.skip(place, f"{shown(code)} cannot be used as an id")
            continue
        found[code.lower()] = ParsedAffected(
            component=code.lower(),
            name=name or code,
            old_status=components.status(item, "old_status", place),
            new_status=components.status(item, "new_status", place),
        )
        components.mention(code.lower(), name or code)
    return tuple(found.values())


def _published_review(item: Mapping[str, Any], place: str, reading: Reading) -> ParsedUpdate | None:
    """Return a published ``postmortem_body`` as a last update; drafts are left alone."""
    published = reading.moment(item, "postmortem_published_at", place)
    if published is None or item.get("postmortem_ignored") is True:
        return None
    updates = item.get("incident_updates")
    entries = updates if isinstance(updates, list) else []
    if any(isinstance(e, dict) and e.get("status") == "postmortem" for e in entries):
        return None
    body = _body(item, "postmortem_body", place, reading)
    if not body:
        return None
    return ParsedUpdate(
        public_id="published-review",
        status="resolved",
        body=body,
        display_at=published,
        created_at=published,
        extra={"statuspage_status": "postmortem"},
    )


def _status(
    item: Mapping[str, Any], place: str, updates: list[ParsedUpdate], reading: Reading
) -> str:
    newest = updates[-1].status
    value = item.get("status")
    if value in (newest, "postmortem"):
        return newest
    reading.mend(f"{place}/status", f"{shown(value)} differs from its newest update: {newest!r}")
    return newest


def _impact(item: Mapping[str, Any], place: str, kind: str, reading: Reading) -> str:
    value = item.get("impact")
    if value in IMPACTS:
        return str(value)
    taken = "maintenance" if kind == "maintenance" else "none"
    reading.mend(f"{place}/impact", f"{shown(value)} is no impact; taken as {taken!r}")
    return taken


class _Times:
    """The times of one incident, made consistent; ``impossible`` says why they cannot be."""

    def __init__(
        self,
        item: Mapping[str, Any],
        place: str,
        kind: str,
        updates: list[ParsedUpdate],
        reading: Reading,
    ) -> None:
        first, last = updates[0], updates[-1]
        self.impossible = ""
        self.created = reading.moment(item, "created_at", place) or first.created_at
        self.started = reading.moment(item, "started_at", place) or first.display_at
        self.updated = max(
            reading.moment(item, "updated_at", place) or last.display_at, last.display_at
        )
        self.monitoring = reading.moment(item, "monitoring_at", place)
        self.resolved = self._resolved(item, place, updates, reading)
        self.scheduled_for = reading.moment(item, "scheduled_for", place, may_be_ahead=True)
        self.scheduled_until = reading.moment(item, "scheduled_until", place, may_be_ahead=True)
        self._settle_end(place, first, reading)
        self._settle_plan(place, kind, reading)

    @staticmethod
    def _resolved(
        item: Mapping[str, Any], place: str, updates: list[ParsedUpdate], reading: Reading
    ) -> datetime | None:
        given = reading.moment(item, "resolved_at", place)
        if updates[-1].status not in OVER:
            return None
        if given is not None:
            return given
        ended = updates[-1]
        for update in reversed(updates):
            if update.status not in OVER:
                break
            ended = update
        return ended.display_at

    def _settle_end(self, place: str, first: ParsedUpdate, reading: Reading) -> None:
        if self.resolved is None or self.resolved >= self.started:
            return
        if first.display_at <= self.resolved:
            reading.mend(
                f"{place}/started_at", "is after the end; taken from the first update instead"
            )
            self.started = first.display_at
        else:
            self.impossible = "it ends before it starts, and its updates do not say otherwise"

    def _settle_plan(self, place: str, kind: str, reading: Reading) -> None:
        if kind != "maintenance":
            self.scheduled_for = self.scheduled_until = None
            return
        if self.scheduled_for is None:
            self.scheduled_for = self.started
        if self.scheduled_until is not None and self.scheduled_until < self.scheduled_for:
            reading.mend(f"{place}/scheduled_until", "is before scheduled_for; left out")
            self.scheduled_until = None


def _extra(item: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """Keep small foreign facts we have no column for; long or nested ones are dropped."""
    kept: dict[str, Any] = {}
    for key in keys:
        value = item.get(key)
        if isinstance(value, str) and value and len(value) <= 300:
            kept[key] = _plain(value)
        elif isinstance(value, int) and abs(value) < 2**63:
            # JSON readers round whole numbers this long; a tweet's id is only ever compared.
            kept[key] = value if abs(value) < 10**15 else str(value)
    return kept


def _other_spelling(item: Mapping[str, Any], public_id: str) -> dict[str, str]:
    """Keep the id as the source writes it, where ours is its lower case."""
    value = item.get("id")
    return {"source_id": value} if isinstance(value, str) and value != public_id else {}


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isprintable())
