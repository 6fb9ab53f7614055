"""Incidents of the same hours: one outage that is told as several looks smaller than it was. Pure.

Whether they are one nobody can know here. What is close together is found, and what both name.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from afterword.incidents.queries import RECURRENCE_WINDOW
from afterword.trust.looking_alike import Mark, Window

SOON_AFTER: Final = timedelta(hours=6)
"""So long after an earlier one is over, the same cause or part is trouble of the same hours."""
AT_ONCE: Final = timedelta(hours=1)
"""What begins within it of another that goes on is named, whatever either is said to have hit."""


@dataclass(frozen=True)
class Near:
    """The newest earlier incident that one is close to (``earlier``, its key).

    ``apart`` is from its beginning to that of the other, ``over_for`` how long it had been over
    then (None: it went on), ``others`` how many more earlier ones there are.
    """

    earlier: int
    apart: timedelta
    over_for: timedelta | None
    same_cause: bool
    same_part: bool
    others: int = 0


def close_together(window: Window, asked: Collection[int]) -> dict[int, Near]:
    """Return of these incidents, by key, those that are close to an earlier one."""
    found: dict[int, Near] = {}
    # Those that may still be close to one that begins later: what goes on, or was over just now.
    open_ones: list[tuple[datetime, int, datetime | None, set[Mark]]] = []
    for (at, pk), marks in sorted(window.marks.items(), key=lambda each: each[0]):
        if pk not in window.ended:
            continue
        open_ones = [
            one for one in open_ones
            if at - one[0] <= RECURRENCE_WINDOW and (one[2] is None or at - one[2] <= SOON_AFTER)
        ]  # fmt: skip
        if pk in asked:
            near = [
                Near(earlier, at - began, _over_for(ended, at), *_both_name(marks, others))
                for began, earlier, ended, others in open_ones
                if at - began <= AT_ONCE or not marks.isdisjoint(others)
            ]
            near = [one for one in near if _is_close(one)]
            if near:
                newest = near[-1]
                found[pk] = Near(
                    newest.earlier, newest.apart, newest.over_for, newest.same_cause,
                    newest.same_part, len(near) - 1,
                )  # fmt: skip
        open_ones.append((at, pk, window.ended[pk], marks))
    return found


def _is_close(one: Near) -> bool:
    if one.same_cause or one.same_part:
        return True
    return one.over_for is None and one.apart <= AT_ONCE


def _over_for(ended: datetime | None, at: datetime) -> timedelta | None:
    return None if ended is None or ended > at else at - ended


def _both_name(one: set[Mark], other: set[Mark]) -> tuple[bool, bool]:
    kinds = {kind for kind, _ in one & other}
    return "cause" in kinds, "part" in kinds
