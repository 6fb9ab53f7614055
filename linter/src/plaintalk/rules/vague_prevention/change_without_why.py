"""VAG-10: a change is named, but not why it matters or how it lowers the risk."""

from collections.abc import Iterator

from plaintalk.cues.triple import incomplete_measure
from plaintalk.document import Document
from plaintalk.rule import Hit, Rule, examples


def _survey(document: Document) -> Iterator[Hit]:
    place = incomplete_measure(document)
    if place is not None:
        yield Hit(place.start, place.end)


RULE = Rule(
    id="VAG-10",
    name="change-without-why",
    category="vague_prevention",
    severity="suggestion",
    message="You said what. Add why it matters here and how it lowers the risk.",
    better='"…because…, so…"',
    source="SEED",
    kinds=("summary", "follow_up"),
    survey=_survey,
    bad=examples("Exports failed. We have added a limit to both queues."),
    good=examples(
        "Exports failed. We have added a limit to both queues, because one full queue blocked the other. A full queue now stops new work before emails are late."
    ),
)
