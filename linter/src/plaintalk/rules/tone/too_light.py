"""TON-02: "oops", "gremlins", emoji."""

from collections.abc import Iterator

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching
from plaintalk.text import FILLER

_WORDS = Pattern(r"\b(?:oops|whoops|woops|gremlins?|our bad|my bad|yikes|uh[- ]oh|facepalm)\b")
_SIGN = "[\U0001f300-\U0001faff\u2639\u263a]"
# A row of them is one finding: thousands are not worth a finding each.
_SIGNS = later(f"{_SIGN}(?:[\ufe0f\u200d ]*{_SIGN})*")
_SMILEY = later(r"[:;]-?[)(DP]")


def _survey(document: Document) -> Iterator[Hit]:
    scan, raw = document.scan, document.text.raw
    if not raw.isascii():
        for found in _SIGNS.finditer(raw):
            if scan[found.start()] != FILLER:
                yield Hit(*found.span())
    for found in _SMILEY.finditer(raw):
        start, end = found.span()
        alone = raw[start - 1 : start].isspace() and not raw[end : end + 1].isalnum()
        if alone and scan[start] != FILLER:
            yield Hit(start, end)


RULE = Rule(
    id="TON-02",
    name="too-light",
    category="tone",
    severity="warning",
    message="Light for you, heavy for them.",
    better=None,
    source="SVN",
    in_kinds={"data_notice": "error"},
    triggers=words("oops whoops woops gremlin gremlins bad yikes oh facepalm"),
    look=matching(_WORDS),
    survey=_survey,
    bad=examples("Oops, our bad.", "Gremlins got into the queue.", "Exports are back 🎉"),
    good=examples("Exports work again."),
)
