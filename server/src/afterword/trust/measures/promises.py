"""Whether what was promised in public came to pass, and how its slips were told.

How a promise went is read as the public list reads it (``publishing.promised``), from the words
readers had. When it was said to be done counts, never the day somebody says it was done on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Final

from afterword.publishing import promised
from afterword.publishing.promised import Course, Word, course, outcome_of
from afterword.trust.measure import DAYS, NOT_DUE, PROMISES, Item, Measure, in_words
from afterword.trust.rows import Row, Rows

KEPT, TOLD_AFTER, WITH_NOTICE, SILENT, DROPPED, TAKEN_BACK, WAITS = (
    "kept", "done in time, told after", "late, told before", "late, without a word", "dropped",
    "taken back with its text", "not due yet",
)  # fmt: skip
FATES: Final = (KEPT, TOLD_AFTER, WITH_NOTICE, SILENT, DROPPED, TAKEN_BACK, WAITS)
MISSED: Final = frozenset({TOLD_AFTER, WITH_NOTICE, SILENT})
GIVEN_UP: Final = frozenset({DROPPED, TAKEN_BACK})
_GROUP: Final = MappingProxyType({
    promised.KEPT: KEPT, promised.KEPT_TOLD: TOLD_AFTER, promised.KEPT_MOVED: WITH_NOTICE,
    promised.KEPT_LATE: SILENT, promised.DROPPED: DROPPED, promised.TAKEN_BACK: TAKEN_BACK,
})  # fmt: skip


@dataclass(frozen=True)
class Fate:
    """What became of a promise whose day is ``due``: the earliest that readers were given, or the
    day they read it where it was over by then. ``group`` says how, in words.
    """

    row: Row
    due: date
    group: str
    open_since: date | None
    went: Course

    @property
    def said(self) -> str:
        """How it went, with the days that explain it."""
        said = self.group
        if self.group == TOLD_AFTER and self.went.done_on and self.went.settled_on:
            said += f" (done {self.went.done_on}, told {self.went.settled_on})"
        return f"{said}; {self.moved}" if self.went.moves else said

    @property
    def is_missed(self) -> bool:
        """Whether its day went by, and nobody had been told that it is done or given up. What is
        given up afterwards was missed all the same.
        """
        if self.group != DROPPED:
            return self.group in MISSED
        return self.went.settled_on is not None and self.went.settled_on > self.due

    @property
    def moved(self) -> str:
        """How often its day was put off, and how far."""
        if not self.went.moves:
            return "never put off"
        times = "once" if self.went.moves == 1 else f"{self.went.moves} times"
        return f"put off {times}, by {in_words(self.went.days_moved, DAYS)} in all"


def promises_kept(rows: Rows) -> Measure:
    items = []
    for each in fates(rows):
        waits = each.group == WAITS
        items.append(
            _item(
                each,
                each.said,
                part=int(each.group == KEPT),
                whole=int(not waits),
                void=NOT_DUE if waits else "",
            )
        )
    return Measure(
        code="promises_kept",
        name="Promises kept",
        definition="Promises that readers were told are done by the earliest day they were given, "
        "of those whose earliest day is in the period and over, and those dropped or taken back. "
        "One done in time and told after its day, and one whose day was put off, are told apart "
        "and are not kept.",
        reads_as="The strongest signal we own.",
        kind="share",
        items=tuple(items),
        # Who promises less keeps more of it, and leaves readers asking what prevents a repeat.
        pair=("promise_age", "promises_moved", "dropped", "completeness"),
        of=PROMISES,
    )


def promise_age(rows: Rows) -> Measure:
    items = [
        _item(each, in_words(days, DAYS) + " overdue", value=float(days))
        for each in fates(rows)
        if each.open_since is not None
        and (days := (rows.now.astimezone(UTC).date() - each.open_since).days) > 0
    ]
    return Measure(
        code="promise_age",
        name="Age of overdue promises",
        definition="Days since the earliest day readers were given, for promises of the period "
        "that are still open when this was counted.",
        reads_as="Growing: quietly forgotten.",
        kind="spread",
        unit=DAYS,
        items=tuple(items),
        pair=("promises_kept", "promises_moved", "dropped"),
        of=PROMISES,
    )


def promises_moved(rows: Rows) -> Measure:
    items = [_item(each, each.moved, value=float(each.went.days_moved)) for each in fates(rows)]
    return Measure(
        code="promises_moved",
        name="Promises put off",
        definition="By how many days in all readers were given later days for a promise, for every "
        "promise of the period, zero for one that was never put off. Telling them in time takes "
        "nothing off it.",
        reads_as="Growing: days are given that nobody means to keep.",
        kind="spread",
        unit=DAYS,
        items=tuple(items),
        pair=("promises_kept", "dropped"),
        of=PROMISES,
    )


def dropped(rows: Rows) -> Measure:
    items = [_item(each, each.group) for each in fates(rows) if each.group in GIVEN_UP]
    items += [_given_up(each) for each in given_up_later(rows)]
    return Measure(
        code="dropped",
        name="Promises dropped",
        definition="Promises of the period that readers were told are given up, or that were taken "
        "back with every text that made them; and those of another period that readers were told "
        "in this one are given up.",
        reads_as="What was promised and will not come.",
        kind="list",
        items=tuple(items),
        of=PROMISES,
    )


def fates(rows: Rows) -> list[Fate]:
    """Return what became of every promise of the period, by its day."""
    first, last = rows.period.first, rows.period.last
    return [each for each in _every(rows) if first <= each.due <= last]


def given_up_later(rows: Rows) -> list[Fate]:
    """Return the promises of other periods that readers were told within this one are given up.

    Figures of their own period may be kept by then, and call them late; no figure of this one has
    them, however far their day was put off before.
    """
    first, last = rows.period.first, rows.period.last
    return [
        each
        for each in _every(rows)
        if each.group == DROPPED
        and not first <= each.due <= last
        and (told := each.went.settled_on) is not None
        and first <= told <= last
    ]


def _every(rows: Rows) -> list[Fate]:
    if "fates" not in rows.derived:
        every = rows.promises.values()
        # What gave readers no day at all, and was given up, could not be kept or broken.
        found = [fate(words, rows.now) for words in every if any(map(_gives_a_day, words))]
        rows.derived["fates"] = sorted(
            found, key=lambda each: (each.due, each.row["commitment_id"])
        )
    told: list[Fate] = rows.derived["fates"]
    return told


def _gives_a_day(word: Row) -> bool:
    return word["state"] in promised.OPEN_STATES and word["due"] is not None


def _given_up(each: Fate) -> Item:
    """Return its line, by the day readers were told."""
    item = _item(each, f"{DROPPED}; its day was {each.due}")
    told = each.went.settled_on or each.due
    return item._replace(at=datetime.combine(told, datetime.min.time(), UTC))


def fate(words: Sequence[Row], now: datetime) -> Fate:
    """Return what became of one promise; ``words`` are all that readers had of it, oldest first."""
    first = next(word for word in words if word["is_first"])
    went, today = course([_word(each) for each in words]), now.astimezone(UTC).date()
    outcome = outcome_of(went, today)
    group = _GROUP.get(outcome, "")
    if outcome == promised.OPEN:
        group = WAITS
    elif not group:
        in_time = went.moved_in_time and went.due is not None and today <= went.due
        group = WITH_NOTICE if in_time else SILENT
    due: date = went.runs_out or first["due"]
    return Fate(first, due, group, went.first_due if went.is_open else None, went)


def _word(row: Row) -> Word:
    return Word(
        state=row["state"],
        due=row["due"],
        done_on=row["done_on"],
        told_on=row["told_at"].astimezone(UTC).date(),
        stands=row["stands"],
    )


def _item(
    each: Fate,
    said: str,
    *,
    value: float | None = None,
    part: int = 0,
    whole: int = 0,
    void: str = "",
) -> Item:
    return Item(
        at=datetime.combine(each.due, datetime.min.time(), UTC),
        about=each.row["incident_id"],
        title=each.row["what"],
        said=said,
        value=value,
        part=part,
        whole=whole,
        group=each.group,
        void=void,
        promise=each.row["commitment_id"],
    )
