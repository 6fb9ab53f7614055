"""REC-03: a duration of the outage that is not the record's."""

from plaintalk.document import Document
from plaintalk.figures import Length
from plaintalk.pattern import Pattern, words
from plaintalk.phrasing import format_duration, short_duration
from plaintalk.record import Record
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence
from plaintalk.vocabulary import BAD

_BOUND_BEFORE = Pattern(
    rf"\b(?:lasted|lasting|lasts|went on for|continued for|total duration(?: of| was|:)?|duration(?: of| was|:)|downtime(?: of| was|:)|(?:{BAD}) (?:of|for|lasted)|(?:down|unavailable|offline|inaccessible|unreachable|degraded|delayed|slow|disrupted|interrupted|failing|not delivered|not sent) for(?: a total of)?)"
    r" (?:about |around |approximately |roughly |nearly |almost |over |more than |less than |under |just |only |some |a total of |up to )?\Z"
)
_BOUND_AFTER = Pattern(
    r"[ -]*(?:long )?(?:outage|downtime|disruption|interruption|incident|service interruption)\b"
)
_FELT = Pattern(
    r"\b(?:could not|couldn't|unable|fail(?:ed|ing)?|unavailable|down|offline|not (?:delivered|sent|work\w*)|rejected|stopped|errors?|inaccessible)\b"
)
_OTHER_CLOCK = Pattern(
    r"\b(?:detect\w*|notic\w*|alert\w*|backlog|queued?|first update|deliver(?:y|ies)|watch\w*|monitor\w*|within|every|later|after|before|catch(?:ing)? up|clear\w*|respon\w+|each|per|up to|average|on average|retr\w+|until|took us)\b"
)
_BETWEEN = Pattern(r"\b(?:from|between)(?: [\w,]+){0,5} ?\Z")
_TOLERANCE_SECONDS = 300
_TOLERANCE_SHARE = 0.05
_FOR = Pattern(r"\bfor (?:about |around |nearly |over )?\Z")
_BAD = Pattern(rf"\b{BAD}\b")
_ROUNDED = Pattern(
    r"\b(?:about|around|approximately|roughly|nearly|almost|over|more than|just (?:over|under)|less than|under|some) ?\Z"
)


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


def _agrees(record: Record, seconds: float, rounded: bool) -> bool:
    for known in _known(record):
        slack = max(_TOLERANCE_SECONDS, known * _TOLERANCE_SHARE)
        if rounded:
            slack = max(slack, 900, known * 0.15)
        if abs(seconds - known) <= slack:
            return True
    return False


def _bound(document: Document, sentence: Sentence, length: Length) -> bool:
    scan = document.scan
    lead = max(sentence.start, length.start - 60)
    if _OTHER_CLOCK.search(scan, max(sentence.start, length.start - 25), length.start):
        return False
    if _BOUND_BEFORE.search(scan, lead, length.start):
        return True
    if _BOUND_AFTER.match(scan, length.end, sentence.end):
        return True
    felt = _FELT.search(scan, sentence.start, length.start)
    if felt and _FOR.search(scan, lead, length.start):
        return True
    in_brackets = scan[length.start - 1 : length.start] == "("
    return in_brackets and bool(felt or document.spans(sentence))


def _look(document: Document, sentence: Sentence) -> Hit | None:
    record = document.record
    if record is None or record.duration_seconds is None:
        return None
    scan = document.scan
    for length in document.lengths(sentence):
        if not _bound(document, sentence, length):
            continue
        rounded = bool(_ROUNDED.search(scan, max(sentence.start, length.start - 20), length.start))
        if not _agrees(record, length.seconds, rounded):
            return _hit(document, record, length.start, length.end, length.seconds)
    for span in document.spans(sentence):
        lead = max(sentence.start, span.start - 60)
        if _OTHER_CLOCK.search(scan, lead, span.start):
            continue
        if _felt_near(document, sentence) and not _agrees(record, span.seconds, False):
            return _hit(document, record, span.start, span.end, span.seconds, of_times=True)
    return None


def _felt_near(document: Document, sentence: Sentence) -> bool:
    return bool(
        _FELT.search(document.scan, sentence.start, sentence.end)
        or _BAD.search(document.scan, sentence.start, sentence.end)
    )


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
