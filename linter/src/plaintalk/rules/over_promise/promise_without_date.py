"""OVR-08: a promise in the first person with no date."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:we|i) ?(?:will|'ll|are going to|plan to|are planning to) (?!(?:not|never|continue|keep you|update|be (?:happy|glad)|also publish|publish|report|write|share|let you)\b)(?:\w+ )?\w+"
)
_NOT_IN = Pattern(
    r"\b(?:by|on|before|within|until|from|in) (?:\w+ ){0,3}?(?:\d|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|q[1-4])|\b\d{4}-\d\d-\d\d\b|\bif\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.find(_NOT_IN, sentence):
        return False
    record = document.record
    return record is None or not any(measure.due for measure in record.measures)


RULE = Rule(
    id="OVR-08",
    name="promise-without-date",
    category="over_promise",
    severity="suggestion",
    message="Who will check that you did this? Link an action or give a date.",
    better='"By 2 March we…"',
    source="LUN, SCH",
    kinds=("summary", "follow_up", "data_notice", "note"),
    triggers=words("will ll going plan planning"),
    look=matching(_PATTERN, _keep),
    bad=examples("We will test every release against a full queue."),
    good=examples(
        "By 2 March we will test every release against a full queue.",
        "We will not ask you for a password.",
    ),
)
