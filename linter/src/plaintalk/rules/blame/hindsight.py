"""BLM-02: "should have been caught"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import ALL_KINDS, Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:they|he|she|engineers?|team|teams|operators?|staff|it|this|that|change|error|bug|issue|problem|nobody) (?:really |clearly )?(?:should|ought to) (?:not )?have (?:been )?\w+|\b(?:could|should|might) (?:easily |simply )?have been (?:caught|prevented|avoided|noticed|detected|spotted|tested|found)\b|\bif only\b"
)
_NOT_BEFORE = Pattern(r"\b(?:we|i) \Z")
_NOT_AFTER = Pattern(r"[ ]?(?:over|happened)")
_NOT_IN = Pattern(
    r"\b(?:should not have (?:happened|been possible|occurred)|shouldn't have happened|should have (?:failed over|retried|restarted|switched|triggered|alerted|fired|paged|stopped))\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return (
        not before(document, sentence, found, _NOT_BEFORE)
        and not follows(document, sentence, found, _NOT_AFTER)
        and not document.find(_NOT_IN, sentence)
    )


RULE = Rule(
    id="BLM-02",
    name="hindsight",
    category="blame",
    severity="suggestion",
    message="This describes a day that never happened. Write what they saw and why it made sense.",
    better='"The screen showed green, so…"',
    source="ETSY, DEK",
    kinds=ALL_KINDS,
    in_kinds={"postmortem": "warning"},
    triggers=words("should could only"),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "He should have run it on the test copy first.",
        "This could have been prevented.",
        "The team should have noticed.",
    ),
    good=examples(
        "We should have told you sooner.",
        "This should not have happened.",
        "The database should have failed over.",
    ),
)
