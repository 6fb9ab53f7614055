"""What the source changed of a thing we hold already, and have published.

What is published is never edited, so the desk must not show another text than the page does: an
edit at the source is reported and not taken over. A new update brings the incident's title, impact
and times with it, on the desk and on the page alike; the text of a published update stays for good.
"""

from collections.abc import Collection

from afterword.importing.parsed import Note, ParsedIncident, ParsedUpdate
from afterword.incidents.actions import ImportedUpdate
from afterword.incidents.models import Incident, Status, Update
from afterword.kit.texts import legible

_STAYS = "our publication stays as it was"
_WATCHED = ("impact", "started_at", "resolved_at", "scheduled_for", "scheduled_until")


def edits_of(held: Incident, updates: Collection[Update], each: ParsedIncident) -> list[Note]:
    """Return where the source says otherwise than we published, at most one note per incident."""
    by_id = {u.public_id: u for u in updates}
    texts = sum(u.public_id in by_id and _differs(by_id[u.public_id], u) for u in each.updates)
    found = [] if is_followed(updates, each) else _facts_edited(held, each)
    if texts:
        found.append("1 update" if texts == 1 else f"{texts} updates")
    if not found:
        return []
    what = ", ".join(found)
    return [Note(f"{each.kind} {each.public_id}", f"{what} edited at the source; {_STAYS}")]


def is_followed(updates: Collection[Update], each: ParsedIncident) -> bool:
    """Whether the source has an update we lack: with it, the incident's own facts are taken."""
    known = {u.public_id for u in updates}
    return any(u.public_id not in known for u in each.updates)


def as_held(update: Update) -> ImportedUpdate:
    """Return an update as we published it, to be kept as it is."""
    return ImportedUpdate(
        public_id=update.public_id,
        status=update.status,
        body=update.body,
        display_at=update.display_at,
        created_at=update.created_at,
        body_format=update.body_format,
        affected=update.affected,
        extra=update.extra,
    )


def _facts_edited(held: Incident, each: ParsedIncident) -> list[str]:
    found = [] if held.title == legible(each.title).strip() else ["title"]
    if held.status != _kept(each.status):
        found.append("status")
    found += [
        name.replace("_", " ") for name in _WATCHED if getattr(held, name) != getattr(each, name)
    ]
    return found


def _differs(held: Update, told: ParsedUpdate) -> bool:
    return (held.body, held.status, held.display_at) != (
        legible(told.body),
        _kept(told.status),
        told.display_at,
    )


def _kept(status: str) -> str:
    """Return the status as ``import_incident`` keeps it."""
    return Status.RESOLVED if status == "postmortem" else status
