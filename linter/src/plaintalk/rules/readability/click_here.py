"""REA-10: "click here", or a bare address."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Shapes
from plaintalk.rule import Hit, Rule, examples

_SHAPES = Shapes(
    (("click",), r"click here\b"),
    (("](",), r"\[(?:here|this|link|click here|more|read more)\]\("),
    (("http", "https"), r"https?://[^\s<>)\]]+"),
)


def _survey(document: Document) -> Iterator[Hit]:
    low = document.text.low
    for found in _SHAPES.finditer(document.vocabulary(), low, low):
        bare = found.group()[0] == "h"
        if not bare or low[found.start() - 1 : found.start()] not in (
            "(",
            "[",
            "<",
            '"',
            "'",
            "=",
            "/",
        ):
            yield Hit(*found.span())
            return


RULE = Rule(
    id="REA-10",
    name="click-here",
    category="readability",
    severity="suggestion",
    message="Say where the link goes.",
    better='"the numbers for March"',
    source="WCAG",
    survey=_survey,
    bad=examples("Click here for the numbers.", "More at https://status.example/numbers"),
    good=examples("See [the numbers for March](https://status.example/numbers)."),
)
