"""One finding for a place: rules that widen a category say nothing of words that are found already.

Each rule of the catalogue says its own of a place. Others were added to find more ways of saying
the same, by a certain wording or by classes of words, and often meet them on the same words. Where
the place of one finding lies in that of another of its category, one that only widens gives way.
Facts, times, missing answers and the shape of a text are each their own matter, even where they are
told at the same place.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from typing import Final

from plaintalk.finding import SEVERITIES, Finding

EACH_ITS_OWN: Final = frozenset({"record", "missing", "readability", "time"})
"""Categories of which every finding asks for something else."""
_GRAVITY: Final = {severity: at for at, severity in enumerate(SEVERITIES)}
_ALONE: Final = 1
_CATALOGUED: Final = {
    "BLM": 10, "DEF": 15, "HDG": 11, "JRG": 9, "LEK": 11, "MIN": 11, "OVR": 8, "TON": 8, "VAG": 11,
}  # fmt: skip
"""The last number of each family in the catalogue that the product was designed with."""


def widens(rule: str) -> bool:
    """Whether a rule was added to a family of the catalogue, by the id of the rule."""
    family, number = rule.split("-")
    return family in _CATALOGUED and int(number) > _CATALOGUED[family]


def one_for_a_place(
    findings: Iterable[Finding], widening: Collection[str], of_classes: Collection[str]
) -> tuple[list[Finding], list[Finding]]:
    """Split findings into those that stand and those that another one stands for.

    Every error stands: it is let through by its own name, by some only with counsel or a second
    person; and every finding of a rule that is not `widening`. Of the rest stands what a rule for a
    certain wording found before one of `of_classes`, the graver first of all, then the longer, the
    one that begins first, the lower id. What is left out lies in a finding that stands, or around
    one, that is at least as grave.
    """
    standing: list[Finding] = []
    covered: list[Finding] = []
    groups: dict[str, list[Finding]] = {}
    for one in findings:
        if one.category in EACH_ITS_OWN:
            standing.append(one)
        else:
            groups.setdefault(one.category, []).append(one)
    for group in groups.values():
        if len(group) == _ALONE:
            standing += group
            continue
        group.sort(
            key=lambda one: (
                _GRAVITY[one.severity],
                one.rule in widening,
                one.rule in of_classes,
                one.start - one.end,
                one.start,
                one.rule,
            )
        )
        levels = [_Places()]
        for one in group:
            level = next((each for each in levels if not each.meets(one.start, one.end)), None)
            if one.severity == "error" or one.rule not in widening:
                if level is None:
                    level = _Places()
                    levels.append(level)
            elif level is None or any(each.meets(one.start, one.end) for each in levels):
                covered.append(one)
                continue
            level.add(one.start, one.end)
            standing.append(one)
    return standing, covered


class _Places:
    """Places of which none lies in another, so that their ends are in the order of their starts."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def meets(self, start: int, end: int) -> bool:
        """Whether a place lies in one of them, or one of them in it."""
        starts, ends = self._starts, self._ends
        before = bisect_right(starts, start) - 1
        if before >= 0 and ends[before] >= end:
            return True
        at = bisect_left(starts, start)
        return at < len(starts) and ends[at] <= end

    def add(self, start: int, end: int) -> None:
        """Add a place that meets none of them."""
        at = bisect_left(self._starts, start)
        self._starts.insert(at, start)
        self._ends.insert(at, end)
