"""REA-10: "click here", or a bare address."""

import re
from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Hit, Rule, examples

_BARE = re.compile(
    r"\bclick here\b|\[(?:here|this|link|click here|more|read more)\]\(|(?<![\(\[<\"'=/])\bhttps?://[^\s<>)\]]+",
    re.IGNORECASE,
)


def _survey(document: Document) -> Iterator[Hit]:
    low = document.text.low
    if "http" not in low and "click here" not in low and "](" not in low:
        return
    for found in _BARE.finditer(document.text.raw):
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
