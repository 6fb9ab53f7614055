"""When an incident that was over came back, told from its publications alone. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from afterword.publishing.models import Publication

OVER: Final = frozenset({"resolved", "completed"})


def reopening_of(shown: Sequence[Publication]) -> Publication | None:
    """Return the word that last said "it is open again"; ``shown`` in the order of numbers."""
    found, was_over = None, False
    for each in shown:
        is_over = each.facts["incident"]["status"] in OVER
        if was_over and not is_over:
            found = each
        was_over = is_over
    return found


def as_it_stands(
    record: Mapping[str, Any], told_by: Publication, reopening: Publication | None
) -> dict[str, Any]:
    """Return the facts as they may be shown: what came back has no end until one is told anew."""
    if reopening is None or told_by.number > reopening.number:
        return dict(record)
    times = record.get("times")
    parts = record.get("components")
    ended = {"impact_ended": None, "watch_until": None}
    return {
        **record,
        "times": {**times, **ended} if isinstance(times, Mapping) else times,
        "components": [{**each, "ended": None} for each in parts]
        if isinstance(parts, list)
        else parts,
        "duration": None,
        "duration_seconds": None,
        "watch_until": None,
    }
