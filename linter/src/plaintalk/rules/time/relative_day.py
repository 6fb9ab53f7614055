"""TIM-03: "yesterday", "last week"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:yesterday|earlier today|today|tonight|this (?:morning|afternoon|evening|week)|last (?:week|weekend|night|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?:'s)?|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?!,? (?:the )?\d|,? (?:january|february|march|april|may|june|july|august|september|october|november|december)))\b"
)
_NOT_IN = Pattern(
    r"\b(?:from today|as of today|today we (?:are|publish|announce)|available today|until today|you have today)\b"
)


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="TIM-03",
    name="relative-day",
    category="time",
    severity="warning",
    message="Wrong by tomorrow. Give the date.",
    better='"4 March 2026"',
    source="MS",
    kinds=("summary", "follow_up", "data_notice", "note"),
    triggers=words(
        "night today yesterday morning afternoon evening tonight week weekend month tuesday monday wednesday thursday friday saturday sunday"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Yesterday exports failed.",
        "On Tuesday a fault stopped exports.",
        "Last week's event is over.",
    ),
    good=examples("On Tuesday, 4 March 2026, exports failed.", "On 4 March 2026 exports failed."),
)
