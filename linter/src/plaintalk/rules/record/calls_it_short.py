"""REC-01: "brief", where the record says hours."""

from plaintalk.cues.matters import FELT, Clause, is_of_another_matter, names_a_component
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.phrasing import short_duration
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule, examples, matching
from plaintalk.rules.minimising.unmeasured_short_time import (
    SHORT_TIME_PATTERN,
    is_about_impact,
    short_time,
)
from plaintalk.text import Sentence
from plaintalk.vocabulary import SHORT_TIME_WORDS

_SHORT_NOUN = Pattern(
    r"\b(?P<word>blip|hiccup|split second|for (?:only |just |about )?(?:a few|a couple of|several|some) (?:moments|seconds|minutes)|in no time|for (?:just |only |about )?(?:a|an|one|half a) (?:second|moment|instant|heartbeat|blink)\b|for (?:just |only )?(?:seconds|minutes|an instant)|(?:briefly|momentarily|fleetingly))\b"
)
_EACH = Pattern(
    r"\b(?:every|each|at a time|within|took|take|takes|first|later|earlier|ago|before|after)\b"
)
_GOES_ON = Pattern(r" (?:over|under|more|less|above|below|longer|shorter|shy|short of|past)\b")
_LONG = 30 * 60
_LONG_FOR_A_MOMENT = 5 * 60


def _needs(record: Record) -> str | None:
    if record.duration_seconds is None:
        return "the record does not say when the impact began and ended"
    return None


def _word(found: Match) -> str:
    return (
        found["short"] or found["adverb"] or found["adverb2"] or found.group().partition("for ")[2]
    )


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if not is_about_impact(document, sentence, found):
        return False
    seconds = document.record.duration_seconds if document.record else None
    if _GOES_ON.match(document.scan, found.end(), sentence.end):
        return False
    momentary = "moment" in found.group()
    return seconds is not None and seconds >= (_LONG_FOR_A_MOMENT if momentary else _LONG)


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    hit = short_time(document, found)
    seconds = document.record.duration_seconds if document.record else None
    figure = short_duration(seconds or 0)
    return hit._replace(message=f'"{_word(found)}", but the record says {figure}.')


def _look(document: Document, sentence: Sentence) -> Hit | None:
    said = matching(SHORT_TIME_PATTERN, _keep, _tell)(document, sentence)
    seconds = document.record.duration_seconds if document.record else None
    if said is not None or seconds is None or seconds < _LONG:
        return said
    found = document.find(_SHORT_NOUN, sentence)
    if found is None or not is_about_impact_in(document, sentence):
        return None
    figure = short_duration(seconds)
    return Hit(*found.span(), message=f'"{found["word"]}", but the record says {figure}.')


def is_about_impact_in(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence says what went wrong, and nothing of another matter or a repeated one."""
    clause = Clause(sentence.start, sentence.end)
    found = document.find(_SHORT_NOUN, sentence)
    each = document.find(_EACH, sentence) if found and not found["word"].endswith("ly") else None
    if each or is_of_another_matter(document, sentence, clause):
        return False
    return names_a_component(document, clause) or FELT.search(document.scan, *clause) is not None


_RECORD = {
    "schema": "plaintalk-record/1",
    "times": {"impact_began": "2026-03-04T08:12:00Z", "impact_ended": "2026-03-04T14:24:00Z"},
}
_SHORT_RECORD = {
    "schema": "plaintalk-record/1",
    "times": {"impact_began": "2026-03-04T08:12:00Z", "impact_ended": "2026-03-04T08:15:00Z"},
}

RULE = Rule(
    id="REC-01",
    name="calls-it-short",
    category="record",
    severity="error",
    message="This says it was short; the record says otherwise.",
    better="the duration in the record",
    source="SEED, SCH",
    record_field="times.impact_ended",
    triggers=words(
        f"{SHORT_TIME_WORDS} blip hiccup split minutes seconds several fleetingly instant second heartbeat blink"
    ),
    needs=_needs,
    look=_look,
    patterns=(SHORT_TIME_PATTERN, _SHORT_NOUN),
    bad=examples(
        "A brief outage stopped invoices.",
        "Invoices were unavailable for a short time.",
        "Sending was temporarily unavailable.",
        record=_RECORD,
    ),
    good=(
        Example("An outage of 6 hours 12 minutes stopped invoices.", record=_RECORD),
        Example("A brief outage stopped invoices.", record=_SHORT_RECORD),
        Example("A brief summary follows.", record=_RECORD),
    ),
)
