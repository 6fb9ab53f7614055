"""What a figure is about: the impact, unless another matter is named in its clause.

A post about an incident is about the outage. What else has a length or a time of its own is a
short list: noticing, responding, the backlog, a deployment, maintenance, a schedule, what is kept
and for how long, a limit, an earlier incident, a supplier, a plan. A figure is bound to such a
matter where its clause names one, and to the impact where the clause speaks of that.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from typing import Final, NamedTuple

from plaintalk.document import Document
from plaintalk.pattern import Pattern
from plaintalk.text import Sentence

_NOTICING: Final = (
    r"detect\w*|notic(?:e|es|ed|ing)|spotted|f(?:i|ou)nd out|aware|alert(?:s|ed|ing)?|alarms?|page[dr]?|caught (?:it|this)|picked (?:it|this) up"
    r"|(?:first )?(?:tickets?|reports?)|(?:was|were|had) looking"
)
_RESPONDING: Final = (
    r"respon(?:d|ds|ded|ding|se)|first (?:update|word|post|note|reply|answer|message|status|public)|status (?:page|note)|updates?|updated|posted|wrote|writing|publish\w*|announc\w+"
    r"|(?:told|tell|inform(?:ed)?) (?:you|customers|everyone|anyone)|heard|silen(?:t|ce)|acknowledg\w+|look(?:ing|ed) (?:at|into)|investigat\w+|diagnos\w+"
    r"|wrong (?:lead|track)|debug\w*|identif\w+|mitigation|(?:first|real|proper|right|a|the) fix|roll(?:ed|ing)? ?back|rollback|revert\w*|restart(?:s|ed|ing)?"
    r"|rebuil\w+|fail(?:ed|ing)? ?over|gave up|escalat\w+|on[- ]call"
)
_CATCHING_UP: Final = (
    r"backlogs?|queues?|queued|pile-?up|piled|catch(?:ing|es)? up|caught up|drain\w*|replay\w*|re-?process\w*|re-?deliver\w*|work(?:ed|ing)? (?:it |this |them )?(?:off|through)"
    r"|trickl\w+|late \w+ (?:came|arrived|went|trickled)|delayed (?:items|jobs|messages|mails?|events)|cach(?:es?|ed)|stale"
)
_STRICT: Final = rf"{_NOTICING}|{_RESPONDING}|{_CATCHING_UP}"
OTHER_MATTER: Final = Pattern(rf"\b(?:{_STRICT})\b")
"""Noticing, responding and catching up: what takes time around an outage."""

_ANY_OTHER: Final = Pattern(
    rf"\b(?:{_STRICT}|monitor\w*|watch\w*|caught|maintenance|scheduled|planned|upgrade window"
    r"|deploy\w*|releas\w*|roll(?:ed|ing)? ?out|rollout|live|migrat\w+|change had"
    r"|every|each|per|interval|hourly|daily|weekly|monthly|once|next|within|average|typically|usually|normally|normal load|takes?|needs?"
    r"|keep|keeps|kept|retain\w*|retention|valid|expir\w*|old|ttl|logs?|backups?|renew\w*|certificates?|tokens?|snapshots?"
    r"|time-?outs?|limits?|latenc(?:y|ies)|response times?|peaked|apart|retr(?:y|ies|ied)|health checks?"
    r"|earlier|previous(?:ly)?|last time|before that|ago|last (?:week|month|year)|again on|weeks?|months?|years?"
    r"|will|we'll|going to|plan(?:s|ned)? to|from now on|instead of|rather than|so that|would|could have|should|may(?! \d)|might"
    r"|meetings?|reviews?|postmortem|credit\w*|until further|watch|another|further|additional|extra|following|more (?:hours|minutes|days)|later"
    r"|by then|so far|at that point|already been|by that time|longest|shorter|longer|than (?:usual|normal|before)|promise[ds]?|target|sla|objective|engineers?)\b"
)
_SUPPLIER: Final = Pattern(
    r"\b(?:vendor|supplier|provider|carrier|partner|upstream|third part(?:y|ies)|(?:hosting|cloud) company|data cent(?:er|re))(?:s|'s|s')?\b"
)
_BREAK: Final = Pattern(
    r"[;—]| [–-] |, (?:and|but|so|which|while|because|although|as)\b| (?:and|but) (?=(?:we|our|it|this|they|you|the|i|then)\b)"
)
_IMPACT_SUBJECT: Final = Pattern(
    r"\b(?:it|this|that|things|everything|nothing|whole|all of it|the lot|all told|you|customers?|users?|people|nobody|no one|everyone|service|impact|downtime"
    r"|customers|users|accounts|outage|incident|disruption|failure|slowdown|interruption|breakdown|problems?|trouble|errors?|start to finish|end to end|door to door|beginning to end|in all|in total|altogether)\b"
)
_HEADLINE: Final = Pattern(
    r"\b(?:impact|downtime|outage|incident|disruption|failure|slowdown|interruption|breakdown|all told|start to finish|end to end|door to door|beginning to end|first to last|in all|in total|altogether)\b(?![^.;]*\b(?:is|are|can|has|have|do|does)\b)"
)
_PAST: Final = Pattern(
    r"\b(?:was|were|had|did|began|took|went|ran|got|gave|cost|came|lost|spent|fell|broke|stood|sat|could|couldn't|felt|meant|made|hit|stayed|kept|left|wasn't|weren't|didn't|\w{3,}ed)\b"
)
_BROKEN: Final = Pattern(
    r"\b(?:was|were|went|stayed|got) (?:not |un|in)?\w+ (?:\w+ )?for\b|\b(?:fail\w*|broke\w*|not|n't|lost)\b"
)
_FAR = 200
"""How many characters before and behind a figure may say what it is about."""
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
    if key not in known:
        own = document.once(_component_words) if pattern in (OTHER_MATTER, _ANY_OTHER) else ()
        begins, ends = [], []
        for found in document.each(pattern, sentence):
            if not (own and _is_own(found.group(), own)):
                begins.append(found.start())
                ends.append(found.end())
        known[key] = begins, ends
    return known[key]


def _is_own(words: str, own: Collection[str]) -> bool:
    first = words.split(maxsplit=1)[0]
    return first in own or first.rstrip("s") in own or first + "s" in own


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
    return any(_names(document, sentence, one, clause) for one in (OTHER_MATTER, _SUPPLIER))


def may_be_of_impact(document: Document, sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause names no other matter at all and can be read as told of the impact."""
    if any(_names(document, sentence, one, clause) for one in (_ANY_OTHER, _SUPPLIER)):
        return False
    past = _names(document, sentence, _PAST, clause)
    if not past and document.scan.count(" ", *clause) < _MOST_WORDS:
        return _names(document, sentence, _HEADLINE, clause)
    return past and (
        any(_names(document, sentence, one, clause) for one in (_IMPACT_SUBJECT, _BROKEN))
        or names_a_component(document, clause)
    )


def names_a_component(document: Document, clause: Clause) -> bool:
    """Whether a clause names a component of the record."""
    low = document.text.low
    return any(
        low.find(name, clause.start, clause.end) >= 0 for name in document.once(_component_names)
    )
