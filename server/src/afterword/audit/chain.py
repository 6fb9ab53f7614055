"""The chain as anybody can check it: an entry, the line it is exported as, and what fits.

A line is JSON of what the entry's hash commits to, the hash before it and its own. Lines that were
picked out (by a search) are each checked alone; lines that follow each other, against each other.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from afterword.audit.models import Entry
from afterword.kit.hashing import canonical_json, chained
from afterword.kit.timespans import iso_utc

GENESIS = "0" * 64
_HASHES = ("previous_hash", "hash")


@dataclass
class Checked:
    """What a look at lines or rows found. ``left_out``: how often numbers were skipped."""

    entries: int = 0
    first: int = 0
    last: int = 0
    left_out: int = 0
    head: str = ""
    broken: list[str] = field(default_factory=list)


def content_of(entry: Entry) -> dict[str, Any]:
    """Return the part of an entry that its hash commits to."""
    content = {
        "sequence": entry.sequence,
        "at": iso_utc(entry.at),
        "actor_id": entry.actor_id,
        "actor": entry.actor_label,
        "verb": entry.verb,
        "subject": entry.subject,
        "detail": entry.detail,
    }
    # Absent rather than null, so that entries made before they were kept hash as they did.
    origin = {"came_from": entry.came_from, "device": entry.device}
    return content | {name: value for name, value in origin.items() if value}


def line_of(entry: Entry) -> str:
    """Return the entry as one line of an export, without its line end."""
    hashes = {"previous_hash": entry.previous_hash, "hash": entry.hash}
    return canonical_json(content_of(entry) | hashes)


def check_lines(lines: Iterable[str]) -> Checked:
    """Check exported lines, oldest first. Blank lines are passed over."""
    return check(_content_and_hashes(line) for line in lines if line.strip())


def check(entries: Iterable[dict[str, Any] | None]) -> Checked:
    """Check entries as exported (None: cannot be read), oldest first."""
    seen = Checked()
    for number, entry in enumerate(entries, start=1):
        if entry is None:
            seen.broken.append(f"Line {number} is not an entry of an audit log.")
            continue
        _follow(seen, entry)
    return seen


def _follow(seen: Checked, entry: dict[str, Any]) -> None:
    sequence = entry["sequence"]
    content = {name: value for name, value in entry.items() if name not in _HASHES}
    if entry["hash"] != chained(entry["previous_hash"], content):
        seen.broken.append(f"Entry {sequence} was changed after it was written.")
    elif sequence == 1 and entry["previous_hash"] != GENESIS:
        seen.broken.append("Entry 1 does not begin a log.")
    elif seen.entries and sequence <= seen.last:
        seen.broken.append(f"Entry {sequence} stands out of order, after entry {seen.last}.")
    elif seen.entries and sequence == seen.last + 1 and entry["previous_hash"] != seen.head:
        seen.broken.append(f"Entry {sequence} does not follow the entry {seen.last} before it.")
    if seen.entries:
        seen.left_out += sequence > seen.last + 1
    else:
        seen.first = sequence
    seen.entries += 1
    seen.last, seen.head = sequence, entry["hash"]


def _content_and_hashes(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    whole = (
        isinstance(entry, dict)
        and isinstance(entry.get("sequence"), int)
        and all(isinstance(entry.get(name), str) for name in _HASHES)
    )
    return entry if whole else None


def as_exported(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Yield rows in the shape that ``check`` reads."""
    for entry in entries:
        yield content_of(entry) | {"previous_hash": entry.previous_hash, "hash": entry.hash}
