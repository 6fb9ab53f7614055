"""REC-19: praise of our speed, while the record shows a slow start."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.phrasing import short_duration
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule, before, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:responded|reacted|acted|identified|detected|noticed|informed|communicated|resolved|moved|worked|began|started|fixed|caught|alerted|mobili[sz]ed|addressed|notified|quickly|immediately|promptly|swiftly|rapidly)(?: \w+){0,2} (?:quickly|immediately|promptly|swiftly|rapidly|tirelessly|instantly|identified|detected|resolved|responded|fixed|restored|acted|informed|notified|communicated|addressed|noticed|began|started|caught)\b|\b(?:swift|rapid|prompt|quick) (?:response|detection|resolution|action|reaction|communication)\b"
)
_NOT_BEFORE = Pattern(r"\b(?:not|more|to|n't|could|can|will) \Z")

_SLOW_UPDATE = 30 * 60
_SLOW_DETECTION = 15 * 60


def _delays(record: Record) -> list[tuple[str, float]]:
    began = record.times.impact_began
    if began is None:
        return []
    slow = []
    for name, moment, limit in (
        ("First update came", record.times.first_update, _SLOW_UPDATE),
        ("It was noticed", record.times.detected, _SLOW_DETECTION),
    ):
        if moment is not None and (moment - began).total_seconds() > limit:
            slow.append((name, (moment - began).total_seconds()))
    return slow


def _needs(record: Record) -> str | None:
    times = record.times
    if times.impact_began is None or (times.first_update is None and times.detected is None):
        return "the record does not say when it was noticed or first announced"
    return None


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    record = document.record
    return bool(record and _delays(record)) and not before(document, sentence, found, _NOT_BEFORE)


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    name, seconds = _delays(document.record or Record())[0]
    return Hit(*found.span(), message=f"{name} after {short_duration(seconds)}. Cut it or own it.")


def _times(update: str) -> dict[str, object]:
    return {
        "schema": "plaintalk-record/1",
        "times": {"impact_began": "2026-05-12T21:40:00Z", "first_update": update},
    }


RULE = Rule(
    id="REC-19",
    name="claims-speed",
    category="record",
    severity="warning",
    message="The clock says otherwise. Cut it or own it.",
    better='"Our first update came 38 minutes after the failure began, which was too late"',
    source="BEN",
    triggers=words(
        "quickly immediately promptly swiftly rapidly tirelessly swift rapid prompt instantly"
    ),
    look=matching(_PATTERN, _keep, _tell),
    needs=_needs,
    record_field="times.first_update",
    bad=(
        Example("Our engineers responded immediately.", record=_times("2026-05-12T22:18:00Z")),
        Example("We quickly identified the fault.", record=_times("2026-05-12T22:18:00Z")),
    ),
    good=(
        Example("Our engineers responded immediately.", record=_times("2026-05-12T21:45:00Z")),
        Example(
            "Our first update came after 38 minutes, which was too late.",
            record=_times("2026-05-12T22:18:00Z"),
        ),
    ),
)
