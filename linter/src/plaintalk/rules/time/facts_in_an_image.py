"""TIM-08: facts that stand in an image alone."""

import re
from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Hit, Rule, examples

_IMAGE = re.compile(
    r"!\[(?P<alt>[^\]\n]{0,300})\]\([^)\n]{1,500}\)|<img\b(?P<attributes>[^>\n]{0,500})>",
    re.IGNORECASE,
)
_ALT = re.compile(r"alt\s{0,3}=\s{0,3}[\"'](?P<alt>[^\"'\n]{8,300})", re.IGNORECASE)
_LEAST = 8


def _survey(document: Document) -> Iterator[Hit]:
    low = document.text.low
    if "![" not in low and "<img" not in low:
        return
    for found in _IMAGE.finditer(document.text.raw):
        alt = found["alt"] or ""
        if found["attributes"] is not None:
            inner = _ALT.search(found["attributes"])
            alt = inner["alt"] if inner else ""
        if len(alt.strip()) < _LEAST or alt.strip().lower() in ("screenshot", "image", "timeline"):
            yield Hit(*found.span())


RULE = Rule(
    id="TIM-08",
    name="facts-in-an-image",
    category="time",
    severity="warning",
    message="Put the numbers in text.",
    better=None,
    source="WCAG",
    survey=_survey,
    bad=examples("![](timeline.png)", 'See <img src="graph.png"> for the numbers.'),
    good=examples("![Errors rose at 08:12 UTC and ended at 14:24 UTC](timeline.png)"),
)
