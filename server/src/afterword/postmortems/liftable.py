"""Which facts of a review may go into the record, and where there it says how well each is known.

A path leads through the record's sections; see ``incidents.record``. Pure.
"""

from collections.abc import Mapping
from typing import Any, Final

LIFTABLE: Final[Mapping[str, str]] = {
    "times.impact_began": "times.basis.impact_began",
    "times.detected": "times.basis.detected",
    "times.first_update": "times.basis.first_update",
    "times.mitigated": "times.basis.mitigated",
    "times.impact_ended": "times.basis.impact_ended",
    "times.watch_until": "times.basis.watch_until",
    "customers.affected": "customers.basis",
    "customers.total": "customers.basis",
    "customers.percent": "customers.basis",
    "regions.affected": "regions.basis",
    "symptoms": "",
    "data.confidentiality": "",
    "data.loss": "",
    "data.integrity": "",
    "data.categories": "",
    "data.people": "data.people_basis",
    "data.checked_how": "",
    "cause.text": "cause.confidence",
    "cause.class": "",
}
TIME_OF_MILESTONE: Final = {
    "began": "times.impact_began",
    "detected": "times.detected",
    "mitigated": "times.mitigated",
    "resolved": "times.impact_ended",
}
"""Where the time of a line of the timeline belongs."""


def value_at(data: Mapping[str, Any], path: str) -> Any:
    """Return the fact at a path, None where there is none."""
    here: Any = data
    for name in path.split("."):
        here = here.get(name) if isinstance(here, Mapping) else None
    return here


def put_at(data: dict[str, Any], path: str, value: Any) -> None:
    """Put a fact at a path of a record, in place."""
    *sections, name = path.split(".")
    here = data
    for section in sections:
        here = here.setdefault(section, {})
    here[name] = value
