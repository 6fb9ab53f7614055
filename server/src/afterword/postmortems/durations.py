"""How long it took from one thing to the next, from the timeline, else from the record. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from afterword.kit.timespans import parse_iso
from afterword.postmortems.content import MILESTONES, Content
from afterword.postmortems.liftable import TIME_OF_MILESTONE, value_at

_SPANS: Final = (
    ("began", "detected", "Until noticed"),
    ("detected", "declared", "From noticed to declared"),
    ("declared", "mitigated", "From declared to mitigated"),
    ("mitigated", "resolved", "From mitigated to resolved"),
    ("began", "mitigated", "From its beginning to mitigated"),
    ("began", "resolved", "In all"),
)


@dataclass(frozen=True)
class Duration:
    """A span in seconds; None where one of its ends is not known or they are the wrong way round.

    ``lacks`` says which milestones are not known, ``from_record`` whether the timeline has one of
    them not, and the record has.
    """

    label: str
    seconds: int | None
    lacks: tuple[str, ...] = ()
    from_record: bool = False


def durations(content: Content, record: Mapping[str, Any]) -> list[Duration]:
    """Return the spans between beginning, noticed, declared, mitigated and resolved."""
    known = {kind: _known(kind, content, record) for kind in MILESTONES}
    found = []
    for start, end, label in _SPANS:
        (began, one), (ended, other) = known[start], known[end]
        lacks = tuple(MILESTONES[kind] for kind in (start, end) if known[kind][0] is None)
        seconds = None
        if began is not None and ended is not None and ended >= began:
            seconds = int((ended - began).total_seconds())
        found.append(Duration(label, seconds, lacks, one or other))
    return found


def _known(kind: str, content: Content, record: Mapping[str, Any]) -> tuple[datetime | None, bool]:
    """Return when, and whether only the record says so."""
    entry = content.milestone(kind)
    if entry is not None:
        return entry.moment, False
    said = value_at(record, TIME_OF_MILESTONE[kind]) if kind in TIME_OF_MILESTONE else None
    return (parse_iso(said), True) if said else (None, False)
