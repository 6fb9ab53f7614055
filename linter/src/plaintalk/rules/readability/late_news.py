"""REA-05: what and who do not come within the first 75 words."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Example, Hit, Rule, examples

_EARLY_WORDS = 75


def _survey(document: Document) -> Iterator[Hit]:
    scan = document.scan
    for name in ("symptom", "who"):
        place = document.element(name).sentence
        if place is not None and len(scan[: place.start].split()) > _EARLY_WORDS:
            yield Hit(*document.text.first_line)
            return


RULE = Rule(
    id="REA-05",
    name="late-news",
    category="readability",
    severity="suggestion",
    message="Lead with what happened to them.",
    better=None,
    source="ISO",
    kinds=("summary", "data_notice"),
    in_kinds={"summary": "warning", "data_notice": "warning"},
    survey=_survey,
    bad=(
        Example("We value our work and our history. " * 15 + "Exports failed for all customers."),
    ),
    good=examples("Exports failed for all customers in the EU."),
)
