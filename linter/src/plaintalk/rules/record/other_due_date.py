"""REC-16: a promised date that is not the one in the record."""

from plaintalk.cues.promises import (
    OPENING_DAY,
    PROMISED_DAY,
    may_name_a_measure,
    measure_of,
    promised_days,
)
from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.phrasing import format_day
from plaintalk.record import Measure, Record
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence


def _needs(record: Record) -> str | None:
    return None if record.measures else "the record lists no measures"


def _look(document: Document, sentence: Sentence) -> Hit | None:
    record = document.record
    told: Sentence | None = sentence
    if sentence.role == "label":
        told = document.text.following(sentence)
    if record is None or told is None:
        return None
    measure = measure_of(document, told) or _measure_before(document, told)
    if measure is None or measure.status not in ("planned", "in_progress"):
        return None
    promised = list(promised_days(document, sentence))
    if not promised:
        return None
    if measure.due is None:
        start, end = promised[0][:2]
        written = document.text.raw[start:end]
        message = f"Promised {written}; the record has no date for this."
        return Hit(start, end, message=message, severity="warning")
    for start, end, day, month, year in promised:
        due = measure.due
        if (day, month) != (due.day, due.month) or (year is not None and year != due.year):
            written = document.text.raw[start:end]
            return Hit(
                start,
                end,
                message=f"Promised {written}; due {format_day(due)}.",
                suggestion=f'"{format_day(due)}", or correct the record',
                replacement=format_day(due),
            )
    return None


_LEANS = Pattern(
    r"\W*(?:(?:the |our |its )?(?:target|due|deadline|planned|expected|ready|eta|date|target date)\b|(?:it|this|that) (?:will|should|lands|ships|is (?:due|planned|expected|ready|scheduled))\b)"
)


def _measure_before(document: Document, sentence: Sentence) -> Measure | None:
    """The measure of the sentence before, for one that only says when: "Target date: 4 May"."""
    before = document.text.preceding(sentence)
    if before is None or not may_name_a_measure(document, before):
        return None
    if not _LEANS.match(document.scan, sentence.start, sentence.end):
        return None
    return measure_of(document, before)


_RECORD = {
    "schema": "plaintalk-record/1",
    "measures": [
        {"text": "queues stop accepting work at 80% full", "status": "planned", "due": "2026-05-08"}
    ],
}


RULE = Rule(
    id="REC-16",
    name="other-due-date",
    category="record",
    severity="error",
    message="The promised date differs from the record.",
    better="the date in the record",
    source="SCH",
    triggers=words(
        "by before on until than for due planned scheduled expected ready target eta date deadline lands : #"
    ),
    roles=("text", "item", "subject", "label"),
    look=_look,
    idle=lambda record: (
        not any(one.status in ("planned", "in_progress") for one in record.measures)
    ),
    patterns=(OPENING_DAY, PROMISED_DAY),
    probed=False,
    needs=_needs,
    record_field="measures",
    bad=examples(
        "By 2 May 2026 our queues will stop accepting work at 80% full.",
        "Our queues will stop accepting work at 80% full by May 2.",
        "Our queues will stop accepting work at 80% full, no later than 2 May.",
        "**By 2 May:** our queues will stop accepting work at 80% full.",
        record=_RECORD,
    ),
    good=examples(
        "By 8 May 2026 our queues will stop accepting work at 80% full.",
        "Our queues will stop accepting work at 80% full by May 8.",
        "We will report by 9 May.",
        record=_RECORD,
    ),
)
