"""REC-03: a duration of the outage that is not the record's."""

from plaintalk.cues.binding import (
    is_of_outage,
    is_rounded,
    is_rounded_length,
    may_be_of_outage,
    outage_spans,
)
from plaintalk.document import Document
from plaintalk.figures import DURATION, RANGE, Span
from plaintalk.pattern import words
from plaintalk.phrasing import format_duration, short_duration
from plaintalk.record import Record
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_TOLERANCE_SECONDS = 300
_TOLERANCE_SHARE = 0.05


def _needs(record: Record) -> str | None:
    if record.duration_seconds is None:
        return "the record does not say when the impact began and ended"
    return None


def _known(record: Record) -> list[int]:
    """Durations that a text may rightly state: of the whole, of the parts, until mitigation."""
    known = [record.duration_seconds or 0]
    known += [part.duration_seconds for part in record.components if part.duration_seconds]
    times = record.times
    if times.impact_began and times.mitigated:
        known.append(int((times.mitigated - times.impact_began).total_seconds()))
    return known


def _allowed(document: Document) -> dict[tuple[bool, bool], list[tuple[float, float]]]:
    """The lengths that may be stated, as (least, most), by whether they are rounded and of times."""
    known_lengths = _known(document.record) if document.record else []
    wrapped = [known % 86400 for known in known_lengths]
    allowed = {}
    for rounded in (False, True):
        for clock in (False, True):
            # Clock times lose whole days.
            every = known_lengths + wrapped if clock else known_lengths
            allowed[rounded, clock] = [_around(known, rounded) for known in every]
    return allowed


def _around(known: int, rounded: bool) -> tuple[float, float]:
    slack = max(_TOLERANCE_SECONDS, known * _TOLERANCE_SHARE)
    if rounded:
        slack = max(slack, 900, known * 0.15)
    return known - slack, known + slack


def _agrees(document: Document, seconds: float, rounded: bool, clock: bool = False) -> bool:
    """Whether a stated length may stand for a known one."""
    allowed = document.once(_allowed)[rounded, clock]
    return any(least <= seconds <= most for least, most in allowed)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    record = document.record
    if record is None:
        return None
    # Figures are compared before the words around them are read: most of them are right.
    likely: Hit | None = None
    for length in document.lengths(sentence):
        if _agrees(document, length.seconds, rounded=False):
            continue
        if _agrees(document, length.seconds, rounded=True) and is_rounded_length(
            document, sentence, length
        ):
            continue
        sure = is_of_outage(document, sentence, length)
        if not sure and (likely or not may_be_of_outage(document, sentence, length)):
            continue
        hit = _hit(document, record, length.start, length.end, length.seconds)
        if sure:
            return hit
        likely = hit._replace(severity="warning")
    spans = document.spans(sentence)
    if not spans or all(_span_agrees(document, span, rounded=False) for span in spans):
        return likely
    for span in outage_spans(document, sentence):
        if not _span_agrees(document, span, is_rounded(document, sentence, span.start)):
            return _hit(document, record, span.start, span.end, span.seconds, of_times=True)
    return likely


def _span_agrees(document: Document, span: Span, rounded: bool) -> bool:
    return any(_agrees(document, seconds, rounded, clock=True) for seconds in span.possible_seconds)


def _hit(
    document: Document,
    record: Record,
    start: int,
    end: int,
    seconds: float,
    of_times: bool = False,
) -> Hit:
    true = record.duration_seconds or 0
    text = short_duration(seconds)
    fix = None if of_times else format_duration(true)
    return Hit(
        start,
        end,
        message=f"Text {text}; record {short_duration(true)}. Which is right?",
        suggestion=f'"{format_duration(true)}", or correct the record',
        replacement=fix,
    )


_RECORD = {
    "schema": "plaintalk-record/1",
    "times": {"impact_began": "2026-03-04T08:12:00Z", "impact_ended": "2026-03-04T14:24:00Z"},
}

RULE = Rule(
    id="REC-03",
    name="other-duration",
    category="record",
    severity="error",
    message="The duration differs from the record.",
    better="the duration in the record",
    source="SCH",
    record_field="times.impact_ended",
    triggers=words("# hour hours minute minutes day days"),
    needs=_needs,
    look=_look,
    patterns=(DURATION, RANGE),
    probed=False,
    bad=examples(
        "The outage lasted 4 hours.",
        "Invoices could not be sent for two hours.",
        "A 3-hour outage stopped invoices.",
        "Invoices failed from 08:12 to 12:24 UTC.",
        record=_RECORD,
    ),
    good=examples(
        "The outage lasted 6 hours 12 minutes.",
        "The outage lasted about six hours.",
        "We noticed after 8 minutes.",
        "Invoices failed from 08:12 to 14:24 UTC (6 h 12 min).",
        "The backlog of failed invoices was cleared within 41 minutes.",
        record=_RECORD,
    ),
)
