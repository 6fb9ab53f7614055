"""REC-24: a closure before the watch has ended."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.phrasing import format_clock, format_day
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule

_WATCHING = Pattern(
    r"\b(?:still|continue to|keep|are|will be) (?:\w+ )?(?:monitor\w*|watch\w*)\b|\bwatch(?:ing)? (?:it )?until\b"
)


def _needs(record: Record) -> str | None:
    return None if record.times.watch_until else "the record does not say how long it is watched"


def _survey(document: Document) -> Iterator[Hit]:
    record = document.record
    if record is None or record.times.watch_until is None or document.at is None:
        return
    until = record.times.watch_until
    if document.at < until and not document.anywhere(_WATCHING):
        yield Hit(
            *document.text.first_line,
            message=f"Still inside the watch window until {format_clock(until)}, {format_day(until.date())}.",
        )


_RECORD = {"schema": "plaintalk-record/1", "times": {"watch_until": "2026-03-04T18:30:00Z"}}


RULE = Rule(
    id="REC-24",
    name="closed-while-watching",
    category="record",
    severity="warning",
    message="Still inside the watch window.",
    better='"we are still monitoring it until 18:30 UTC"',
    source="GCP",
    kinds=("closure",),
    survey=_survey,
    needs=_needs,
    needs_time=True,
    record_field="times.watch_until",
    bad=(
        Example(
            "Resolved: exports work again.",
            kind="closure",
            record=_RECORD,
            at="2026-03-04T15:00:00+00:00",
        ),
    ),
    good=(
        Example(
            "Resolved: exports work again.",
            kind="closure",
            record=_RECORD,
            at="2026-03-04T19:00:00+00:00",
        ),
        Example(
            "Exports work again. We are still monitoring them until 18:30 UTC.",
            kind="closure",
            record=_RECORD,
            at="2026-03-04T15:00:00+00:00",
        ),
    ),
)
