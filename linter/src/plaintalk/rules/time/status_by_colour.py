"""TIM-07: a status shown by colour or a symbol alone."""

from collections.abc import Iterator

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching

_SYMBOL = later(r"[\U0001F534\U0001F7E0-\U0001F7E5\U0001F7E2\u2705\u274C\u26A0\U0001F6A8]\ufe0f?")
_WORD_AFTER = later(r"[ \t]*[:\-–—]?[ \t]*\*{0,2}[A-Za-z]{3,}")
_COLOUR = Pattern(
    r"\b(?:is|are|now|was|back to|turned|status:?) (?:now |still |all )?(?:green|yellow|red|amber|orange)\b(?! (?:state|status|alert|means|for))"
)


def _survey(document: Document) -> Iterator[Hit]:
    raw = document.text.raw
    for found in _SYMBOL.finditer(raw) if not raw.isascii() else ():
        if not _WORD_AFTER.match(raw, found.end()):
            yield Hit(*found.span())


RULE = Rule(
    id="TIM-07",
    name="status-by-colour",
    category="time",
    severity="warning",
    message="Screen readers and colour-blind readers miss it. Write the state in words.",
    better='"Major outage"',
    source="WCAG",
    triggers=words("green yellow red amber orange"),
    look=matching(_COLOUR),
    survey=_survey,
    bad=examples("Exports: 🔴", "All services are green."),
    good=examples("🔴 Major outage of exports.", "Exports work again."),
)
