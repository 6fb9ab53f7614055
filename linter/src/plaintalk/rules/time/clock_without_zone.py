"""TIM-01: a clock time without its zone."""

from plaintalk.cues.clocks import declared_zone
from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_PERIOD = Pattern(r"\b(?:last|first|for|every|per|ratio|score|version|chapter|within) ?\Z")


def _zoned_times(document: Document) -> set[int | None]:
    """Times that stand somewhere in the text with their zone, alone or at the end of a pair."""
    known: set[int | None] | None = document.memory.get("zoned times")
    if known is None:
        known = {clock.seconds for clock in document.all_clocks() if clock.zone}
        for one in document.text.sentences:
            for pair in document.spans(one):
                if pair.zoned:
                    known |= {pair.first.seconds, pair.last.seconds}
        document.memory["zoned times"] = known
    return known


def _look(document: Document, sentence: Sentence) -> Hit | None:
    scan = document.scan
    for clock in document.clocks(sentence):
        if clock.zone or clock.seconds in _zoned_times(document):
            continue
        if _PERIOD.search(scan, max(sentence.start, clock.start - 12), clock.start):
            continue
        if _paired_with_zone(document, sentence, clock.start):
            continue
        return None if declared_zone(document) else Hit(clock.start, clock.end)
    return None


def _paired_with_zone(document: Document, sentence: Sentence, at: int) -> bool:
    return any(
        pair.zoned and at in (pair.first.start, pair.last.start)
        for pair in document.spans(sentence)
    )


RULE = Rule(
    id="TIM-01",
    name="clock-without-zone",
    category="time",
    severity="warning",
    in_kinds={"closure": "error", "summary": "error", "follow_up": "error"},
    message="Whose clock? Add UTC or the reader's zone.",
    better='"14:24 UTC"',
    source="GDEV, MS",
    triggers=words(": am pm"),
    look=_look,
    bad=examples(
        "Exports failed at 14:02 and came back an hour later.",
        "It was resolved as of 11:05 PM.",
        "Exports failed from 9:00 to 10:15.",
    ),
    good=examples(
        "Exports failed from 08:12 to 14:24 UTC.",
        "All times are in UTC. Exports failed at 14:02.",
        "We restored the copy from 08:45 UTC. The notes now show their 08:45 version.",
        "Exports failed at 9:30 am EST.",
    ),
)
