"""TIM-01: a clock time without its zone."""

from plaintalk.document import Document
from plaintalk.figures import clock_places, clock_seconds, clocks_at, ranges_at
from plaintalk.pattern import Pattern, places_in, words
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_DECLARED = Pattern(
    r"\b(?:all|any|these|the)? ?times? (?:\w+ ){0,4}?(?:are |is )?(?:\w+ )?(?:in|use|given in|shown in|:) ?\(?(?:utc|gmt|[a-z]{2,4}t\b|pacific|eastern|central)"
    r"|\(?\b(?:times in|all in|timezone:?|time zone:?) ?(?:utc|gmt|[a-z]{2,4}t)\b"
)
_PERIOD = Pattern(r"\b(?:last|first|for|every|per|ratio|score|version|chapter|within) ?\Z")


def _zoned(document: Document) -> set[int | None]:
    """The times of day that stand in the text with their zone."""
    scan = document.scan
    places = clock_places(scan, 0, len(scan))
    clocks = clocks_at(places, scan, len(scan))
    found = {clock_seconds(one["clock"]) for one in clocks if one["zone"]}
    for pair in ranges_at(places, scan, len(scan)):
        if pair["zone1"] or pair["zone2"]:
            found |= {clock_seconds(pair["first"]), clock_seconds(pair["last"])}
    return found


def _declares_a_zone(document: Document) -> bool:
    scan = document.scan
    return any(
        _DECLARED.match(scan, at) for word in ("time", "all in") for at in places_in(scan, word)
    )


def _look(document: Document, sentence: Sentence) -> Hit | None:
    scan, start = document.scan, sentence.start
    zoned = [pair.span() for pair in document.ranges(sentence) if pair["zone1"] or pair["zone2"]]
    bare: list[tuple[int, int, int | None]] = []
    for found in document.clocks(sentence):
        at = found.start("clock")
        if found["zone"] or any(begin <= at < stop for begin, stop in zoned):
            continue
        if _PERIOD.search(scan, max(start, at - 12), at):
            continue
        bare.append((*found.span("clock"), clock_seconds(found["clock"])))
    for begin, stop, seconds in bare:
        if seconds not in document.once(_zoned) and not document.once(_declares_a_zone):
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
        "Resolved at 14:24 UTC: exports work again.",
    ),
)
