"""OVR-01: "this will never happen again"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence
from plaintalk.vocabulary import NEVER_AGAIN, NEVER_AGAIN_WORDS

NEVER_AGAIN_PATTERN = Pattern(NEVER_AGAIN)
_NOT_A_PROMISE = Pattern(
    r"\b(?:cannot|can't|can not|could not|unable to|not able to|won't|will not|do not|don't|never) (?:\w+ )?"
    r"(?:promise|guarantee|say|claim|rule out|ensure|assure)\b|\b(?:nobody|no one|we cannot) \w+ (?:promise|guarantee)\b"
    r"|\b(?:hope|hopefully|hoping|wish|less likely|unlikely|think|believe|expect|should|shouldn't|may|might|if|whether|why|how|unless|until)\b"
)
_SOFTER = Pattern(
    r"\b(?:better|help|helps|helping|help to|try to|trying to|attempt to|hope to|aims? to|hoping to|like to) *\Z"
)
# "Doing all we can to prevent it" promises work, not its success.
_EFFORT = Pattern(
    r"\b(?:everything|all|whatever|what|best|utmost|efforts?|work(?:ing)?|aim\w*|goal|try\w*|striv\w+) (?:[\w'-]+ ){0,5}?to (?:\w+ )?(?:prevent|avoid|stop|keep)\b[^.;]*\Z"
)


# "No further outages expected" forecasts and promises nothing.
_EXPECTED = Pattern(
    r" (?:are |is )?(?:expected|anticipated|planned|foreseen|reported|observed|seen|noticed)\b"
)


def is_promise(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether the words promise, instead of asking, hoping or refusing to promise."""
    if document.scan[sentence.end - 1] == "?":
        return False
    lead = max(sentence.start, found.start() - 50)
    if found.group().startswith("from ever") and _EFFORT.search(
        document.scan, max(sentence.start, found.start() - 90), found.start()
    ):
        return False
    # "This should never have happened" and "should never happen" own up to it.
    if "should never" in found.group() and "again" not in found.group():
        return False
    if _EXPECTED.match(document.scan, found.end(), sentence.end):
        return False
    if _SOFTER.search(document.scan, max(sentence.start, found.start() - 14), found.start()):
        return False
    return not _NOT_A_PROMISE.search(document.scan, lead, found.start() + len("guarantee"))


RULE = Rule(
    id="OVR-01",
    name="never-again",
    category="over_promise",
    severity="error",
    message="You can't know that, and a repeat will be quoted back. Promise work, with a date.",
    better='"Done: X. We report on Y by 8 May"',
    source="SEED, SCH",
    triggers=words(NEVER_AGAIN_WORDS),
    look=matching(NEVER_AGAIN_PATTERN, is_promise),
    bad=examples(
        "This will never happen again.",
        "We have taken steps to ensure this never happens again.",
        "We will keep this from ever happening.",
        "It won't happen again.",
        "There will be no further outages of this kind.",
        "You will not see this error again.",
    ),
    good=examples(
        "We know that something like this should never happen.",
        "We cannot promise this will never happen again.",
        "How do we know it will never happen again?",
        "We hope that this will not happen again.",
        "We will do all we can to keep this from ever happening.",
        "A full queue now stops new work, which makes a repeat less likely.",
    ),
)
