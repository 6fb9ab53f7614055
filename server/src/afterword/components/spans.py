"""Laying one stretch of time over others: pure, so that the past can be told in any order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from afterword.components.rollup import WORST_LAST


@dataclass(frozen=True)
class Stretch:
    """[began, ended) in one status, UTC; ``ended`` None while it lasts."""

    began: datetime
    ended: datetime | None
    status: str
    because_of: str = ""


def overlaid(present: Sequence[Stretch], new: Stretch) -> list[Stretch]:
    """Return the stretches with the new one laid over: the worse status wins, gaps are filled.

    ``present`` must not overlap itself; the answer does not overlap either, is in order of time,
    and is equal to ``present`` when nothing changes. Raises ValueError when ``new`` has no end.
    """
    if new.ended is None:
        raise ValueError("only a stretch with an end can be laid over the past")
    result: list[Stretch] = []
    gaps = [(new.began, new.ended)]
    for old in sorted(present, key=lambda s: s.began):
        outside = old.began >= new.ended or (old.ended is not None and old.ended <= new.began)
        if outside:
            result.append(old)
            continue
        begin = max(old.began, new.began)
        end = new.ended if old.ended is None else min(old.ended, new.ended)
        gaps = _without(gaps, begin, end)
        if WORST_LAST.index(old.status) >= WORST_LAST.index(new.status):
            result.append(old)
            continue
        if old.began < begin:
            result.append(replace(old, ended=begin))
        result.append(replace(new, began=begin, ended=end))
        if old.ended is None or old.ended > end:
            result.append(replace(old, began=end))
    result += [replace(new, began=begin, ended=end) for begin, end in gaps]
    return _merged(sorted(result, key=lambda s: s.began))


def _without(
    gaps: Sequence[tuple[datetime, datetime]], begin: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    left: list[tuple[datetime, datetime]] = []
    for first, last in gaps:
        if first < begin:
            left.append((first, min(last, begin)))
        if last > end:
            left.append((max(first, end), last))
    return [(a, b) for a, b in dict.fromkeys(left) if a < b]


def _merged(stretches: Sequence[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for one in stretches:
        last = merged[-1] if merged else None
        if last and last.ended == one.began and _alike(last, one):
            merged[-1] = replace(last, ended=one.ended)
        else:
            merged.append(one)
    return merged


def _alike(a: Stretch, b: Stretch) -> bool:
    return a.status == b.status and a.because_of == b.because_of
