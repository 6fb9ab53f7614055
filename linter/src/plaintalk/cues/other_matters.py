"""Whether a stated time is about something else: an earlier incident, a plan, a part of the data."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from plaintalk.cues.promises import days_in
from plaintalk.document import Document
from plaintalk.figures import Span
from plaintalk.pattern import Pattern
from plaintalk.text import Sentence
from plaintalk.zones import offsets

_PLANS: Final = Pattern(
    r"\b(?:will|we'll|going to|plan(?:s|ned)? to|we (?:now )?(?:expect|aim|hope|intend)|from now on|in future|to be (?:done|finished)|in progress|so that|instead of"
    r"|(?:we(?:'ve)?|have|has|had|are|is|now|also|already|done:|then) (?:(?:now|also|already|since|been|have|had|are) )*"
    r"(?:add|chang|mov|buil[dt]|introduc|set|split|doubl|limit|renew|replac|remov|creat|rais|lower|extend|started work)\w*)\b"
)
_EARLIER: Final = Pattern(
    r"\b(?:earlier|previous|last|similar|other|another) (?:\w+ )?(?:incidents?|outages?|failures?|disruptions?)\b|\bhappened before\b|\bthe same (?:thing|failure) happened\b"
)
_LONGEST = 40
"""Days of an incident beyond which dates are not compared."""


def is_planned(document: Document, sentence: Sentence, at: int) -> bool:
    """Whether the words before an offset speak of what will or has been changed."""
    return _PLANS.search(document.scan, max(sentence.start, at - 300), at) is not None


def is_of_another_day(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence speaks of an earlier incident, or names only days that are not this one's."""
    known: dict[int, bool] = document.memory.setdefault("another day", {})
    if sentence.index not in known:
        known[sentence.index] = _is_of_another_day(document, sentence)
    return known[sentence.index]


def _is_of_another_day(document: Document, sentence: Sentence) -> bool:
    if document.find(_EARLIER, sentence):
        return True
    named = list(days_in(document, sentence))
    if not named:
        return False
    ours = document.once(_days_of_impact)
    return bool(ours) and not any(
        one.day == day and one.month == month and year in (None, one.year)
        for day, month, year in named
        for one in ours
    )


def _days_of_impact(document: Document) -> tuple[date, ...]:
    """The days of the incident in any zone, from the record."""
    times = document.record.times if document.record else None
    if times is None or times.impact_began is None:
        return ()
    first = times.impact_began.date() - timedelta(days=1)
    last = (times.impact_ended or times.impact_began).date() + timedelta(days=1)
    whole = (last - first).days
    if whole > _LONGEST:
        return ()
    return tuple(first + timedelta(days=number) for number in range(whole + 1))


_PART_OF_DATA: Final = Pattern(
    r"\b(?:edits?|entries|entry|data|what you|anything you|records?|names?|address(?:es)?|information|files?|changes|details|notes?|comments?|content)\b"
    r"[^.!?]{0,60}?\b(?:made|entered|saved|created|visible|exposed|seen|shown|accessed|changed|lost|overwritten|written|stored|readable|uploaded|typed|sent|gone|missing|erased|deleted)\b"
)


def is_part_of_the_time(document: Document, sentence: Sentence, span: Span) -> bool:
    """Whether a pair of times inside the incident says when data was hit, not how long it all was."""
    record = document.record
    if record is None or record.duration_seconds is None or record.times.impact_began is None:
        return False
    if not _PART_OF_DATA.search(document.scan, sentence.start, sentence.end):
        return False
    began = record.times.impact_began
    if record.duration_seconds >= 86400:
        return True
    for start, end in _in_utc(span, record.times.zone):
        lead = (start - _of_day(began)) % 86400
        if lead + (end - start) % 86400 <= record.duration_seconds + 60:
            return True
    return False


def _in_utc(span: Span, zone: str) -> Iterator[tuple[int, int]]:
    for before in offsets(span.zones[0] or zone):
        for after in offsets(span.zones[1] or zone):
            yield span.first - before * 60, span.last - after * 60


def _of_day(moment: datetime) -> int:
    at = moment.astimezone(UTC)
    return at.hour * 3600 + at.minute * 60 + at.second
