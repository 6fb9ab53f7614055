"""REA-06: more than 200 words without a heading."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Example, Hit, Rule

_MOST = 200


def _survey(document: Document) -> Iterator[Hit]:
    roles = {one.role for one in document.text.sentences}
    if not roles & {"heading", "label"} and document.word_count > _MOST:
        yield Hit(*document.text.first_line)


RULE = Rule(
    id="REA-06",
    name="no-headings",
    category="readability",
    severity="suggestion",
    message="Add the four questions as headings.",
    better="What happened · Who was affected · How long · What we are changing",
    source="CA, ISO",
    kinds=("summary", "data_notice"),
    in_kinds={"data_notice": "warning"},
    survey=_survey,
    bad=(Example("Exports failed and then they worked again. " * 40),),
    good=(Example("## What happened\n\n" + "Exports failed and then they worked again. " * 40),),
)
