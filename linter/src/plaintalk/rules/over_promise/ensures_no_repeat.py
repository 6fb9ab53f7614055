"""OVR-02: "to ensure this does not happen again"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.rules.over_promise.never_again import is_promise
from plaintalk.text import Sentence
from plaintalk.vocabulary import ENSURE_NOT_AGAIN, ENSURE_NOT_AGAIN_WORDS

ENSURE_PATTERN = Pattern(ENSURE_NOT_AGAIN)
# What others should make sure of on their own side is advice, not our promise.
_OTHERS = Pattern(r"\bthey (?:do not|don't|will not|won't)\b")


_ADVICE = Pattern(r"\byou (?:can|could|should|may|must|will|have to|need to) (?:\w+ )?\Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _OTHERS.search(found.group()) or before(document, sentence, found, _ADVICE, 16):
        return False
    return is_promise(document, sentence, found)


RULE = Rule(
    id="OVR-02",
    name="ensures-no-repeat",
    category="over_promise",
    severity="warning",
    message='The same promise as "never again" in softer clothes. Say how much less likely, and why.',
    better='"to make a repeat less likely"',
    source="SEED, GL",
    triggers=words(ENSURE_NOT_AGAIN_WORDS),
    look=matching(ENSURE_PATTERN, _keep),
    bad=examples(
        "We are working to ensure this does not happen again.",
        "We will make sure that it cannot happen again.",
        "Two checks were added to ensure that such a fault would not reoccur.",
        "We rewrote the job to be sure it can't stall again.",
        "This is to make sure we never see such a queue again.",
        "To ensure no similar incidents occur in future, a lock was added.",
        "The limit is there to ensure that other shops do not face the same trouble.",
        "We changed the tool so that nobody can ever delete a live copy again.",
    ),
    good=examples(
        "With this setting you can make sure you won't be hit by it again.",
        "We cannot guarantee that this does not happen again.",
        "The queue stops at 80% full, to make a repeat less likely.",
        "We advised them to ensure they don't face similar faults.",
        "Make sure that your backup address is set.",
    ),
)
