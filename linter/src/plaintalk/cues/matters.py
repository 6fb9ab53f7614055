"""What a figure is about: the impact, unless another matter is named in its clause.

A post about an incident is about the outage. What else has a length or a time of its own is a
short list: noticing, responding, the backlog, a deployment, maintenance, a schedule, what is kept
and for how long, a limit, an earlier incident, a supplier, a plan. A figure is bound to such a
matter where its clause names one, and to the impact where the clause speaks of that.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from typing import Final, NamedTuple

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.text import Sentence
from plaintalk.vocabulary import BAD

NOTICED: Final = r"(?:notic(?:e|es|ing)|(?<!ll\shave\s)(?<!ay\shave\s)(?<!ht\shave\s)noticed)"
"""Noticing by us: "you may have noticed that" only leads to what readers felt."""
_NOTICING: Final = (
    rf"detect\w*|{NOTICED}|(?:did not|didn't) know|spotted|f(?:i|ou)nd out|aware|alert(?:s|ed|ing)?|alarms?|page[dr]?|caught (?:it|this)|picked (?:it|this) up"
    r"|(?:first )?(?:tickets?|reports?)(?! (?:did|would|could|failed|loaded|came|were (?:not|late|lost|slow)))|(?:was|were|had) looking"
)
_RESPONDING: Final = (
    r"respon(?:d|ds|ded|ding|se)|first (?:update|word|post|note|reply|answer|message|status|public)|status (?:page|note)|updates?|updated|posted|wrote|writing|publish\w*|announc\w+"
    r"|(?:told|tell|inform(?:ed)?) (?:you|customers|everyone|anyone)|heard|silen(?:t|ce)|acknowledg\w+|look(?:ing|ed) (?:at|into)|investigat\w+|diagnos\w+"
    r"|wrong (?:lead|track)|debug\w*|identif\w+|mitigation|(?:first|real|proper|right|a|the) fix|roll(?:ed|ing)? ?back|rollback|revert\w*|restart(?:s|ed|ing)?"
    r"|rebuil\w+|fail(?:ed|ing)? ?over|gave up|escalat\w+|on[- ]call"
)
_CATCHING_UP: Final = (
    r"backlogs?|queues?|queued(?! for)|pile-?up|piled|catch(?:ing|es)? up|caught up|clearing|drain\w*|replay\w*|re-?process\w*|re-?deliver\w*|work(?:ed|ing)? (?:it |this |them )?(?:off|through)"
    r"|trickl\w+|late \w+ (?:came|arrived|went|trickled)|delayed (?:items|jobs|messages|mails?|events)|cach(?:es?|ed)|stale"
)
_STRICT: Final = rf"{_NOTICING}|{_RESPONDING}|{_CATCHING_UP}"
OTHER_MATTER: Final = Pattern(rf"\b(?:{_STRICT})\b")
"""Noticing, responding and catching up: what takes time around an outage."""

_ANY_OTHER: Final = Pattern(
    rf"\b(?:{_STRICT}|monitor\w*|watch\w*|caught|maintenance|scheduled|planned|upgrade window"
    r"|deploy\w*|releas\w*|roll(?:ed|ing)? ?out|rollout|live|migrat\w+|change had"
    r"|(?:every|each)(?! (?:\w+ )?(?:customers?|users?|accounts?|one|single|record))|per|interval|hourly|daily|weekly|monthly|once|next|within|average|typically|usually|normally|normal load|(?<!or\s)takes?|needs?"
    r"|keep|keeps|kept(?! \w+ing)|retain\w*|retention|valid|expir\w*|old|ttl|logs?|backups?|renew\w*|certificates?|tokens?|snapshots?"
    r"|time-?outs?|limits?|latenc(?:y|ies)|response times?|peaked|apart|retr(?:y|ies|ied)|health checks?"
    r"|earlier|previous(?:ly)?|last time|before that|ago|last (?:week|month|year)|again on|weeks?|months?|years?"
    r"|will|we'll|going to|plan(?:s|ned)? to|from now on|instead of|rather than|so that|would(?! not)|could have|should|(?<!\d\s)(?<!\d-)(?<!of\s)may(?![ -]\d)|might"
    r"|meetings?|reviews?|postmortem|credit(?:s|ing|ed (?:you|to))?|until further|watch|another|further|additional|extra|following|more (?:hours|minutes|days)|later"
    r"|by then|so far|at that point|already been|by that time|longest|shorter|longer|than (?:usual|normal|before)|promise[ds]?|target|sla|objective|engineers?)\b"
)
_SUPPLIER: Final = Pattern(
    r"\b(?:vendor|supplier|provider|carrier|partner|upstream|third part(?:y|ies)|(?:hosting|cloud) company|data cent(?:er|re))(?:s|'s|s')?\b"
)
# Every branch begins with a literal, so that the search skips quickly over what cannot begin one.
_BREAK: Final = Pattern(
    r";|—|[ ] ?[–-] |, (?:and|but|so|which|while|because|although|as)\b|[ ] ?(?:and|but) (?=(?:we|our|it|this|they|you|the|i|then)\b)"
)
_IMPACT_SUBJECT: Final = Pattern(
    r"\b(?:it|this|that|things|everything|nothing|whole|all of it|the lot|all told|you|customers?|users?|people|nobody|no one|everyone|service|impact|downtime"
    r"|customers|users|accounts|outage|incident|disruption|failure|slowdown|interruption|breakdown|problems?|trouble|errors?|start to finish|end to end|door to door|beginning to end|in all|in total|altogether)\b"
)
_HEADLINE: Final = Pattern(
    r"\b(?:impact|downtime|outage|incident|disruption|failure|slowdown|interruption|breakdown|all told|start to finish|end to end|door to door|beginning to end|first to last|in all|in total|altogether)\b(?![^.;]*\b(?:is|are|can|has|have|do|does)\b)"
)
_PAST: Final = Pattern(
    r"\b(?:was|were|had|did|began|took|went|ran|got|gave|cost|would|came|lost|spent|fell|broke|stood|sat|could|couldn't|felt|meant|made|hit|stayed|kept|left|wasn't|weren't|didn't|\w{3,}ed)\b"
)
_BROKEN: Final = Pattern(
    r"\b(?:was|were|went|stayed|got) (?:not |un|in)?\w+ (?:\w+ )?for\b|\b(?:fail\w*|broke\w*|not|n't|lost)\b"
)
FELT: Final = Pattern(
    r"\b(?:could not|couldn't|unable|fail(?:ed|ing|ures?)?|unavailab\w+|down|offline|not (?:deliver|sen[td]|work|be|receiv|load|process|reach)\w*"
    r"|rejected|declined|dropped|halted|halt|standstill|grief|hurt|suffered|struggl\w+|went wrong|won't|will not have|in the dark|empty|stopped|errors?|inaccessible|unreachable|affected|impacted|disrupted|degraded|slow\w*|late|delayed|timed out"
    r"|held back|lost|interrupted|trouble|problems?|impossible|(?:would|could|can|is|are) (?:not|never)|stuck|choppy|blank|buffering|crawled|refused|turned away|lagged|never|nothing (?:went|was|worked|ran)|without (?:it|this|them)|locked out|nobody could|no one could|no way to|not possible|impact|incident|outages?|disruptions?|visible|missing|wrong|incorrect|duplicated|returned|did not|didn't|were not|was not|stuck|out of service)\b"
)
IS_BAD: Final = Pattern(rf"\b{BAD}\b")
_SAID_OF_TIME: Final = words(
    "h the a an all in of it its it's this that that's these those which what when how if is "
    "was are were be been being to for by from at on with without into out and or but so "
    "then there here had has have do did does done not no never too far much very long "
    "longer than more less as we us our ours you your yours i me my they them their total "
    "sum whole entire altogether lot count counted counting counts make makes made come "
    "comes came add adds added up get gets clock stopped stood read reads figure figures "
    "number numbers amount amounts put together give nearly almost about roughly around "
    "under above below north south exactly precisely close short shy part best better little bit touch arrive "
    "arrived arrives accounts clients subscribers workspaces shops stores teams "
    "organisations organizations problem problems shade just well least most change plus odd "
    "thereabouts record records log logs beginning onset started began ended closed meant "
    "mean means depend rely lose lost losing cost costs costing take taken took taking spend "
    "spent waste wasted go gone went sorry apologise apologize apologises apology apologies "
    "regret acceptable unacceptable inexcusable mistake fault time times period hour hours "
    "minute minutes work day worth start finish end over until every each only still impact "
    "customer customers user users people everyone everybody nobody anyone who through "
    "product wait waited waiting isn't wasn't good enough right way bad pay paid let down"
)
"""Words with which a length can be said without naming anything that has a length of its own."""
OF_THE_CALENDAR: Final = later(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}"
    r"|st|nd|rd|th|[ap]|m|[ap]m|utc|gmt|z|wib|[a-z]{1,4}t|eastern|central|mountain|pacific|singapore|tokyo|london|time"
)
"""Words of dates, and of zones as they stand behind a time."""
_WORD: Final = later(r"[a-z][a-z']*")
_FAR = 200
"""How many characters before and behind a figure may say what it is about."""
_STEM = 4
"""Letters of a word that tell what it is about."""
_MOST_WORDS = 14
"""A sentence without a verb that has at most so many words is a headline for its figure."""


class Clause(NamedTuple):
    """A stretch of a sentence in which one thing is said."""

    start: int
    end: int


def _places(
    document: Document, sentence: Sentence, pattern: Pattern
) -> tuple[list[int], list[int]]:
    """Where the matches of a pattern begin and end in a sentence, components' names aside.

    A sentence may hold thousands of figures; it is read once for all of them.
    """
    known: dict[tuple[int, Pattern], tuple[list[int], list[int]]] = document.memory.setdefault(
        "matters", {}
    )
    key = (sentence.index, pattern)
    places = known.get(key)
    if places is None:
        own = document.once(_component_words) if pattern in (OTHER_MATTER, _ANY_OTHER) else ()
        begins, ends = [], []
        for found in document.each(pattern, sentence):
            if not (own and _is_own(found.group(), own)):
                begins.append(found.start())
                ends.append(found.end())
        places = known[key] = begins, ends
    return places


def _is_own(words: str, own: Collection[str]) -> bool:
    first = words.split(maxsplit=1)[0]
    if first in own or first.rstrip("s") in own or first + "s" in own:
        return True
    # "Routes could not be planned" is about the route planner.
    return any(
        len(one) > _STEM and first.startswith(one[: max(_STEM, len(one) - 3)]) for one in own
    )


def clause_of(document: Document, sentence: Sentence, start: int, end: int) -> Clause:
    """The clause that holds the text between two offsets."""
    begins, ends = _places(document, sentence, _BREAK)
    before = bisect_right(ends, start) - 1
    after = bisect_left(begins, end)
    first = max(sentence.start, start - _FAR, ends[before] if before >= 0 else 0)
    last = min(sentence.end, end + _FAR, begins[after] if after < len(begins) else sentence.end)
    return Clause(first, last)


def _component_names(document: Document) -> tuple[str, ...]:
    parts = document.record.components if document.record else ()
    names = {name.lower() for part in parts for name in (part.name, *part.aliases) if name}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _component_words(document: Document) -> frozenset[str]:
    """Words in the names of components: "push alerts" is no alert of ours."""
    return frozenset(word for name in document.once(_component_names) for word in name.split())


def _names(document: Document, sentence: Sentence, pattern: Pattern, clause: Clause) -> bool:
    """Whether a pattern matches within a clause, components' names aside."""
    begins, ends = _places(document, sentence, pattern)
    at = bisect_left(begins, clause.start)
    return at < len(begins) and ends[at] <= clause.end


def is_of_another_matter(document: Document, sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause speaks of noticing, responding or catching up, or of a supplier."""
    return _names(document, sentence, OTHER_MATTER, clause) or _names(
        document, sentence, _SUPPLIER, clause
    )


def _names_another(document: Document, sentence: Sentence, clause: Clause) -> bool:
    return _names(document, sentence, _ANY_OTHER, clause) or _names(
        document, sentence, _SUPPLIER, clause
    )


def may_be_of_impact(document: Document, sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause names no other matter at all and can be read as told of the impact."""
    if _names_another(document, sentence, clause):
        return False
    if _names(document, sentence, _PAST, clause) and (
        any(_names(document, sentence, one, clause) for one in (_IMPACT_SUBJECT, _BROKEN, FELT))
        or names_a_component(document, clause)
    ):
        return True
    short = document.scan.count(" ", *clause) < _MOST_WORDS
    return short and _names(document, sentence, _HEADLINE, clause)


def names_nothing_else(
    document: Document, sentence: Sentence, clause: Clause, start: int, end: int
) -> bool:
    """Whether a clause has, around a figure, only words that need no other thing: "in all, 2 hours".

    In a text about an outage such a figure is that of the outage.
    """
    scan = document.scan
    if _names_another(document, sentence, clause):
        return False
    around = (*_WORD.findall(scan, clause.start, start), *_WORD.findall(scan, end, clause.end))
    return all(
        word in _SAID_OF_TIME or OF_THE_CALENDAR.fullmatch(word) or IS_BAD.match(word)
        for word in around
    )


def names_a_component(document: Document, clause: Clause) -> bool:
    """Whether a clause names a component of the record."""
    low = document.text.low
    return any(
        low.find(name, clause.start, clause.end) >= 0 for name in document.once(_component_names)
    )
