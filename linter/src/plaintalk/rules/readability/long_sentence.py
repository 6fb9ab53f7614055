"""REA-01: a sentence of more than 25 words."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Hit, Rule, examples

_LONG = 25
_VERY_LONG = 35


def _survey(document: Document) -> Iterator[Hit]:
    scan = document.scan
    for one in document.text.sentences:
        if one.role != "text" or one.end - one.start < 90:
            continue
        words = scan.count(" ", one.start, one.end) + 1
        if words > _LONG:
            words = len(scan[one.start : one.end].split())
        if words > _LONG:
            yield Hit(one.start, one.end, severity="warning" if words > _VERY_LONG else None)


RULE = Rule(
    id="REA-01",
    name="long-sentence",
    category="readability",
    severity="suggestion",
    message="Split it; one idea each.",
    better=None,
    source="GDS, PL",
    survey=_survey,
    bad=examples(
        "On that day we changed the way in which export files are kept on our servers and then found that the new place had far less room than we had thought it would have."
    ),
    good=examples("Exports failed. The new place had too little room."),
)
