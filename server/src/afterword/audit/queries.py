from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from afterword.audit.chain import GENESIS, Checked, as_exported, check, content_of
from afterword.audit.models import Entry
from afterword.kit.hashing import chained

_AT_ONCE = 1000
# DISTINCT would read the whole log. These skip from one value to the next in the index: the cost
# grows with the values there are, never with the entries.
_DEVICES = (
    "WITH RECURSIVE found (device) AS (SELECT min(device) FROM audit_entry UNION ALL "
    "SELECT (SELECT min(device) FROM audit_entry WHERE device > found.device) FROM found "
    "WHERE found.device IS NOT NULL) SELECT device FROM found WHERE device IS NOT NULL"
)
_ACTORS = (
    "WITH RECURSIVE found (actor) AS (SELECT min(actor_id) FROM audit_entry UNION ALL "
    "SELECT (SELECT min(actor_id) FROM audit_entry WHERE actor_id > found.actor) FROM found "
    "WHERE found.actor IS NOT NULL) SELECT actor, (SELECT actor_label FROM audit_entry "
    "WHERE actor_id = found.actor ORDER BY sequence DESC LIMIT 1) FROM found "
    "WHERE actor IS NOT NULL"
)


@dataclass(frozen=True)
class Asked:
    """What to look for; empty or None leaves it open.

    ``verb`` and ``subject`` are beginnings (``statements.`` finds every act on statements),
    ``device`` is a part of its name in small or capital letters, ``since`` and ``until`` instants
    (UTC), the second one excluded.
    """

    actor_id: int | None = None
    verb: str = ""
    subject: str = ""
    device: str = ""
    since: datetime | None = None
    until: datetime | None = None


def entries_about(subject: str) -> list[Entry]:
    """Return every act on the subject, oldest first."""
    return list(Entry.objects.filter(subject=subject).order_by("sequence"))


def newest(limit: int, *, before: int | None = None, asked: Asked | None = None) -> list[Entry]:
    """Return the newest acts, newest first; ``before`` is the sequence number to go on below."""
    found = _matching(asked or Asked())
    if before is not None:
        found = found.filter(sequence__lt=before)
    return list(found.order_by("-sequence")[:limit])


def newest_of(verb: str, subject: str) -> int:
    """Return the sequence number of the newest such act on the subject; 0 when there is none."""
    found = Entry.objects.filter(verb=verb, subject=subject).order_by("-sequence")
    return found.values_list("sequence", flat=True).first() or 0


def details_since(
    since: datetime, *, actor_id: int | None, verb: str, subject: str
) -> list[dict[str, Any]]:
    """Return the details of such acts of one actor on the subject from an instant (UTC) on."""
    found = Entry.objects.filter(at__gte=since, actor_id=actor_id, verb=verb, subject=subject)
    return list(found.order_by("sequence").values_list("detail", flat=True))


def oldest_first(asked: Asked) -> Iterator[Entry]:
    """Yield every act that was asked for, oldest first, without holding them all."""
    yield from _matching(asked).order_by("sequence").iterator(chunk_size=_AT_ONCE)


def actors() -> list[tuple[int, str]]:
    """Return (id, newest label) of everybody who ever acted, by label."""
    with connection.cursor() as cursor:
        cursor.execute(_ACTORS)
        return sorted(cursor.fetchall(), key=lambda each: (each[1].casefold(), each[0]))


def checked() -> Checked:
    """Check the whole log as it stands in the database. A number left out breaks it."""
    seen = check(as_exported(Entry.objects.order_by("sequence").iterator(chunk_size=_AT_ONCE)))
    if seen.left_out or (seen.entries and seen.first != 1):
        seen.broken.append("Entries are missing: the numbers have gaps.")
    return seen


def broken_links() -> Iterator[int]:
    """Yield the sequence number of each entry whose hash or place in the chain is wrong."""
    previous, expected = GENESIS, 1
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=_AT_ONCE):
        right = (
            entry.sequence == expected
            and entry.previous_hash == previous
            and entry.hash == chained(previous, content_of(entry))
        )
        if not right:
            yield entry.sequence
        previous, expected = entry.hash, entry.sequence + 1


def _devices() -> list[str]:
    """Return every device in the log. Few names exist."""
    with connection.cursor() as cursor:
        cursor.execute(_DEVICES)
        return [device for (device,) in cursor.fetchall()]


def _matching(asked: Asked) -> QuerySet[Entry]:
    found = Entry.objects.all()
    if asked.actor_id is not None:
        found = found.filter(actor_id=asked.actor_id)
    if asked.verb:
        found = found.filter(verb__startswith=asked.verb)
    if asked.subject:
        found = found.filter(subject__startswith=asked.subject)
    if asked.device:
        part = asked.device.casefold()
        found = found.filter(device__in=[each for each in _devices() if part in each.casefold()])
    if asked.since is not None:
        found = found.filter(at__gte=asked.since)
    if asked.until is not None:
        found = found.filter(at__lt=asked.until)
    return found
