"""VAG-11: every measure is a document, a training or a dashboard."""

from collections.abc import Iterator

from plaintalk.cues.triple import is_weak, measures_of
from plaintalk.document import Document
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence


def _survey(document: Document) -> Iterator[Hit]:
    first: Sentence | None = None
    for one in measures_of(document):
        if not is_weak(document, one):
            return
        first = first or one
    if first is not None:
        yield Hit(first.start, first.end)


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
