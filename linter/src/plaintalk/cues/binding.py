"""Which stated times and lengths are about the outage itself, and not about something else."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from plaintalk.document import Document
from plaintalk.figures import Clock, Length, Span
from plaintalk.pattern import Pattern
from plaintalk.text import Sentence
from plaintalk.vocabulary import BAD
from plaintalk.zones import offsets

ROUNDED: Final = Pattern(
    r"(?:\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|over|more than|just (?:over|under)|less than"
    r"|under|some|close to|an estimated|estimated|at least|up to)|~) *\Z"
)
FELT: Final = Pattern(
    r"\b(?:could not|couldn't|unable|fail(?:ed|ing|ures?)?|unavailab\w+|down|offline|not (?:deliver|sen[td]|work|be|receiv|load|process|reach)\w*"
    r"|rejected|stopped|errors?|inaccessible|unreachable|affected|impacted|disrupted|degraded|slow\w*|late|delayed|timed out"
    r"|held back|lost|interrupted|visible|missing|wrong|incorrect|duplicated|returned|did not|didn't|were not|was not|stuck|out of service)\b"
)
IS_BAD: Final = Pattern(rf"\b{BAD}\b")
_MODIFIER: Final = r"(?:about |around |approximately |roughly |nearly |almost |over |more than |less than |under |just |only |some |a total of |up to |close to |well )*"
_BOUND_BEFORE: Final = Pattern(
    rf"\b(?:last(?:ed|ing|s)|(?:went on|continued|persisted|ran) for|(?:total )?duration(?: of| was|:)?|how long:?|(?:{BAD}) (?:of|for|lasted)"
    r"|(?:down|unavailable|offline|inaccessible|unreachable|degraded|delayed|slow|disrupted|interrupted|failing|broken|affected|impacted|not delivered|not sent|not available|not working|unable to \w+(?: \w+)?|out(?: of service)?) for"
    rf"|a total of|in total,?|in all,?) {_MODIFIER}\Z"
)
_BOUND_AFTER: Final = Pattern(
    r"[ -]*(?:long )?(?:(?:\w+ )?outage|downtime|disruption|interruption|incident|service interruption|period of (?:downtime|errors)|window)\b"
    r"|,? (?:in total|in all|altogether)\b"
)
_OTHER_CLOCK: Final = Pattern(
    r"\b(?:detect\w*|notic\w*|alert\w*|backlog|queue[ds]?|first update|deliver(?:y|ies)|watch\w*|monitor\w*|within|every|later|earlier|after|before"
    r"|catch(?:ing)? up|caught up|clear\w*|respon\w+|each|per|up to|average|retr\w+|took|updates?|next|early|keep|kept|retain\w*|last \d|past|previous"
    r"|maintenance|credit\w*|instead of|rather than|normally|usually|ago|old|timeout)\b"
)
_FOR: Final = Pattern(rf"\bfor {_MODIFIER}\Z")
_HOW_LONG: Final = Pattern(r"\b(?:how long|duration|when|time)\b")


class Moment(NamedTuple):
    """A clock time stated for the start or the end of the outage."""

    start: int
    end: int
    seconds: int
    """Seconds after midnight in the zone as written."""
    zone: str | None
    is_end: bool
    rounded: bool


def is_rounded(document: Document, sentence: Sentence, at: int) -> bool:
    """Whether "about", "nearly" and the like stand before an offset."""
    return ROUNDED.search(document.scan, max(sentence.start, at - 24), at) is not None


def outage_lengths(document: Document, sentence: Sentence) -> Iterator[tuple[Length, bool]]:
    """Lengths of time bound to the outage, and whether each is rounded."""
    for length in document.lengths(sentence):
        if _is_bound(document, sentence, length):
            yield length, is_rounded(document, sentence, length.start)


def _is_bound(document: Document, sentence: Sentence, length: Length) -> bool:
    scan = document.scan
    lead = max(sentence.start, length.start - 70)
    if _OTHER_CLOCK.search(scan, max(sentence.start, length.start - 25), length.start):
        return False
    if _OTHER_CLOCK.match(scan, length.end + 1, min(sentence.end, length.end + 12)):
        return False
    if _BOUND_BEFORE.search(scan, lead, length.start):
        return True
    if _BOUND_AFTER.match(scan, length.end, sentence.end):
        return True
    felt = FELT.search(scan, sentence.start, length.start)
    if felt and _FOR.search(scan, lead, length.start):
        return True
    return _follows_times(document, sentence, length) or (
        felt is not None
        and scan[lead : length.start].rstrip("abcdefghijklmnopqrstuvwxyz~ ")[-1:] == "("
    )


def _follows_times(document: Document, sentence: Sentence, length: Length) -> bool:
    """Whether a length stands in brackets or after a comma right behind the times it sums up."""
    for span in document.spans(sentence):
        gap = document.scan[span.end : length.start]
        if 0 < len(gap) <= 28 and gap.lstrip(" ")[:1] in ("(", ",", "—", "–", ":", "-"):
            return _about_outage(document, sentence, span.start)
    return False


def _about_outage(document: Document, sentence: Sentence, at: int) -> bool:
    """Whether the words before a pair of times do not speak of another clock."""
    return _OTHER_CLOCK.search(document.scan, max(sentence.start, at - 60), at) is None


def outage_spans(document: Document, sentence: Sentence) -> Iterator[Span]:
    """Pairs of clock times that are the start and the end of the outage."""
    spans = document.spans(sentence)
    if not spans:
        return
    scan = document.scan
    if not (
        FELT.search(scan, sentence.start, sentence.end)
        or IS_BAD.search(scan, sentence.start, sentence.end)
        or document.stands_under(sentence, _HOW_LONG)
    ):
        return
    for span in spans:
        if _about_outage(document, sentence, span.start):
            yield span


_AT: Final = r" (?:on |at |around |about |from |by |approximately |just before |just after )*"
_START_CUE: Final = Pattern(
    rf"\b(?:began|begun|started|starting|beginning|first (?:failed|seen|appeared)|since|as of|onset|start(?: time)?:?|broke){_AT}"
)
_END_CUE: Final = Pattern(
    rf"\b(?:ended|until|till|over|recovered|restored|resolved|back(?: to normal| up)?|end(?: time)?:?|working again|fixed|finished){_AT}"
)
_ONLY_A_DATE: Final = Pattern(
    r"(?:(?:the )?[a-z]{3,9},? )?(?:\d{1,2}(?:st|nd|rd|th)?,? )?(?:[a-z]{3,9},? )?(?:\d{1,2}(?:st|nd|rd|th)?,? )?(?:\d{4},? )?(?:at )?(?:about |around )?\Z"
)
_OTHER_SUBJECT: Final = Pattern(
    r"\b(?:watch\w*|monitor\w*|stable|backlog|queued?|delivered|detect\w*|notic\w*|alert\w*|investigat\w*|updat\w*|maintenance|identified|deploy\w*"
    r"|work began|we (?:began|started))\b"
)


def outage_moments(document: Document, sentence: Sentence) -> Iterator[Moment]:
    """Clock times stated for the start or the end of the outage, alone or as a pair."""
    every = document.clocks(sentence)
    if not every:
        return
    bound = {span.start for span in outage_spans(document, sentence)}
    paired: set[int] = set()
    for span in document.spans(sentence):
        paired |= {span.first.start, span.last.start}
        if span.start in bound:
            zone = span.last.zone or span.first.zone
            yield _moment(document, sentence, span.first, span.first.zone or zone, is_end=False)
            yield _moment(document, sentence, span.last, zone, is_end=True)
    for clock in every:
        if clock.start not in paired and clock.seconds is not None:
            yield from _single_moment(document, sentence, clock)


def _moment(
    document: Document, sentence: Sentence, clock: Clock, zone: str | None, *, is_end: bool
) -> Moment:
    rounded = is_rounded(document, sentence, clock.start)
    return Moment(clock.start, clock.end, clock.seconds or 0, zone, is_end, rounded)


def _single_moment(document: Document, sentence: Sentence, clock: Clock) -> Iterator[Moment]:
    scan, at = document.scan, clock.start
    lead = max(sentence.start, at - 50)
    is_end = _reaches(_END_CUE, scan, lead, at)
    if not is_end and not _reaches(_START_CUE, scan, lead, at):
        return
    if _OTHER_SUBJECT.search(scan, sentence.start, at):
        return
    if IS_BAD.search(scan, sentence.start, at) or FELT.search(scan, sentence.start, at):
        yield _moment(document, sentence, clock, clock.zone, is_end=is_end)


def _reaches(cue: Pattern, scan: str, start: int, at: int) -> bool:
    """Whether a cue stands before an offset with nothing but a date in between."""
    return any(
        _ONLY_A_DATE.match(scan, found.end(), at) is not None
        for found in cue.finditer(scan, start, at)
    )


def to_utc(moment: Moment, default: tuple[int, ...]) -> tuple[int, ...]:
    """Seconds after midnight UTC that a stated time may mean; empty if its zone is not known."""
    shifts = offsets(moment.zone) if moment.zone else default
    return tuple((moment.seconds - shift * 60) % 86400 for shift in shifts)
