"""What a day of a component was like, and how much of a time it worked: pure figures.

Days are UTC days. Where stretches overlap, the worse status counts. A day on which nothing is
known of is ``NO_DATA``, never a good day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final

from afterword.components.models import ComponentStatus
from afterword.components.rollup import WORST_LAST
from afterword.components.spans import Stretch

NO_DATA: Final = "no_data"
DAY: Final = timedelta(days=1)
# Per cent of the time in a status that counts as downtime. Statuspage's: a partial outage hits
# some people or some of the work, and slowness is shown but not counted.
USUAL_WEIGHTS: Final[Mapping[str, int]] = {
    ComponentStatus.DEGRADED: 0,
    ComponentStatus.PARTIAL: 30,
    ComponentStatus.MAJOR: 100,
}


@dataclass(frozen=True)
class Figures:
    """How long a component was known, and in which status, in one day or in many."""

    known: timedelta = timedelta()
    maintenance: timedelta = timedelta()
    degraded: timedelta = timedelta()
    partial: timedelta = timedelta()
    major: timedelta = timedelta()

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.known + other.known,
            self.maintenance + other.maintenance,
            self.degraded + other.degraded,
            self.partial + other.partial,
            self.major + other.major,
        )

    @property
    def worst(self) -> str:
        """The gravest status that lasted any time at all, ``NO_DATA`` when nothing is known."""
        if self.major:
            return ComponentStatus.MAJOR
        if self.partial:
            return ComponentStatus.PARTIAL
        if self.degraded:
            return ComponentStatus.DEGRADED
        if self.maintenance:
            return ComponentStatus.UNDER_MAINTENANCE
        return ComponentStatus.OPERATIONAL if self.known else NO_DATA


PLAIN: Final = Figures(known=DAY)
UNKNOWN: Final = Figures()
_FIELD: Final[Mapping[str, str]] = {
    ComponentStatus.UNDER_MAINTENANCE: "maintenance",
    ComponentStatus.DEGRADED: "degraded",
    ComponentStatus.PARTIAL: "partial",
    ComponentStatus.MAJOR: "major",
}


def days_of(stretches: Iterable[Stretch], first: date, last: date) -> dict[date, Figures]:
    """Return the figures of each day of [first, last] that is not ``PLAIN``.

    A plain day, wholly known and working, is left out: it is what most days are.
    """
    found: dict[date, Figures] = {}
    for began, ended, status in _pieces(stretches, midnight(first), midnight(last + DAY)):
        for day, length in _by_day(began, ended):
            if length == DAY and status == ComponentStatus.OPERATIONAL:
                found[day] = PLAIN
                continue
            figures = found.get(day, UNKNOWN)
            more = {"known": figures.known + length}
            if name := _FIELD.get(status):
                more[name] = getattr(figures, name) + length
            found[day] = replace(figures, **more)
    days = ((day, found.get(day, UNKNOWN)) for day in days_between(first, last))
    return {day: figures for day, figures in days if figures != PLAIN}


def share_up(figures: Figures, weights: Mapping[str, int]) -> Fraction | None:
    """Return the share of the known time that the component worked, 0 to 1, exactly.

    Maintenance counts neither way. None when nothing is left to judge by.
    """
    counted = figures.known - figures.maintenance
    if counted <= timedelta():
        return None
    lost = sum(
        (
            weights.get(status, 0) * (getattr(figures, name) // timedelta(microseconds=1))
            for status, name in _FIELD.items()
            if status != ComponentStatus.UNDER_MAINTENANCE
        ),
        0,
    )
    return 1 - Fraction(lost, 100 * (counted // timedelta(microseconds=1)))


def seconds_down(figures: Figures, weights: Mapping[str, int]) -> float:
    """Return how long the component was down, in seconds, each status by its weight (per cent)."""
    lengths: dict[str, timedelta] = {
        ComponentStatus.DEGRADED: figures.degraded,
        ComponentStatus.PARTIAL: figures.partial,
        ComponentStatus.MAJOR: figures.major,
    }
    return sum(weights.get(s, 0) / 100 * length.total_seconds() for s, length in lengths.items())


def percent_text(share: Fraction) -> str:
    """Return ``99.98``: two decimals, cut off and never rounded up; ``100`` for all of it alone."""
    hundredths = share * 10_000 // 1
    if hundredths == 10_000:
        return "100"
    return f"{hundredths // 100}.{hundredths % 100:02}"


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days of [first, last]."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def midnight(day: date) -> datetime:
    """Return the instant a day begins, UTC."""
    return datetime.combine(day, time(), tzinfo=UTC)


def utc_day(moment: datetime) -> date:
    """Return the UTC day an instant lies in."""
    return moment.astimezone(UTC).date()


def _pieces(
    stretches: Iterable[Stretch], begin: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, str]]:
    """Yield pieces of [begin, end) in order of time, none overlapping, each in its worst status."""
    clipped = [
        (max(each.began, begin), min(each.ended or end, end), each.status) for each in stretches
    ]
    clipped = sorted(each for each in clipped if each[0] < each[1])
    for group in _touching(clipped):
        if len(group) == 1:
            yield group[0]
            continue
        edges = sorted({edge for began, ended, _ in group for edge in (began, ended)})
        for began, ended in pairwise(edges):
            there = [each[2] for each in group if each[0] <= began and ended <= each[1]]
            yield began, ended, max(there, key=WORST_LAST.index)


def _touching(
    pieces: Sequence[tuple[datetime, datetime, str]],
) -> Iterator[list[tuple[datetime, datetime, str]]]:
    """Yield runs of pieces that overlap one another; sorted pieces that do not come alone."""
    group: list[tuple[datetime, datetime, str]] = []
    until: datetime | None = None
    for piece in pieces:
        if until is not None and piece[0] >= until:
            yield group
            group, until = [], None
        group.append(piece)
        until = piece[1] if until is None else max(until, piece[1])
    if group:
        yield group


def _by_day(began: datetime, ended: datetime) -> Iterator[tuple[date, timedelta]]:
    """Yield the days that [began, ended) touches, and how long it lasts in each."""
    day = utc_day(began)
    while (start := max(began, midnight(day))) < ended:
        yield day, min(ended, midnight(day + DAY)) - start
        day += DAY
