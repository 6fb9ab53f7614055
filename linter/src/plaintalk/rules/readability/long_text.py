"""REA-04: longer than its kind can bear."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Example, Hit, Rule

_MOST = {"closure": 180, "summary": 450, "follow_up": 400, "data_notice": 500}


def _survey(document: Document) -> Iterator[Hit]:
    count = document.word_count
    most = _MOST[document.kind]
    if count > most:
        yield Hit(*document.text.first_line, message=f"{count} words; {most} is a good limit.")


RULE = Rule(
    id="REA-04",
    name="long-text",
    category="readability",
    severity="suggestion",
    message="Long. Move detail below, or to the review.",
    better=None,
    source="ZOU",
    kinds=("closure", "summary", "follow_up", "data_notice"),
    survey=_survey,
    bad=(Example("Exports failed and then they worked again. " * 30, kind="closure"),),
    good=(Example("Exports failed and then they worked again.", kind="closure"),),
)
