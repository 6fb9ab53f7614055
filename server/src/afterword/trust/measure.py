"""What a measure is: a definition, the list behind it, and what may be said of the list. Pure.

Never a mean, never one score. Of fewer than ``FEWEST`` there is the list and nothing else. What is
counted for that is independent of each other (``Measure.of``): a hundred lines of one incident are
one incident.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple

from afterword.kit.timespans import format_span
from afterword.trust.periods import Period

FEWEST: Final = 8
SECONDS, DAYS, TIMES, PER_CENT = "seconds", "days", "times", "per cent"
# What of a measure is independent of each other, with what its definition says of it.
INCIDENTS, PROMISES, ANSWERS, WORKS = "incidents", "promises", "answers", "planned work"
NEEDS: Final[Mapping[str, str]] = MappingProxyType({
    INCIDENTS: "A figure needs eight incidents, however much is counted of each.",
    PROMISES: "A figure needs eight promises.",
    ANSWERS: "A figure needs eight answers; each is what one reader said of one text.",
    WORKS: "A figure needs eight pieces of planned work.",
})  # fmt: skip
# Why a line of a share counts neither way though everything about it is known.
NOT_DUE, NOT_OWED, NO_ANSWER, NONE_MET = "not due yet", "not owed", "no answer", "none met"
# The same of a factor: what was told first was none, and nothing is so many times that.
FROM_NONE = "from none"


class Item(NamedTuple):
    """One line of the list behind a measure. ``at`` (UTC) says which month it belongs to.

    ``value`` is what it measures (None: not known); ``is_open`` means "at least that much": it goes
    on. For shares, ``part`` of ``whole`` counts. ``about`` is the incident's public id. ``inside``
    says who did it and why, for those who may read evidence; "" where it is nobody's act.

    ``void`` says why it counts neither way though nothing about it is unknown (``NOT_DUE`` ...).
    ``promise`` is a promise's public id, ``of`` the independent unit where that is neither the
    promise nor the incident; ``is_for_few`` means that its text was on no page. ``address`` is
    where readers find it, for lists that are shown outside.

    A report has tens of thousands of them: a tuple is made in a quarter of the time of a dataclass.
    """

    at: datetime
    about: str
    title: str
    said: str
    value: float | None = None
    is_open: bool = False
    part: int = 0
    whole: int = 0
    group: str = ""
    inside: str = ""
    void: str = ""
    promise: str = ""
    of: str = ""
    is_for_few: bool = False
    address: str = ""

    @property
    def in_full(self) -> str:
        """What it says, with who did it and why if that is known here."""
        return f"{self.said}, {self.inside}" if self.inside else self.said


@dataclass(frozen=True)
class Summary:
    """What is said of a list, if there is enough of it.

    A spread has ``low``, ``median`` and ``high`` (the values a tenth, a half and nine tenths of the
    list do not exceed; each is a value of the list). ``at_least`` names those of the three that are
    a lower bound, because something goes on; ``going_on`` counts that. A share has ``part`` of
    ``whole``. ``units`` is how many of them are independent; it decides whether there is enough.
    """

    n: int
    units: int
    low: float | None = None
    median: float | None = None
    high: float | None = None
    at_least: tuple[str, ...] = ()
    going_on: int = 0
    part: int = 0
    whole: int = 0

    @property
    def is_enough(self) -> bool:
        return self.units >= FEWEST

    @property
    def share(self) -> float | None:
        """In per cent; None of too few."""
        return 100 * self.part / self.whole if self.is_enough and self.whole else None


@dataclass(frozen=True)
class Measure:
    """One measure of a period. ``kind`` is ``spread``, ``share`` or ``list`` (a trace: only named).

    ``pair`` names the measures it is read with: what makes this one look better by hiding moves
    one of those. ``per`` is of how many a share is told: 1,000 where a hundredth is a lot already.
    """

    code: str
    name: str
    definition: str
    reads_as: str
    kind: str
    items: tuple[Item, ...]
    unit: str = ""
    pair: tuple[str, ...] = ()
    of: str = INCIDENTS
    per: int = 100

    @property
    def needs(self) -> str:
        """What is enough for a figure: the last sentence of the definition."""
        return "" if self.kind == "list" else NEEDS[self.of]

    @cached_property
    def known(self) -> list[Item]:
        """The items that count; the rest is not known."""
        if self.kind == "spread":
            return [each for each in self.items if each.value is not None]
        if self.kind == "share":
            return [each for each in self.items if each.whole or each.part]
        return list(self.items)

    @property
    def not_known(self) -> int:
        """How many nobody knows; what is only not due, or not owed, is known."""
        return len(self.items) - len(self.known) - sum(bool(each.void) for each in self.items)

    @property
    def counted(self) -> str:
        """How many were counted, and how many nobody knows, in words."""
        unknown = self.not_known
        return f"{self.summary().n:,}" + (f", {unknown:,} not counted" if unknown else "")

    @property
    def groups(self) -> list[str]:
        """The groups that have items, in order; none where the measure has no groups."""
        return sorted({each.group for each in self.items if each.group})

    @property
    def severities(self) -> list[str]:
        """The groups that say how grave it was; others say what became of it, as the share does."""
        return [name for name in self.groups if name.startswith("severity ")]

    def summary(self, group: str = "") -> Summary:
        """Say what may be said, of all items or of one group."""
        if not group:
            return self._whole
        return summary_of(self, [each for each in self.known if each.group == group])

    @cached_property
    def _whole(self) -> Summary:
        return summary_of(self, self.known)

    def trend(self, period: Period) -> list[tuple[Period, Summary]]:
        """Return what may be said month by month."""
        known, found = self.known, []
        for month in period.months():
            began, ended = month.began, month.ended
            inside = [each for each in known if began <= each.at < ended]
            found.append((month, summary_of(self, inside)))
        return found


def summary_of(measure: Measure, items: Sequence[Item]) -> Summary:
    """Say what may be said of some items of a measure, all of them known."""
    if measure.kind == "share":
        part, whole = sum(each.part for each in items), sum(each.whole for each in items)
        return Summary(n=whole, units=units_of(measure, items), part=part, whole=whole)
    units = units_of(measure, items)
    if measure.kind != "spread" or units < FEWEST:
        return Summary(n=len(items), units=units)
    ordered = sorted(items, key=_by_value)
    found = {name: quantile(ordered, share) for name, share in _QUANTILES}
    return Summary(
        n=len(items),
        units=units,
        low=found["low"][0],
        median=found["median"][0],
        high=found["high"][0],
        at_least=tuple(name for name, (_, is_open) in found.items() if is_open),
        going_on=sum(each.is_open for each in items),
    )


def units_of(measure: Measure, items: Sequence[Item]) -> int:
    """Return of how many independent ones the items are: incidents, promises, readers' answers.

    Who left after a letter is of no incident, and only counts.
    """
    if measure.of == ANSWERS:
        return sum(each.whole for each in items)
    return len({each.of or each.promise or each.about for each in items} - {""})


_QUANTILES: Final = (("low", 0.1), ("median", 0.5), ("high", 0.9))


def quantile(ordered: Sequence[Item], share: float) -> tuple[float, bool]:
    """Return the value that a share of the items does not exceed (nearest rank), and whether it is
    a lower bound. The items come in order, the smallest first.

    What goes on counts with what it has come to. Where some of that lies at the value or below,
    the true one can only be higher: it will end above where it stands.
    """
    rank = max(math.ceil(share * len(ordered)), 1)
    return ordered[rank - 1].value or 0.0, any(each.is_open for each in ordered[:rank])


def _by_value(item: Item) -> tuple[float, bool]:
    return item.value or 0, item.is_open


def in_words(value: float | None, unit: str) -> str:
    """Return a value with its unit: ``42 minutes``, ``1.4 times``, ``83 %``."""
    if value is None:
        return "not known"
    if unit == SECONDS:
        return f"-{format_span(int(-value))}" if value < 0 else format_span(_coarse(int(value)))
    if unit == DAYS:
        return "1 day" if value == 1 else f"{value:g} days"
    if unit == PER_CENT:
        return per_cent(value)
    if unit == TIMES and value == 1:
        return "1 time"
    return f"{value:.2g} {unit}" if value < 100 else f"{value:,.0f} {unit}"


def per_cent(value: float) -> str:
    """Return a share without rounding it to all or to nothing."""
    if 99 < value < 100 or 0 < value < 1:
        return f"{'over 99' if value > 50 else 'under 1'} %"
    return f"{value:.0f} %"


def rate(share: float, per: int) -> str:
    """Return a share, given in per cent, as it is told: ``83 %``, ``3.4 per 1,000``.

    It is not rounded to nothing.
    """
    if per == 100:
        return per_cent(share)
    value = share * per / 100
    if 0 < value < 0.1:
        return f"under 0.1 per {per:,}"
    return f"{value:.0f} per {per:,}" if value >= 10 or not value else f"{value:.1f} per {per:,}"


def _coarse(seconds: int) -> int:
    """Days are enough from three days on, minutes below."""
    if seconds >= 3 * 86_400:
        return seconds - seconds % 86_400
    return seconds - seconds % 60 if seconds >= 60 else seconds
