"""REC-04: a start or an end that is not the record's."""

from datetime import UTC, datetime

from plaintalk.cues.binding import Moment, outage_moments, to_utc
from plaintalk.document import Document
from plaintalk.figures import CLOCK_SIGNS
from plaintalk.pattern import Pattern, places_in
from plaintalk.phrasing import format_clock
from plaintalk.record import Record, Times
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence
from plaintalk.zones import offsets, offsets_at

_SLACK = 5 * 60
_SLACK_ROUNDED = 15 * 60
_DECLARED = Pattern(
    r"\btimes? (?:\w+ ){0,4}?(?:are |is )?(?:\w+ )?in (?P<zone>[a-z]{2,4}\b|pacific|eastern|central)|\btimes in (?P<zone2>[a-z]{2,4})\b"
)


def _needs(record: Record) -> str | None:
    if record.times.impact_began is None and record.times.impact_ended is None:
        return "the record does not say when the impact began or ended"
    return None


def _known(record: Record, is_end: bool) -> list[datetime]:
    times = record.times
    if is_end:
        known = [times.impact_ended, times.mitigated, *(part.ended for part in record.components)]
    else:
        known = [times.impact_began, *(part.began for part in record.components)]
    return [moment.astimezone(UTC) for moment in known if moment is not None]


def _default(document: Document) -> tuple[int, ...]:
    """The zone of times that name none: declared in the text, or that of the record."""
    scan = document.scan
    found = (_DECLARED.match(scan, at) for at in places_in(scan, "time"))
    declared = next(filter(None, found), None)
    if declared:
        return offsets(declared["zone"] or declared["zone2"])
    times = document.record.times if document.record else Times()
    named = offsets(times.zone)
    if named or "/" not in times.zone:
        return named
    known = (times.impact_began, times.impact_ended)
    shifts = {shift for one in known if one for shift in offsets_at(times.zone, one)}
    return tuple(sorted(shifts))


def _moments(record: Record) -> tuple[datetime, ...]:
    """The start and the end, where they are known: what "ET" meant then."""
    times = record.times
    return tuple(one for one in (times.impact_began, times.impact_ended) if one is not None)


def _of_day(moment: datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


def _apart(one: int, other: int) -> int:
    """Seconds between two times of day, the short way round the clock."""
    gap = abs(one - other) % 86400
    return min(gap, 86400 - gap)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    record = document.record
    if record is None:
        return None
    differs = document.once(_Differing).__call__
    likely: Hit | None = None
    for moment in outage_moments(document, sentence, differs):
        if not differs(moment.seconds, moment.zone, moment.is_end, moment.rounded):
            continue
        stated = to_utc(moment.seconds, moment.zone, document.once(_default), _moments(record))
        hit = _tell(document, moment, stated[0], _known(record, moment.is_end)[0])
        if moment.sure:
            return hit
        likely = likely or hit._replace(severity="warning")
    return likely


class _Differing:
    """Whether a time is not the record's, told before the words around it are read."""

    def __init__(self, document: Document) -> None:
        record = document.record or Record()
        self.default = document.once(_default)
        self.moments = _moments(record)
        # Seconds after midnight UTC of the known starts, and of the known ends.
        self.true = [[_of_day(one) for one in _known(record, end)] for end in (False, True)]
        self.known: dict[tuple[int, str | None, bool, bool], bool] = {}

    def __call__(self, seconds: int, zone: str | None, is_end: bool, rounded: bool = False) -> bool:
        key = (seconds, zone, is_end, rounded)
        answer = self.known.get(key)
        if answer is None:
            answer = self.known[key] = self._compare(*key)
        return answer

    def _compare(self, seconds: int, zone: str | None, is_end: bool, rounded: bool) -> bool:
        true_times = self.true[is_end]
        stated = to_utc(seconds, zone, self.default, self.moments)
        slack = _SLACK_ROUNDED if rounded else _SLACK
        for one in stated:
            for true in true_times:
                if _apart(one, true) <= slack:
                    return False
        return bool(true_times and stated)


def _tell(document: Document, moment: Moment, stated: int, true: datetime) -> Hit:
    written = document.text.raw[moment.start : moment.end]
    as_utc = f"{stated // 3600:02}:{stated % 3600 // 60:02} UTC"
    shown = f"{written} is {as_utc}" if written not in as_utc else as_utc
    which = "end" if moment.is_end else "start"
    plain = not moment.zone or moment.zone.strip(" (").startswith("utc")
    return Hit(
        moment.start,
        moment.end,
        message=f"Text: {which} {shown}; record: {format_clock(true)}.",
        suggestion=f'"{format_clock(true)}", or correct the record',
        replacement=f"{true:%H:%M}" if plain and "m" not in written else None,
    )


_RECORD = {
    "schema": "plaintalk-record/1",
    "times": {
        "zone": "UTC",
        "impact_began": "2026-03-04T08:12:00Z",
        "impact_ended": "2026-03-04T14:24:00Z",
    },
}


RULE = Rule(
    id="REC-04",
    name="other-times",
    category="record",
    severity="error",
    message="The time differs from the record.",
    better="the time in the record",
    source="SCH",
    triggers=CLOCK_SIGNS,
    look=_look,
    needs=_needs,
    record_field="times",
    bad=examples(
        "Invoices failed from 07:40 to 14:24 UTC.",
        "Invoices failed between 08:12 and 15:24 UTC.",
        "The outage began at 09:12 EST.",
        "The outage ended at 13:00 UTC.",
        "We restored service at 13:00 UTC.",
        "We broke order sync at 09:30 UTC.",
        "Searches took a minute from 09:30 UTC until we had it working at 14:24 UTC.",
        record=_RECORD,
    ),
    good=examples(
        "Invoices failed from 08:12 to 14:24 UTC.",
        "Invoices failed from 09:12 to 15:24 CET.",
        "Invoices failed from 12:12 am to 6:24 am PST.",
        "The outage began at about 08:20 UTC.",
        "We watched it from 14:24 to 18:30 UTC.",
        "All times are in CET. Invoices failed from 09:12 to 15:24.",
        record=_RECORD,
    ),
)
