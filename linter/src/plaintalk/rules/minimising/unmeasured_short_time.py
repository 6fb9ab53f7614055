"""MIN-04: "a brief outage", where a clock would say how long."""

import math

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.phrasing import article_for, format_duration
from plaintalk.rule import Hit, Rule, before, examples, follows, matching
from plaintalk.text import Sentence
from plaintalk.vocabulary import SHORT_TIME, SHORT_TIME_WORDS

SHORT_TIME_PATTERN = Pattern(SHORT_TIME)
_TRIGGER = Pattern(r"\A(?: \w+){0,2} (?:caused|led to|triggered|resulted in|set off)\b")
# "The transient failure of any part" speaks of a kind of failure.
_OF_ANY = Pattern(r" (?:of|in) (?:any|each|every|a single|one)\b")
_ACTION = Pattern(r" (?:while|as) we\b")
_RECOVERY = Pattern(
    r"\b(?:online|returns|returned|recovered|restored|back|working|up)(?: \w+){0,1} *\Z"
)
# "After a short delay", "with a short timeout": a wait of the machine or of the story.
_WAITS = Pattern(r"\b(?:after|with|add\w*|insert\w*|uses?|used|using|configur\w+|retr\w+|set) \Z")
# What is down now is down for a time nobody knows yet.
_STILL = Pattern(r"\b(?:is|are|be|stay|remains?) \Z")
_OURS = Pattern(r"\b(?:we|i|we have|have|and|to) \Z")
_ACTIONS = frozenset(("disrupted", "affected", "experienced", "failed"))
_LENGTH_NOUNS = frozenset(
    [
        "outage",
        "outages",
        "disruption",
        "interruption",
        "interruptions",
        "delay",
        "downtime",
        "degradation",
        "slowdown",
        "unavailability",
        "instability",
        "loss",
    ]
)


def is_about_impact(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether the short time is the readers' time, not that of a trigger or a fix."""
    tail = document.scan[found.end() : min(sentence.end, found.end() + 30)]
    if found["noun"] and _TRIGGER.match(tail):
        return False
    lead = document.scan[max(sentence.start, found.start() - 30) : found.start()]
    if _RECOVERY.search(lead):
        return False
    return found["middle"] is None or "power" not in found["middle"]


def short_time(document: Document, found: Match) -> Hit:
    """The hit, with the record's duration in good English as the fix."""
    seconds = document.record.duration_seconds if document.record else None
    if seconds is None:
        return Hit(*found.span())
    fix = _with_duration(document.text.raw, found, format_duration(seconds))
    return Hit(*found.span(), replacement=fix, suggestion=f'"{fix}"')


def _with_duration(raw: str, found: Match, duration: str) -> str:
    noun, state = found["noun"], found["state"] or found["state2"]
    if noun:
        middle, article = found["middle"] or "", (found["article"] or "").strip()
        if article in ("a", "an"):
            article = article_for(middle or noun)
        if noun.endswith("s") and noun not in ("loss",):
            bound = "for"
        else:
            bound = "of" if noun in _LENGTH_NOUNS else "lasting"
        fixed = f"{article} {middle}{noun} {bound} {duration}".strip()
    elif state:
        middle = found["middle2"] or ""
        fixed = f"{middle}{state} for {duration}"
    else:
        fixed = f"for {duration}"
    return fixed[0].upper() + fixed[1:] if raw[found.start()].isupper() else fixed


def _says_how_long(document: Document, sentence: Sentence) -> bool:
    """Whether this sentence or one beside it gives the length or both ends of it."""
    before = document.text.preceding(sentence)
    if before is not None and before.block != sentence.block:
        before = None
    return (
        document.time_near(sentence)
        or len(document.clocks(sentence)) > 1
        or bool(document.lengths(before) or document.spans(before))
    )


def _says_how_long_before(document: Document, sentence: Sentence) -> bool:
    """Whether an earlier sentence gives the length; "temporarily" may lean on it."""
    return sentence.index > document.once(_first_to_say_how_long)


def _first_to_say_how_long(document: Document) -> float:
    for one in document.text.sentences:
        if document.lengths(one) or document.spans(one):
            return one.index
    return math.inf


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if not is_about_impact(document, sentence, found) or _says_how_long(document, sentence):
        return False
    if found["short"] == "transient" and not found["article"]:
        return False
    if found["noun"] and before(document, sentence, found, _WAITS, 14):
        return False
    if found["short"] == "transient" and follows(document, sentence, found, _OF_ANY):
        return False
    if found["state"] and _OURS.search(
        document.scan, max(sentence.start, found.start() - 20), found.start()
    ):
        return False
    if found["adverb"] == "temporarily" and (
        document.kind == "update" or before(document, sentence, found, _STILL, 12)
    ):
        return False
    if found["adverb"] == "temporarily" and _says_how_long_before(document, sentence):
        return False
    if found["adverb"] and found["state"] in _ACTIONS:
        return not follows(document, sentence, found, _ACTION)
    return True


RULE = Rule(
    id="MIN-04",
    name="unmeasured-short-time",
    category="minimising",
    severity="warning",
    message="Let the clock speak. Replace the word with the duration.",
    better='"for 12 minutes (09:02–09:14 UTC)"',
    source="SEED",
    triggers=words(SHORT_TIME_WORDS),
    look=matching(
        SHORT_TIME_PATTERN, _keep, lambda document, _, found: short_time(document, found)
    ),
    bad=examples(
        "There was a brief outage of the export page.",
        "The export page was temporarily unavailable.",
        "Exports were offline for a short time.",
        "Customers saw a short-lived service disruption.",
    ),
    good=examples(
        "Exports failed for 12 minutes (09:02–09:14 UTC).",
        "Here is a brief summary of the outage.",
        "We put a temporary fix in place.",
        "A brief power loss caused the storage to stop.",
        "We temporarily paused new sign-ups.",
        "A brief outage of 3 minutes hit the export page.",
    ),
)
