"""How long readers wait after it is over: for the closure, and for the summary."""

from datetime import datetime

from afterword.trust.endings import Ending, endings
from afterword.trust.incidents_seen import (
    Seen,
    closure_due,
    closures,
    is_asked_for,
    seen,
    was_declined,
)
from afterword.trust.measure import NOT_DUE, NOT_OWED, SECONDS, Item, Measure, in_words
from afterword.trust.rows import Rows


def time_to_over(rows: Rows) -> Measure:
    return Measure(
        code="time_to_over",
        name="Time to “it is over”",
        definition="From the end of the impact, the earliest its record ever named, to the moment "
        "readers are told that it is over. Watching whether it holds is part of it. Where they "
        "have not been told, what has passed so far counts as “at least”; where no record names "
        "an end, it is not counted.",
        reads_as="Long: silence before the clock of a closure starts.",
        kind="spread",
        unit=SECONDS,
        items=tuple(_told_over(rows, each) for each in endings(rows)),
        pair=("time_to_closure", "still_open", "came_back"),
    )


def time_to_closure(rows: Rows) -> Measure:
    items = [_waited(rows, *each) for each in closures(rows)]
    return Measure(
        code="time_to_closure",
        name="Time to closure",
        definition="From the moment an incident is said to be over to the moment its closure is "
        "published. Where none came, what has passed so far counts as “at least”.",
        reads_as="Long: silence after recovery.",
        kind="spread",
        unit=SECONDS,
        items=tuple(items),
        pair=("time_to_over", "coverage", "came_back"),
    )


def closure_in_time(rows: Rows) -> Measure:
    items = [_closed_in_time(rows, *each) for each in closures(rows)]
    return Measure(
        code="closure_in_time",
        name="Closures in time",
        definition="Closures published by the time the policy asks for (30 or 60 minutes at "
        "severity 1 or 2, the next business day else), of those whose time has come. The gravest "
        "severity the incident ever had counts.",
        reads_as="Falling: people hear it is over from somebody else.",
        kind="share",
        items=tuple(items),
        pair=("time_to_closure", "time_to_over", "lowered", "came_back"),
    )


def time_to_summary(rows: Rows) -> Measure:
    items = [_summary_waited(rows, each) for each in _first_over(rows) if _summary_owed(rows, each)]
    return Measure(
        code="time_to_summary",
        name="Time to summary",
        definition="From the first moment an incident is said to be over to its full summary, in "
        "the period of that moment, where the decision table asked for one, one came, or nobody "
        "had decided against one by the time it was due. It is owed once, however often the "
        "incident comes back. Where none came, what has passed so far counts as “at least”.",
        reads_as="Growing: incidents fade out.",
        kind="spread",
        unit=SECONDS,
        items=tuple(items),
        pair=("coverage", "no_summary"),
    )


def summary_in_time(rows: Rows) -> Measure:
    items = [
        _in_time(rows, each, each.summary_at, each.due["summary"], "summary")
        for each in _first_over(rows)
        if _summary_owed(rows, each)
    ]
    return Measure(
        code="summary_in_time",
        name="Summaries in time",
        definition="Full summaries published by the time the policy asks for (3, 5 or 10 business "
        "days by severity), of those owed whose time has come. Where nobody had decided against "
        "one by then, it was owed.",
        reads_as="Falling: the explanation comes when nobody reads it any more.",
        kind="share",
        items=tuple(items),
        pair=("time_to_summary", "no_summary"),
    )


def _first_over(rows: Rows) -> list[Seen]:
    """Return what was said to be over for the first time in the period: a summary is owed once."""
    return [each for each in seen(rows) if each.first_over_at == each.over_at]


def _summary_owed(rows: Rows, each: Seen) -> bool:
    """Whether a summary was owed: asked for, or not declined by the time it was due.

    Leaving the decision open, or taking it when the time is over, would else hide the silence.
    """
    return is_asked_for(each) or not was_declined(rows, each.pk, each.due["summary"])


def _told_over(rows: Rows, each: Ending) -> Item:
    value = each.waited(rows.now)
    said = "no record names its end" if value is None else in_words(value, SECONDS)
    if each.over_at is None:
        said = f"not said to be over, {said}"
    return Item(
        at=each.at,
        about=each.about,
        title=each.title,
        said=said,
        value=value,
        is_open=each.over_at is None,
        group=f"severity {each.severity}",
    )


def _waited(
    rows: Rows, each: Seen, over_at: datetime, back: datetime | None, closed: datetime | None
) -> Item:
    until = closed or min(back or rows.now, rows.now)
    value = (until - over_at).total_seconds()
    words = in_words(value, SECONDS)
    if closed is None:
        words = f"no closure before it came back, {words} later" if back else f"none yet, {words}"
    return Item(
        at=over_at,
        about=each.about,
        title=each.title,
        said=words,
        value=value,
        is_open=closed is None,
        group=f"severity {each.severity}",
    )


def _summary_waited(rows: Rows, each: Seen) -> Item:
    if not is_asked_for(each) and rows.now <= each.due["summary"]:
        return Item(
            at=each.over_at, about=each.about, title=each.title, said="nobody has decided yet",
            group=f"severity {each.severity}",
        )  # fmt: skip
    value = ((each.summary_at or rows.now) - each.over_at).total_seconds()
    words = in_words(value, SECONDS)
    return Item(
        at=each.over_at,
        about=each.about,
        title=each.title,
        said=words if each.summary_at else f"none yet, {words}",
        value=value,
        is_open=each.summary_at is None,
        group=f"severity {each.severity}",
    )


def _closed_in_time(
    rows: Rows, each: Seen, over_at: datetime, back: datetime | None, closed: datetime | None
) -> Item:
    """Return whether the closure of one time it was over came in time.

    Where it was open again before a closure was due there is nothing to count: "Said to be over too
    early" lists it.
    """
    due = closure_due(each, over_at)
    item = _in_time(rows, each, closed, due, "closure")._replace(at=over_at)
    if closed is not None or back is None or back > rows.now:
        return item
    if back <= due:
        return item._replace(said="open again before it was due", part=0, whole=0, void=NOT_OWED)
    late = in_words((back - due).total_seconds(), SECONDS)
    return item._replace(said=f"no closure, {late} overdue when it was open again")


def _in_time(rows: Rows, each: Seen, at: datetime | None, due: datetime, name: str) -> Item:
    """Return 1 of 1 for in time, 0 of 1 for late or missing, and nothing while there is time."""
    waits = at is None and rows.now <= due
    good = at is not None and at <= due
    late = in_words(abs(((at or rows.now) - due).total_seconds()), SECONDS)
    said = "in time" if good else f"{late} late"
    if at is None:
        said = f"due in {late}" if waits else f"no {name}, {late} overdue"
    return Item(
        at=each.over_at,
        about=each.about,
        title=each.title,
        said=said,
        part=int(good),
        whole=0 if waits else 1,
        void=NOT_DUE if waits else "",
        group=f"severity {each.severity}",
    )
