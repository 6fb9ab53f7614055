"""Which stated times and lengths are about the outage itself, and not about something else."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

from plaintalk.compiled import later
from plaintalk.cues.matters import (
    FELT,
    IS_BAD,
    NOTICED,
    OF_THE_CALENDAR,
    OTHER_MATTER,
    Clause,
    clause_of,
    is_of_another_matter,
    may_be_of_impact,
    names_a_component,
    names_nothing_else,
)
from plaintalk.cues.other_matters import is_of_another_day, is_part_of_the_time, is_planned
from plaintalk.document import Document
from plaintalk.figures import Length, Span, clock_seconds
from plaintalk.pattern import Match, Pattern
from plaintalk.text import Sentence
from plaintalk.vocabulary import BAD
from plaintalk.zones import offsets_then

ROUNDED: Final = Pattern(
    r"(?:\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|(?:slightly |a (?:little|bit|shade|touch) |just |well |far )?(?:more|less|fewer) than|(?:just |a (?:little|bit|shade|touch) |slightly |well )?(?:over|under|above|below|past|short of|shy of)|not quite|upwards of|in excess of|in the region of|somewhere (?:around|near)|north of|south of|circa|a good"
    r"|some|close to|an estimated|estimated|at least|at most|up to|getting on for|(?:the )?(?:best|better) part of|more or less|give or take|more like|we think|roughly speaking)|~|≈) *\Z"
)
ROUNDED_AFTER: Final = Pattern(
    r",? ?(?:or so|or thereabouts|give or take|and change|-?odd|-?ish|plus|\+|roughly|approximately|more or less|at (?:least|most))(?![\w])"
)
_MODIFIER: Final = r"(?:a bit |a shade |a touch |north of |getting on for |the best part of |the better part of |best part of |give or take |more or less |at least |short of |below |above |about |around |approximately |approx\. |circa |roughly |nearly |almost |over |more than |less than |under |just |only |some |a |a good |total of |up to |close to |shy of |not quite |upwards of |in excess of |a little |slightly |exactly |the |well |~)*"
_BOUND_BEFORE: Final = Pattern(
    rf"\b(?:last(?:ed|ing|s)|(?:went on|continued|persisted|ran) for|(?:total )?duration(?: of| was|:)?|downtime:?|length:|duration of (?:the |this )?(?:\w+ )?{BAD} (?:was|is)|how long:?|(?:{BAD}) (?:of|for|lasted)"
    r"|(?:down|unavailable|offline|inaccessible|unreachable|degraded|delayed|slow|disrupted|interrupted|failing|broken|affected|impacted|not delivered|not sent|not available|not working|unable to \w+(?: \w+)?|out(?: of service)?) for"
    rf"|a total of|in total,?|in all,?|spanned|(?:over|throughout) the course of|throughout|a period of|(?:impact|{BAD}|whole \w+|downtime|all) took|time to (?:full )?recovery (?:was|:)|(?:fixed|restored|resolved|back|over|down) (?:after|for)|you waited|stretched over) {_MODIFIER}\Z"
)
_BOUND_AFTER: Final = Pattern(
    r"[ -]*(?:long )?(?:(?:\w+ )?outage|downtime|disruption|interruption|incident|failure|slowdown|breakdown|service interruption|period of (?:downtime|errors)|window)\b"
    r"|,? (?:in total|in all|altogether|from (?:start|beginning) to end)\b"
)
_SURELY_AFTER: Final = Pattern(
    rf" (?:of (?:\w+ )?(?:{BAD}|lost (?:time|work))\b|(?:passed|elapsed)\b|(?:during which|in which)\b|after the (?:first|onset|start)\b|(?:is|are|was) (?:a|far too|too|much too|very) long\b|later,? (?:it|everything|all|service) (?:was|were) (?:fixed|restored|back)\b|: that is how long\b|without (?:it|this|them|service|access|\w+ing)\b|(?:until|before) (?:the |it |this |\w+ )(?:\w+ ){{0,3}}?(?:fixed|restored|resolved|over|recovered|worked|back|ended)\b)"
)
_WITHOUT: Final = Pattern(r" without ")
_OTHER_CLOCK: Final = Pattern(
    rf"\b(?:detect\w*|{NOTICED}|alert\w*|backlog|queues?|queued(?! for)|first update|watch\w*|monitor\w*|within|every|later|earlier|after|before"
    r"|catch(?:ing)? up|caught up|clear\w*|respon\w+|each|per|up to|average|retr\w+|\w+s took|(?:job|rollback|deployment|detection|us|catching up|processing|repair|notice) (?:\w+ )?took|updates?|next|early|keep|kept|retain\w*|last \d|past|previous"
    r"|maintenance|credit(?:s|ing|ed (?:you|to))?|instead of|rather than|normally|usually|ago|old|timeout)\b"
)
_SUMMED: Final = Pattern(r"\W*(?:that|this) (?:is|was|makes|made|comes to|adds up to) (?:for )?\Z")
_AFTER_THE_START: Final = Pattern(r" after (?:it|this|the \w+) (?:began|started|broke)\b")
_OVER: Final = Pattern(r"\b(?:resolved|restored|recovered|fixed|over|ended|back|again)\b")
_OTHER_SPAN: Final = Pattern(
    rf"\b(?:detect\w*|{NOTICED}|alert\w*|backlog|queues?|queued(?! for)|first update|watch\w*|monitor\w*|within|every|catch(?:ing)? up|caught up|clear\w*"
    r"|respon\w+|average|updates?|next|keep|kept|retain\w*|maintenance|credit(?:s|ing|ed (?:you|to))?|instead of|rather than|normally|usually|(?:is|are) (?:open|staffed|here))\b"
)
_ON_WATCH: Final = Pattern(
    r"[^.;,]{0,24}? (?:somebody|someone|we|a colleague|our \w+) (?:is|are|will|stays?|keeps?|looks?|watch\w*)\b"
)
"""What stands behind the time until which somebody watches."""
_WE_WATCHED: Final = Pattern(r" (?:\(?[a-z]{2,5}\)? )?we (?:\w+ )?(?:watched|monitored|observed)\b")
_FOR_THE_NEXT: Final = Pattern(r"\band for the (?:next|following) \Z")
_FOR: Final = Pattern(rf"\bfor {_MODIFIER}\Z")


class Moment(NamedTuple):
    """A clock time stated for the start or the end of the outage."""

    start: int
    end: int
    seconds: int
    """Seconds after midnight in the zone as written."""
    zone: str | None
    is_end: bool
    rounded: bool
    sure: bool = True
    """Whether the words say so; otherwise nothing in the clause says that it is about other things."""


def is_rounded(document: Document, sentence: Sentence, at: int) -> bool:
    """Whether "about", "nearly" and the like stand before an offset."""
    return ROUNDED.search(document.scan, max(sentence.start, at - 24), at) is not None


def is_rounded_length(document: Document, sentence: Sentence, length: Length) -> bool:
    """Whether a length is called approximate, before or behind it: "3 hours or so"."""
    if is_rounded(document, sentence, length.start):
        return True
    return ROUNDED_AFTER.match(document.scan, length.end, sentence.end) is not None


def _component_words(document: Document) -> frozenset[str]:
    """Words in the names of components: "push alerts" is no alert of ours."""
    parts = document.record.components if document.record else ()
    return frozenset(
        word
        for part in parts
        for name in (part.name, *part.aliases)
        for word in name.lower().split()
    )


def _is_other(document: Document, pattern: Pattern, start: int, end: int) -> bool:
    """Whether words between two offsets speak of another matter, components' names aside."""
    return any(
        found.group() not in document.once(_component_words)
        for found in pattern.finditer(document.scan, start, end)
    )


def is_of_outage(document: Document, sentence: Sentence, length: Length) -> bool:
    """Whether a length of time says how long the outage was."""
    known: dict[int, bool] = document.memory.setdefault("lengths of the outage", {})
    answer = known.get(length.start)
    if answer is None:
        answer = known[length.start] = _is_of_outage(document, sentence, length)
    return answer


def _is_of_outage(document: Document, sentence: Sentence, length: Length) -> bool:
    scan = document.scan
    lead = max(sentence.start, length.start - 70)
    clause = clause_of(document, sentence, length.start, length.end)
    # First what turns most lengths down.
    if (
        is_of_another_matter(document, sentence, clause)
        or is_of_another_day(document, sentence)
        or is_planned(document, sentence, length.start)
    ):
        return False
    if _is_surely_followed(document, sentence, length, clause):
        return True
    if _AFTER_THE_START.match(scan, length.end, sentence.end):
        return _OVER.search(scan, sentence.start, length.start) is not None
    if _FOR_THE_NEXT.search(scan, lead, length.start):
        return _felt(scan, sentence.start, sentence.end)
    if _is_other(document, _OTHER_CLOCK, max(sentence.start, length.start - 25), length.start):
        return False
    if _OTHER_CLOCK.match(scan, length.end + 1, min(sentence.end, length.end + 12)):
        return False
    if _BOUND_BEFORE.search(scan, lead, length.start):
        return True
    if _BOUND_AFTER.match(scan, length.end, sentence.end):
        return True
    return _opens_the_sentence(document, sentence, length) or _follows(document, sentence, length)


def _is_surely_followed(
    document: Document, sentence: Sentence, length: Length, clause: Clause
) -> bool:
    """Whether what stands behind a length binds it: "2 hours of downtime", "2 hours without search"."""
    scan = document.scan
    if _SURELY_AFTER.match(scan, length.end, sentence.end):
        return True
    without = _WITHOUT.match(scan, length.end, clause.end)
    return without is not None and names_a_component(document, clause)


def may_be_of_outage(document: Document, sentence: Sentence, length: Length) -> bool:
    """Whether a length is likely that of the outage, as its clause names no other matter."""
    known: dict[int, bool] = document.memory.setdefault("lengths likely of the outage", {})
    answer = known.get(length.start)
    if answer is None:
        answer = known[length.start] = _may_be_of_outage(document, sentence, length)
    return answer


def _may_be_of_outage(document: Document, sentence: Sentence, length: Length) -> bool:
    if _is_a_wait(document, length) or _LAG.match(document.scan, length.end, sentence.end):
        return False
    if sentence.role == "label" or _LABELLED_OTHERWISE.match(
        document.scan, sentence.start, length.start
    ):
        return False
    clause = clause_of(document, sentence, length.start, length.end)
    if not (
        may_be_of_impact(document, sentence, clause)
        or names_nothing_else(document, sentence, clause, length.start, length.end)
    ):
        return False
    return not (
        is_of_another_day(document, sentence) or is_planned(document, sentence, length.start)
    )


_LAG: Final = Pattern(r" (?:too )?(?:late|later|early|earlier|behind|old|ago|slower|faster)\b")
"""What one thing was late by: "left a day late"."""
_LONGEST_WAIT: Final = 120
_SHORT_OUTAGE: Final = 600


def _is_a_wait(document: Document, length: Length) -> bool:
    """Whether so few seconds are what one request took, in an outage that was far longer."""
    whole = document.record.duration_seconds if document.record else None
    return length.seconds <= _LONGEST_WAIT and (whole is None or whole > _SHORT_OUTAGE)


_LABELLED_OTHERWISE: Final = Pattern(r"\W*[a-z]+(?: [a-z]+){0,3}: ")
_DAY_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789 "
_OPENING: Final = Pattern(rf"\W*(?P<for>(?:for|during|after|over|throughout) )?{_MODIFIER}\Z")


def _opens_the_sentence(document: Document, sentence: Sentence, length: Length) -> bool:
    """Whether it is "For 2 hours, orders failed", or stands alone under "Duration:"."""
    label = _INLINE_LABEL.match(document.scan, sentence.start, length.start)
    begins = label.end() if label else sentence.start
    opening = _OPENING.match(document.scan, begins, length.start)
    if opening is None:
        summed = _SUMMED.match(document.scan, sentence.start, length.start)
        before = document.text.preceding(sentence) if summed else None
        return before is not None and next(outage_spans(document, before), None) is not None
    if opening["for"]:
        return FELT.search(document.scan, length.end, sentence.end) is not None
    return _stands_under(document, sentence, _LENGTH_LABEL)


def _follows(document: Document, sentence: Sentence, length: Length) -> bool:
    """Whether a length follows what went wrong, or the times that it sums up."""
    scan = document.scan
    lead = max(sentence.start, length.start - 70)
    felt = FELT.search(scan, max(sentence.start, length.start - _FAR), length.start)
    if felt and _FOR.search(scan, lead, length.start):
        return True
    for span in document.spans(sentence):
        gap = scan[span.end : length.start].removeprefix(" on").lstrip(_DAY_LETTERS)
        if length.start - span.end <= 50 and gap.lstrip(" )")[:1] in ("(", ",", "—", "–", ":", "-"):
            return _about_outage(document, sentence, span)
    return (
        felt is not None
        and scan[lead : length.start].rstrip("abcdefghijklmnopqrstuvwxyz~ ")[-1:] == "("
    )


def _about_outage(document: Document, sentence: Sentence, span: Span) -> bool:
    """Whether a pair of times is not about another clock, another day or some of the data."""
    scan = document.scan
    return not (
        _is_other(document, _OTHER_SPAN, max(sentence.start, span.start - 60), span.start)
        or _WE_WATCHED.match(scan, span.end, sentence.end)
        or is_planned(document, sentence, span.start)
        or is_of_another_day(document, sentence)
        or is_part_of_the_time(document, sentence, span)
    )


def outage_spans(document: Document, sentence: Sentence) -> Iterator[Span]:
    """Pairs of clock times that are the start and the end of the outage."""
    spans = document.spans(sentence)
    if not spans:
        return
    scan = document.scan
    if not (
        FELT.search(scan, sentence.start, sentence.end)
        or IS_BAD.search(scan, sentence.start, sentence.end)
        or _stands_under(document, sentence, _TIME_LABEL)
        or _tells_of_a_component(document, sentence, spans[0])
    ):
        return
    for span in spans:
        if _about_outage(document, sentence, span):
            yield span


def _tells_of_a_component(document: Document, sentence: Sentence, span: Span) -> bool:
    """Whether a component is named beside a pair of times, and nothing of another matter."""
    clause = clause_of(document, sentence, span.start, span.end)
    return names_a_component(document, clause) and may_be_of_impact(document, sentence, clause)


_LENGTH_LABEL: Final = Pattern(
    rf"\b(?:how long|duration|(?:down)?time|length|lasted|(?:down|out|offline|unavailable|affected)(?: for)?|impact|total|{BAD})\b"
)
_TIME_LABEL: Final = Pattern(
    rf"\b(?:how long|duration|downtime|when|from|times?|window|period|start|began|end|impact|affected|{BAD})\b"
)


_INLINE_LABEL: Final = Pattern(r"\W*[a-z]+(?: (?:/ )?[a-z]+){0,4}(?::| ?\|)(?= )")


def _stands_under(document: Document, sentence: Sentence, pattern: Pattern) -> bool:
    """Whether a sentence stands under a heading, or right behind a label, such as "How long:"."""
    label = _INLINE_LABEL.match(document.scan, sentence.start, sentence.end)
    if label:
        words = label.group()
        return pattern.search(words) is not None and OTHER_MATTER.search(words) is None
    title = sentence.under
    if title is None or (title.role == "label" and title.index + 1 != sentence.index):
        return False
    return document.stands_under(sentence, pattern) and not document.stands_under(
        sentence, OTHER_MATTER
    )


_AT: Final = r"[: ] ?(?:on |at |around |about |roughly |from |by |approximately |just before |just after |shortly after |shortly before |as of )*"
_STATE: Final = r"(?:partly |partially )?(?:unavailable|down|offline|inaccessible|degraded|slow|disrupted|dark|dead)"
_TROUBLE: Final = (
    rf"(?:{BAD}|errors?|failures?|requests?|fault|trouble|problems?|impact|symptoms?|complaints?)"
)
_SEEN: Final = r"(?: (?:was|were|came|come|showed|shown|seen|appeared|happened|occurred|arrived|hit|started|began|in|up|logged|recorded))*"
_START_CUE: Final = Pattern(
    rf"\b(?:began|begun|begins|started|starting|beginning|commenced|opened|kicked off|set in|went wrong|go wrong|first (?:failed|seen|appeared)|first (?:customers|users|people|of you) (?:felt|noticed|saw|met)(?: it| this)?|first (?:\w+ )??{_TROUBLE}{_SEEN}|since|as of|onset"
    rf"|start(?: time)?|broke(?: down)?|we (?:broke|lost|took down)(?: \w+){{1,3}}?(?= (?:at|on)\b)|onwards from|went (?:down|offline|{_STATE})){_AT}"
)
_FIRST_OR_LAST: Final = Pattern(
    rf"\b(?:first|last) (?:(?:\w+ )?{_TROUBLE}|(?:customers|users|people) felt)\b"
)
_WELL: Final = r"(?:recovered|restored|resolved|fixed|back(?: to (?:normal|full \w+|their usual \w+|usual)| up| online| on \w+| at full \w+)?|again|normally|stable|normal|healthy|operational|running|working|all clear|well|right again)"
_WELL_NOW: Final = rf"(?:restored (?:full |normal )?(?:service|operations?|access)|{_WELL})"
_END_CUE: Final = Pattern(
    rf"\b(?:ended|concluded|until|till|over|stopped|end(?: time)?|finish(?:ed)?|(?:the )?last (?:ones?|(?:\w+ )??{_TROUBLE}){_SEEN}|the last{_SEEN}|ending|came back|closed(?: (?:it |this )?(?:out|off))?|cleared(?: up)?|full recovery came|recovery came|{_WELL_NOW}(?: since| as of)?){_AT}"
)
_WELL_AT: Final = Pattern(
    rf"\b(?:recovery came|{_WELL_NOW}(?: since| as of)?|end(?: time)?|finish(?:ed)?|ended){_AT}"
)
_BARE_CUE: Final = Pattern(
    r"\W*(?:began|begun|start(?:ed)?|ended|end|finish(?:ed)?|over|restored|resolved|recovered)\b(?P<rest>[^.;!?]*(?:[ap]\.m\.)?[^.;!?]*)\W*\Z"
)
_WORDS: Final = later(r"[a-z]+")
_AROUND_A_TIME: Final = frozenset(("on", "at", "of", "the", "about", "around", "roughly", "by"))
_WELL_AFTER: Final = Pattern(rf"[^;.!?]*\b{_WELL}\b")
_OPENS: Final = Pattern(r"\W*(?:starting|beginning|from|since|as of|start(?: time)?:|onset:)")
_NAME_OF_DAY: Final = r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?"
_ONLY_A_DATE: Final = Pattern(
    rf"\W{{0,3}}(?:the )?{_NAME_OF_DAY}(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?(?:of )?{_NAME_OF_DAY}(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?(?:\d{{4}},? )?(?:\d{{4}}-\d\d-\d\d,? |\d{{1,2}}-[a-z]{{3}}-\d{{4}},? )?(?:(?:at|on|about|around|approximately|roughly|exactly|almost|nearly|only|just|shortly|after|before) )*\Z"
)
_IT_WAS: Final = Pattern(r"\b(?:it was|not until|took until) (?:about |around |nearly )?\Z")
_BEFORE_IT_WORKED: Final = Pattern(
    rf"[^.;,]{{0,24}}? (?:before|until|that) (?:it|we|they|you|all|everything|things|service|the \w+) (?:\w+ ){{0,3}}?(?:repaired|{_WELL}|over|worked)\b"
)
_BY: Final = Pattern(r"(?:\A|[^a-z]|\b)by (?:about |around )?\Z")
_ALL_OVER: Final = Pattern(
    r"[^.!?;]{0,30}?\b(?:the \w+|it|this|everything|all|service|they|things) (?:\w+ )?(?:(?:was|were|had) (?:\w+ )?(?:over|fixed|back|restored|resolved|normal|ended)|worked|recovered|ended)\b"
)
_OTHER_SUBJECT: Final = Pattern(
    rf"\b(?:watch\w*|monitor\w*|backlog|queues?|queued(?! for)|delivered(?! late)|detect\w*|{NOTICED}|alert\w*|investigat\w*|updat\w*|maintenance|identified|deploy\w*"
    r"|work began|we (?:began|started|look|check|stay|sit|keep)|on (?:duty|watch)|(?:is|are) (?:open|staffed|here)|trickl\w+|late \w+|catch(?:ing)? up|caught up|drain\w*)\b"
)
_FAR: Final = 300
"""How many characters before a time may say what it is about."""
_START_LABEL: Final = Pattern(r"\b(?:start(?:ed)?|began|begun|beginning|onset|from|since)\b")
_END_LABEL: Final = Pattern(
    r"\b(?:end(?:ed)?|over|resolved|recovered|recovery|restored|fixed|until|till|to|finish(?:ed)?)\b"
)
_ONWARDS: Final = Pattern(r"[^.;,]{0,24}?\bonwards?\b")
_AT_OR_AFTER: Final = Pattern(
    r"(?<![a-z])(?:at|from|since|starting|(?:shortly|just|soon|right|immediately) after|around|about)\b[^.;:]{0,40}\Z"
)
_STEP: Final = Pattern(
    r"\b(?:also|again|still|another|second|third|then|finally|instead|meanwhile|too|by then|once more|further|worse\w*|reached|peak\w*|spread|we (?!lost|were|had|saw|went)|our (?:engineers?|team))\b"
)
_FROM: Final = Pattern(r"(?<![a-z])from ")
_UNTIL_IT_WORKED: Final = Pattern(rf"[^.;,]{{0,24}}? until (?:\w+ ){{0,3}}?{_WELL}\b")
_WE_BROKE: Final = Pattern(r"\bwe (?:broke|lost|took down) ")
_SETS_IN: Final = Pattern(r"[^.;:]{0,60}?\b(?:began|started|broke|went wrong|set in)\b")
_GENERIC: Final = r"(?:it|this|that|things|they|everything|all(?: (?:of it|is|was|our|services|systems))?|(?:normal |full )?services?|errors?|traffic|we were|we're|the (?:whole thing|\w+))"
_END_LIKELY: Final = Pattern(
    rf"\b{_GENERIC}\b[^.;]*\b(?:{_WELL}|over(?! (?:an?|half|the|\d))|closed)\b"
)


Doubtful: TypeAlias = Callable[[int, str | None, bool], bool]
"""Whether a time is worth a closer look: its seconds, its zone as written, and if it is an end."""


def any_time(*_: object) -> bool:
    """Every time is worth a closer look."""
    return True


def outage_moments(
    document: Document, sentence: Sentence, doubtful: Doubtful = any_time
) -> Iterator[Moment]:
    """Clock times stated for the start or the end of the outage, alone or as a pair.

    Only those are looked at closely that are `doubtful`; that sees a time as a start and as an end
    before it is known which of them it is.
    """
    pairs = document.ranges(sentence)
    yield from _paired_moments(document, sentence, doubtful, pairs)
    taken = [pair.span() for pair in pairs]
    for found in document.clocks(sentence):
        at, end = found.span("clock")
        seconds = clock_seconds(found["clock"])
        if seconds is None or any(start <= at < stop for start, stop in taken):
            continue
        zone = found["zone"]
        as_start = _is_doubted(doubtful, seconds, zone, False)
        as_end = _is_doubted(doubtful, seconds, zone, True)
        if not (as_start or as_end):
            continue
        judged = _which(document, sentence, at, found.end())
        if judged is None or is_of_another_day(document, sentence):
            continue
        is_end, sure = judged
        if as_end if is_end else as_start:
            rounded = is_rounded(document, sentence, at)
            yield Moment(at, end, seconds, zone, is_end, rounded, sure)


def which_ends(document: Document, sentence: Sentence) -> frozenset[bool]:
    """Whether a sentence states an end of the outage (True), a start (False), both or neither."""
    known: dict[int, frozenset[bool]] = document.memory.setdefault("ends stated", {})
    stated = known.get(sentence.index)
    if stated is None:
        stated = frozenset(one.is_end for one in outage_moments(document, sentence))
        known[sentence.index] = stated
    return stated


def _paired_moments(
    document: Document,
    sentence: Sentence,
    doubtful: Doubtful,
    pairs: tuple[Match, ...],
) -> Iterator[Moment]:
    bound: set[int] | None = None
    for pair in pairs:
        for moment in _ends_of(pair):
            if not doubtful(moment.seconds, moment.zone, moment.is_end):
                continue
            if bound is None:
                bound = {span.start for span in outage_spans(document, sentence)}
            if pair.start() in bound:
                yield moment._replace(rounded=is_rounded(document, sentence, moment.start))


def _is_doubted(doubtful: Doubtful, seconds: int, zone: str | None, is_end: bool) -> bool:
    """Whether a time is doubtful as a start, or as an end.

    "18:32-03:00" may be a time with its offset or the two ends of a night.
    """
    if not doubtful(seconds, zone, is_end):
        return False
    if zone and zone.lstrip(" (").startswith("-"):
        return doubtful(seconds, None, is_end)
    return True


def _ends_of(pair: Match) -> Iterator[Moment]:
    """The two times of a pair, as if they were those of the outage."""
    first, last = pair["first"], pair["last"]
    if last[-1] in "m." and first[-1] not in "m.":
        first += last[len(last.rstrip("apm. ")) :]
    zone = pair["zone2"] or pair["zone1"]
    for name, word, own in (("first", first, pair["zone1"] or zone), ("last", last, zone)):
        seconds = clock_seconds(word)
        if seconds is not None:
            yield Moment(*pair.span(name), seconds, own, name == "last", False)


def _which(document: Document, sentence: Sentence, at: int, end: int) -> tuple[bool, bool] | None:
    """Whether a time is the end (True) or the start (False), and how sure; None for neither."""
    known: dict[int, tuple[bool, bool] | None] = document.memory.setdefault("which end", {})
    if at not in known:
        surely = _judged(document, sentence, at, end)
        known[at] = _likely(document, sentence, at, end) if surely is None else (surely, True)
    return known[at]


def _likely(document: Document, sentence: Sentence, at: int, end: int) -> tuple[bool, bool] | None:
    """What a time is probably, as its clause tells of the impact and names no other matter."""
    scan = document.scan
    clause = clause_of(document, sentence, at, end)
    if _ON_WATCH.match(scan, end, sentence.end) or is_planned(document, sentence, at):
        return None
    if not (
        may_be_of_impact(document, sentence, clause)
        or names_nothing_else(document, sentence, clause, at, end)
    ):
        return None
    lead = max(clause.start, at - 60)
    if _reach(_END_CUE, scan, lead, at) >= max(_reach(_START_CUE, scan, lead, at), 0):
        return True, False
    if _reach(_START_CUE, scan, lead, at) >= 0:
        return False, False
    if _SETS_IN.match(scan, end, clause.end):
        return False, False
    if _reach(_FROM, scan, clause.start, at) >= 0 and (
        _felt(scan, clause.start, at) or _UNTIL_IT_WORKED.match(scan, end, clause.end)
    ):
        return False, False
    if _END_LIKELY.search(scan, *clause):
        return True, False
    begins = _ONWARDS.match(scan, end, clause.end) or (
        _AT_OR_AFTER.search(scan, clause.start, at) and _felt(scan, clause.start, clause.end)
    )
    if begins and not _STEP.search(scan, *clause):
        return False, False
    return None


def _judged(document: Document, sentence: Sentence, at: int, end: int) -> bool | None:
    scan, start = document.scan, max(sentence.start, at - _FAR)
    if _is_other(document, _OTHER_SUBJECT, start, at) or is_planned(document, sentence, at):
        return None
    if _ON_WATCH.match(scan, end, sentence.end):
        return None
    label = _INLINE_LABEL.match(scan, sentence.start, at)
    bare = label.end() if label else sentence.start
    if start == sentence.start and _ONLY_A_DATE.match(scan, bare, at):
        answers = [
            answer
            for label, answer in ((_END_LABEL, True), (_START_LABEL, False))
            if _stands_under(document, sentence, label)
        ]
        if answers:
            return answers[0] if len(answers) == 1 else None
    if _IT_WAS.search(scan, max(start, at - 30), at) and _BEFORE_IT_WORKED.match(
        scan, end, sentence.end
    ):
        return True
    if _BY.search(scan, max(start, at - 20), at) and _ALL_OVER.match(scan, end, sentence.end):
        return True
    lead = max(start, at - 60)
    ends, starts = _reach(_END_CUE, scan, lead, at), _reach(_START_CUE, scan, lead, at)
    if ends >= max(starts, 0):
        sure = (
            _is_bare(scan, sentence)
            or _reach(_WELL_AT, scan, lead, at) >= 0
            or _felt(scan, start, at)
        )
        return True if sure else None
    if starts < 0:
        return None
    opening = _OPENS.match(scan, sentence.start, at)
    if opening and ":" not in opening.group() and _WELL_AFTER.match(scan, end, sentence.end):
        return True if "since" in opening.group() or "as of" in opening.group() else None
    labelled = opening is not None and ":" in opening.group()
    sure = labelled or _is_bare(scan, sentence)
    sure = sure or _WE_BROKE.search(scan, lead, at) is not None
    return False if sure or _felt(scan, start, sentence.end if opening else at) else None


def _is_bare(scan: str, sentence: Sentence) -> bool:
    """Whether a sentence is only "Began" or "Over" with a time, its date and its zone."""
    found = _BARE_CUE.match(scan, sentence.start, sentence.end)
    return found is not None and all(
        word in _AROUND_A_TIME or OF_THE_CALENDAR.fullmatch(word)
        for word in _WORDS.findall(found["rest"])
    )


def _felt(scan: str, start: int, end: int) -> bool:
    """Whether something is said to go wrong between two offsets."""
    return bool(
        IS_BAD.search(scan, start, end)
        or FELT.search(scan, start, end)
        or _FIRST_OR_LAST.search(scan, start, end)
    )


def _reach(cue: Pattern, scan: str, start: int, at: int) -> int:
    """Where the last cue ends that has nothing but a date between itself and `at`, or -1."""
    places = [
        found.end()
        for found in cue.finditer(scan, start, at)
        if _ONLY_A_DATE.match(scan, found.end(), at)
    ]
    return max(places, default=-1)


def to_utc(
    seconds: int, zone: str | None, default: tuple[int, ...], moments: tuple[datetime, ...] = ()
) -> tuple[int, ...]:
    """Seconds after midnight UTC that a stated time may mean; empty if its zone is not known.

    `moments` tell which half of the year it was, where the zone ("ET") does not.
    """
    shifts = offsets_then(zone, moments) if zone else default
    return tuple([(seconds - shift * 60) % 86400 for shift in shifts])
