"""OVR-09: "will prevent", said without a limit."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:will|would|shall) (?:now |also |completely |fully |definitely )?prevent (?:[\w'-]+ ){0,4}?(?:this|these|it|such|similar|future|any|recurrence|reoccurrence|repeat|repeats)\b"
    r"|\b(?:to )?(?:be|being|are|is|make|made|making) (?:\w+ )?(?:sure|certain|confident) (?:that )?(?:[\w'/-]+,? ){0,8}?(?:can't|cannot|won't|will not|never|doesn't|does not) (?:\w+ ){0,2}?(?:again|in (?:the )?future)\b"
    r"|\bto ensure (?:[\w'/-]+ ){0,6}?(?:do not|don't|never|not) (?:\w+ )?(?:happen|encounter|occur|see|face|experience|hit)(?: \w+){0,4}? (?:again|in (?:the )?future)\b"
)
_NOT_BEFORE = Pattern(
    r"\b(?:not|cannot|can't|n't|hope\w*|should|think|believe|expect\w*|better|help\w*) (?:\w+ )?\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE)


RULE = Rule(
    id="OVR-09",
    name="will-prevent",
    category="over_promise",
    severity="warning",
    message="One repeat makes this false. Say what the change stops, and what it does not.",
    better='"stops a full queue from holding back new emails"',
    source="SCH",
    triggers=words("prevent prevents preventing ensure sure certain confident"),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "This will prevent similar incidents.",
        "We changed it to be sure it can't deadlock again.",
        "We did this to ensure we never encounter these issues again.",
    ),
    good=examples(
        "This stops a full queue from holding back new emails.",
        "This should prevent similar incidents in most cases.",
        "We made this change to prevent a repeat.",
    ),
)
