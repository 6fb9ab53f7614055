"""The report of a page and a period: every measure, always all of them, in one order."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from afterword.components.models import Page
from afterword.kit.garbage import seldom_collecting
from afterword.kit.postgresql.plans import found_by_index
from afterword.trust.measure import Measure
from afterword.trust.measures import closing, hiding, planned, promises, readers, silence, texts
from afterword.trust.periods import Period
from afterword.trust.rows import Rows, gather

MEASURES: Final[tuple[Callable[[Rows], Measure], ...]] = (
    promises.promises_kept,
    promises.promise_age,
    promises.promises_moved,
    silence.words_in_time,
    closing.time_to_over,
    closing.time_to_closure,
    closing.closure_in_time,
    closing.time_to_summary,
    closing.summary_in_time,
    hiding.coverage,
    texts.completeness,
    readers.reader_answered,
    readers.repeat_questions,
    texts.untrue_at_first,
    texts.enlarging_corrections,
    texts.impact_growth,
    hiding.recurrence,
    readers.told_first,
    readers.outside_noted,
    readers.affected_reached,
    readers.mailed_beyond,
    readers.opt_outs,
    planned.planned_as_told,
    texts.override_rate,
)
TRACES: Final[tuple[Callable[[Rows], Measure], ...]] = (
    hiding.no_summary,
    hiding.no_summary_waits,
    hiding.lowered,
    hiding.known_not_told,
    hiding.retractions,
    hiding.came_back,
    hiding.recurrence_denied,
    hiding.recurrence_open,
    hiding.told_apart,
    promises.dropped,
    hiding.still_open,
    hiding.told_afterwards,
    hiding.held_back,
    planned.short_notice,
    planned.called_off,
)


@dataclass(frozen=True)
class Report:
    """``made_at`` (UTC) is the instant everything in it is as of."""

    period: Period
    made_at: datetime
    measures: tuple[Measure, ...]
    traces: tuple[Measure, ...]

    def measure(self, code: str) -> Measure:
        """Return one measure or trace by its code. Raises KeyError."""
        return {each.code: each for each in (*self.measures, *self.traces)}[code]


@seldom_collecting()
@found_by_index()
def report(page: Page, period: Period, *, now: datetime) -> Report:
    """Return the report of the period as things stand ``now`` (UTC)."""
    return report_of(gather(page, period, now=now))


def without_people(made: Report) -> Report:
    """Return the report without who did things and why, for those who may not read evidence."""
    return replace(
        made,
        measures=tuple(_without_people(each) for each in made.measures),
        traces=tuple(_without_people(each) for each in made.traces),
    )


def _without_people(measure: Measure) -> Measure:
    if not any(each.inside for each in measure.items):
        return measure
    return replace(measure, items=tuple(each._replace(inside="") for each in measure.items))


def report_of(rows: Rows) -> Report:
    """Return the report that follows from the rows."""
    return Report(
        period=rows.period,
        made_at=rows.now,
        measures=tuple(make(rows) for make in MEASURES),
        traces=tuple(make(rows) for make in TRACES),
    )
