"""REA-03: a paragraph of more than five sentences."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Hit, Rule, examples

_MOST = 5


def _survey(document: Document) -> Iterator[Hit]:
    if document.kind in ("closure", "note", "update"):
        return
    count: dict[int, int] = {}
    for one in document.text.sentences:
        if one.role == "text":
            count[one.block] = count.get(one.block, 0) + 1
            if count[one.block] == _MOST + 1:
                yield Hit(one.start, one.end)
                return


RULE = Rule(
    id="REA-03",
    name="long-paragraph",
    category="readability",
    severity="suggestion",
    message="Break it.",
    better=None,
    source="PL",
    survey=_survey,
    bad=examples("One. Two now. Three came. Four left. Five stayed. Six is too many."),
    good=examples("One. Two now. Three came.\n\nFour left. Five stayed. Six is fine."),
)
