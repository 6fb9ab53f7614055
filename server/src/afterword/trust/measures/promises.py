"""Whether what was promised in public came to pass, and how its slips were told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from afterword.publishing.promised import OPEN_STATES
from afterword.trust.measure import DAYS, Item, Measure, in_words
from afterword.trust.rows import Row, Rows, midnight

KEPT, WITH_NOTICE, SILENT, DROPPED, WAITS = (
    "kept", "late, told before", "late, without a word", "dropped", "not due yet",
)  # fmt: skip


@dataclass(frozen=True)
class Fate:
    """What became of a promise whose first day is ``due``. ``group`` says how, in words."""

    row: Row
    due: date
    group: str
    open_since: date | None


def promises_kept(rows: Rows) -> Measure:
    items = []
    for each in fates(rows):
        waits = each.group == WAITS
        items.append(_item(each, each.group, part=int(each.group == KEPT), whole=int(not waits)))
    return Measure(
        code="promises_kept",
        name="Promises kept",
        definition="Promises done by the first day readers were given, of those whose first day is "
        "in the period and over. A day that was moved in time is told apart, and is not kept.",
        reads_as="The strongest signal we own.",
        kind="share",
        items=tuple(items),
        pair=("promise_age", "dropped"),
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
        definition="Days since the first day readers were given, for promises of the period that "
        "are still open today.",
        reads_as="Growing: quietly forgotten.",
        kind="spread",
        unit=DAYS,
        items=tuple(items),
        pair=("promises_kept", "dropped"),
    )


def dropped(rows: Rows) -> Measure:
    items = [_item(each, "dropped") for each in fates(rows) if each.group == DROPPED]
    return Measure(
        code="dropped",
        name="Promises dropped",
        definition="Promises of the period that readers were told are given up.",
        reads_as="What was promised and will not come.",
        kind="list",
        items=tuple(items),
    )


def fates(rows: Rows) -> list[Fate]:
    """Return what became of every promise of the period, by its first day."""
    found = [fate(words, rows.now) for words in rows.promises.values()]
    return sorted(found, key=lambda each: (each.due, each.row["commitment_id"]))


def fate(words: Sequence[Row], now: datetime) -> Fate:
    """Return what became of one promise; ``words`` are all that readers had of it, oldest first."""
    place = next(i for i, word in enumerate(words) if word["is_first"])
    first, last, today = words[place], words[-1], now.astimezone(UTC).date()
    due: date = first["due"]
    is_open = last["state"] in OPEN_STATES
    group = WAITS
    if last["state"] == "dropped":
        group = DROPPED
    elif last["state"] == "done" and _done(last) <= due:
        group = KEPT
    elif not is_open or today > due:
        group = WITH_NOTICE if _told_before(words[place:], today) else SILENT
    return Fate(first, due, group, due if is_open else None)


def _told_before(words: Sequence[Row], today: date) -> bool:
    """Whether readers were given each new day before the old one was over, up to its being done."""
    due: date = words[0]["due"]
    for word in words[1:]:
        if word["state"] not in OPEN_STATES:
            return word["state"] == "done" and _done(word) <= due
        if word["due"] is not None and word["due"] > due:
            if word["told_at"] >= midnight(due):
                return False
            due = word["due"]
    return today <= due


def _done(word: Row) -> date:
    done: date = word["done_on"] or word["told_at"].astimezone(UTC).date()
    return done


def _item(
    each: Fate, said: str, *, value: float | None = None, part: int = 0, whole: int = 0
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
    )
