"""Planned work: whether it was what readers were told, and whether they were told in time.

An incident that is called planned work is in no other measure; these are where it shows.
"""

from datetime import timedelta
from typing import Final

from afterword.kit.timespans import format_span
from afterword.trust.measure import NOT_DUE, WORKS, Item, Measure
from afterword.trust.planned_work import Planned
from afterword.trust.rows import Rows

SLACK: Final = timedelta(minutes=5)
"""So long after its end, work has not run over: somebody has to say that it is done."""
NOTICE: Final = timedelta(days=1)


def planned_as_told(rows: Rows) -> Measure:
    return Measure(
        code="planned_as_told",
        name="Planned work as told",
        definition="Planned work that was over by the end readers were given before its beginning "
        "came (five minutes are allowed) and during which no part was worse than under "
        "maintenance, of the work whose beginning came in the period. Work called off after that "
        "was not as told.",
        reads_as="Falling: what is called planned is not.",
        kind="share",
        items=tuple(_item(rows, each) for each in rows.planned if not each.never_was),
        pair=("short_notice", "called_off"),
        of=WORKS,
    )


def short_notice(rows: Rows) -> Measure:
    items = [
        Item(
            at=each.planned_for,
            about=each.about,
            title=each.title,
            said=f"readers were told {_span(each)} before",
            inside=f"planned by {each.by}" if each.by else "",
        )
        for each in rows.planned
        if is_at_short_notice(each) and not each.never_was
    ]
    return Measure(
        code="short_notice",
        name="Planned at short notice",
        definition="Planned work of the period whose beginning readers were given less than a day "
        "before. What nobody could plan for is an incident to them.",
        reads_as="A trace: what makes other figures look better is listed here.",
        kind="list",
        items=tuple(items),
    )


def called_off(rows: Rows) -> Measure:
    items = [
        Item(
            at=each.planned_for,
            about=each.about,
            title=each.title,
            said=_called_off(each),
            inside=f"by {each.ended_by}" if each.ended_by else "",
        )
        for each in rows.planned
        if each.is_called_off
    ]
    return Measure(
        code="called_off",
        name="Planned work called off",
        definition="Planned work of the period that was said to be over and never to have begun. "
        "Where its beginning had not come and no part was worse than under maintenance, it counts "
        "in no other measure.",
        reads_as="A trace: what makes other figures look better is listed here.",
        kind="list",
        items=tuple(items),
    )


def is_at_short_notice(each: Planned) -> bool:
    """Whether readers knew of its beginning for less than a day."""
    return each.planned_for - each.told_at < NOTICE


def is_over_time(each: Planned, rows: Rows) -> bool:
    """Whether it went on, or goes on, after the end readers were given before it began.

    What is not said to be over goes on, also where nobody said that it began.
    """
    return (each.ended_at or rows.now) > each.until + SLACK


def _item(rows: Rows, each: Planned) -> Item:
    late, is_over = is_over_time(each, rows), each.ended_at is not None
    said = []
    if each.is_called_off:
        said.append(_called_off(each))
    elif late:
        span = format_span(int(((each.ended_at or rows.now) - each.until).total_seconds()))
        if is_over:
            said.append(f"ran over by {span}")
        elif each.began_at:
            said.append(f"goes on {span} after its end")
        else:
            said.append(f"not said to have begun, {span} after its end")
    if each.broke:
        said.append("a part was worse than under maintenance")
    good = is_over and not said
    if not said:
        said = ["as told" if good else "not over yet" if each.began_at else "not begun"]
    return Item(
        at=each.planned_for, about=each.about, title=each.title, said=" and ".join(said),
        part=int(good), whole=int(good or late or each.broke or each.is_called_off),
        void="" if good or late or each.broke or each.is_called_off else NOT_DUE,
    )  # fmt: skip


def _called_off(each: Planned) -> str:
    early = int((each.planned_for - (each.ended_at or each.planned_for)).total_seconds())
    when = "before" if early > 0 else "after"
    return f"called off {format_span(abs(early))} {when} its beginning"


def _span(each: Planned) -> str:
    return format_span(max(int((each.planned_for - each.told_at).total_seconds()), 0))
