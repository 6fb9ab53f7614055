"""TIM-01: a clock time without its zone."""

from plaintalk.document import Document
from plaintalk.figures import CLOCK, RANGE, clock_seconds
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_DECLARED = Pattern(
    r"\b(?:all|any|these|the)? ?times? (?:\w+ ){0,4}?(?:are |is )?(?:\w+ )?(?:in|use|given in|shown in|:) ?\(?(?:utc|gmt|[a-z]{2,4}t\b|pacific|eastern|central)"
    r"|\(?\b(?:times in|all in|timezone:?|time zone:?) ?(?:utc|gmt|[a-z]{2,4}t)\b"
)
_PERIOD = Pattern(r"\b(?:last|first|for|every|per|ratio|score|version|chapter|within) ?\Z")


def _zoned_elsewhere(document: Document, seconds: int | None) -> bool:
    """Whether the same time stands in the text with its zone."""
    scan = document.scan
    for found in RANGE.finditer(scan):
        if (found["zone1"] or found["zone2"]) and seconds in (
            clock_seconds(found["first"]),
            clock_seconds(found["last"]),
        ):
            return True
    return any(
        found["zone"] and clock_seconds(found["clock"]) == seconds for found in CLOCK.finditer(scan)
    )


def _look(document: Document, sentence: Sentence) -> Hit | None:
    scan, start, end = document.scan, sentence.start, sentence.end
    zoned = [
        pair.span() for pair in RANGE.finditer(scan, start, end) if pair["zone1"] or pair["zone2"]
    ]
    bare: list[tuple[int, int, int | None]] = []
    for found in CLOCK.finditer(scan, start, end):
        at = found.start("clock")
        if found["zone"] or any(begin <= at < stop for begin, stop in zoned):
            continue
        if _PERIOD.search(scan, max(start, at - 12), at):
            continue
        bare.append((*found.span("clock"), clock_seconds(found["clock"])))
    for begin, stop, seconds in bare:
        if not _zoned_elsewhere(document, seconds) and not _DECLARED.search(scan):
            return Hit(begin, stop)
    return None


RULE = Rule(
    id="TIM-01",
    name="clock-without-zone",
    category="time",
    severity="warning",
    in_kinds={"closure": "error", "summary": "error", "follow_up": "error"},
    message="Whose clock? Add UTC or the reader's zone.",
    better='"14:24 UTC"',
    source="GDEV, MS",
    triggers=words("#"),
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
