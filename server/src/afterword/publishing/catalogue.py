"""What an incident can be found by and is counted under, folded from what readers get of it. Pure.

Expects publications as ``corrections.as_read`` hands them out: a retracted word is neither found
nor counted.
"""

import hashlib
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from afterword.publishing.models import Publication
from afterword.publishing.projection import Derived
from afterword.publishing.searching import searchable

UNKNOWN: Final = "unknown"
# As the record has them (``incidents.record``), the commonest first.
CAUSES: Final = (
    "change", "capacity", "supplier", "hardware", "security", "software_defect",
    "operator_action", UNKNOWN,
)  # fmt: skip
IMPACTS: Final = ("critical", "major", "minor", "none", "maintenance")
# What became of data, the worst first.
DATA_EFFECTS: Final = ("affected", "possible", "none", UNKNOWN)
# Upper ends of the classes of duration, in seconds; people think in these.
DURATIONS: Final = (15 * 60, 3600, 4 * 3600, 24 * 3600)
LASTING: Final = "lasting"
REPEAT_DAYS: Final = 30

_PLAIN_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Entry:
    """One incident in the catalogue. ``seconds`` is None while it lasts; ``told_at`` is when the
    newest word of it could first be read; ``hit`` lists its parts as (key, name); ``words`` are
    those of its texts, ready to be searched.
    """

    kind: str
    title: str
    impact: str
    data_effect: str
    cause: str
    started_at: datetime
    seconds: int | None
    told_at: datetime
    hit: list[list[str]]
    words: str


def entry_of(derived: Derived, shown: Sequence[Publication]) -> Entry:
    """Return the entry of an incident from its derived columns and what readers get of it."""
    hit = parts_hit(derived, shown)
    return Entry(
        kind=derived.kind,
        title=derived.title,
        impact=derived.impact if derived.impact in IMPACTS else "none",
        data_effect=data_effect(derived.facts),
        cause=cause_of(derived.facts),
        started_at=derived.started_at,
        seconds=seconds_of(derived),
        told_at=derived.updated_at,
        hit=hit,
        words=searchable(
            [derived.title, *(name for _, name in hit), *(t for p in shown for t in _texts(p))]
        ),
    )


def in_common(entry: Entry) -> list[str]:
    """Return the lists an incident stands in: ``impact/major``, ``component/<key>``."""
    return [
        f"impact/{entry.impact}",
        f"data/{entry.data_effect}",
        f"cause/{entry.cause}",
        *(f"component/{key}" for key, _ in entry.hit),
    ]


def counted(entry: Entry) -> list[tuple[str, str]]:
    """Return the tallies an incident counts in.

    Planned work is no incident: it counts in the lists alone.
    """
    found = [("having", each) for each in in_common(entry)]
    if entry.kind == "maintenance":
        return found
    lasted = duration_class(entry.seconds)
    return [
        *found,
        ("incidents", f"{entry.started_at.astimezone(UTC):%Y-%m}"),
        ("impact", entry.impact),
        ("data", entry.data_effect),
        ("cause", entry.cause),
        ("duration", lasted),
        *(("part", key) for key, _ in entry.hit),
        *(("lasted", f"{key}/{lasted}") for key, _ in entry.hit),
    ]


def duration_class(seconds: int | None) -> str:
    """Return the class of a duration: ``0`` (under a quarter of an hour) to ``4``, or lasting."""
    if seconds is None:
        return LASTING
    return str(sum(seconds >= end for end in DURATIONS))


def data_effect(record: Mapping[str, Any]) -> str:
    """Return what became of data: affected, possible, none, or unknown."""
    data = record.get("data")
    known = data if isinstance(data, Mapping) else {}
    values = [known.get(each) for each in ("confidentiality", "loss", "integrity")]
    if "confirmed" in values:
        return "affected"
    if "possible" in values:
        return "possible"
    return "none" if all(value == "none" for value in values) else UNKNOWN


def cause_of(record: Mapping[str, Any]) -> str:
    """Return the class of the cause a record names, or unknown."""
    cause = record.get("cause")
    said = cause.get("class") if isinstance(cause, Mapping) else None
    return said if isinstance(said, str) and said in CAUSES else UNKNOWN


def seconds_of(derived: Derived) -> int | None:
    """Return how long it lasted in seconds, None while it lasts. The record knows best."""
    said = derived.facts.get("duration_seconds")
    if isinstance(said, int) and not isinstance(said, bool) and said >= 0:
        return said
    if derived.resolved_at is None:
        return None
    return max(0, int((derived.resolved_at - derived.started_at).total_seconds()))


def parts_hit(derived: Derived, shown: Sequence[Publication]) -> list[list[str]]:
    """Return (key, name) of each part that was hit, once each.

    The record's parts when it has any, else those the updates named. A record knows names only;
    where an update named the same part, its key is the component's.
    """
    named: list[Mapping[str, Any]] = [*derived.components]
    for publication in shown:
        state = publication.facts.get("incident")
        parts = state.get("parts") if isinstance(state, Mapping) else None
        named += [p for p in parts or () if isinstance(p, Mapping) and p.get("name")]
    ids = {str(part["name"]).casefold(): str(part.get("id") or "") for part in named}
    recorded = derived.facts.get("components")
    names = [
        str(each["name"])
        for each in recorded if isinstance(each, Mapping) and each.get("name")
        and each.get("impact") != "none"
    ] if isinstance(recorded, list) else []  # fmt: skip
    if not names:
        worst = [part for part in derived.components if part["status"] != "operational"]
        names = [str(part["name"]) for part in worst or derived.components]
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(part_key(ids.get(name.casefold(), ""), name), name[:255])
    return [[key, name] for key, name in found.items()]


def part_key(public_id: str, name: str) -> str:
    """Return what a part is filed under: its id where that can stand in an address, else a hash."""
    if is_part_key(public_id):
        return public_id
    said = (public_id or name).casefold()
    return f"x{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:16]}"


def is_part_key(text: str) -> bool:
    """Whether a text could be what a part is filed under."""
    return _PLAIN_KEY.fullmatch(text) is not None


def _texts(publication: Publication) -> list[str]:
    promises = [each for each in publication.commitments or () if isinstance(each, Mapping)]
    return [
        publication.title,
        html.unescape(_TAG.sub(" ", publication.html)),
        *(
            str(each.get(part) or "")
            for each in promises
            for part in ("what", "why", "effect", "dropped_because")
        ),
    ]
