"""VAG-11: every measure is a document, a training or a dashboard."""

from collections.abc import Iterator

from plaintalk.cues.triple import is_weak, measures_of
from plaintalk.document import Document
from plaintalk.rule import Hit, Rule, examples


def _survey(document: Document) -> Iterator[Hit]:
    items = measures_of(document)
    if items and all(is_weak(document, one) for one in items):
        yield Hit(items[0].start, items[0].end)


RULE = Rule(
    id="VAG-11",
    name="only-advice-and-graphs",
    category="vague_prevention",
    severity="suggestion",
    message="Only advice and graphs. Is there one change that acts without a person?",
    better=None,
    source="ETSY, RCA2",
    kinds=("summary", "follow_up", "postmortem"),
    survey=_survey,
    bad=examples(
        "Exports failed. We have added a page to our documentation. We will train the team by 2 March."
    ),
    good=examples(
        "Exports failed. We have added a limit to both queues. We will update the documentation by 2 March."
    ),
)
