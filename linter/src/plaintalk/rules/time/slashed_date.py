"""TIM-04: "04/05/2026"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"(?<![\w./-])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01])/(?:20)?\d\d(?![\w/])"
)


def _keep(_document: Document, _: Sentence, found: Match) -> bool:
    first, second, *_rest = found.group().split("/")
    return int(first) <= 12 or int(second) <= 12


RULE = Rule(
    id="TIM-04",
    name="slashed-date",
    category="time",
    severity="warning",
    message="April or May?",
    better='"4 May 2026"',
    source="MS",
    triggers=words("/"),
    look=matching(_PATTERN, _keep),
    bad=examples("Exports failed on 04/05/2026.", "From 3/4/26 exports failed."),
    good=examples("Exports failed on 4 May 2026.", "See 24/7/365 support."),
)
