"""BLM-05: "careless"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import ALL_KINDS, Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_JUDGEMENT = Pattern(
    r"\b(?:careless(?:ly|ness)?|negligen(?:t|tly|ce)|sloppy|sloppiness|reckless(?:ly|ness)?|incompeten(?:t|ce)|stupid(?:ly|ity)?|lazy|laziness|idiotic|foolish(?:ly)?|clueless)\b"
)
_TECHNICAL = Pattern(
    r"(?: |-)(?:load\w*|evaluat\w*|initiali[sz]\w*|fetch\w*|deletion|migration|quorum|matching|import\w*)"
)


# Who calls himself lazy blames nobody else.
_OF_OURSELVES = Pattern(
    r"\b(?:i|i'm|i'd|i've|me|my|myself|we were|we got|we've been|we had been)\b[^.]*\Z"
)
_ON_MY_PART = Pattern(r"[^.]{0,30}\b(?:on (?:my|our) part|of (?:mine|ours)|i made|we made|by me)\b")
_REFUSED = Pattern(
    r"\b(?:cannot|can't|can not|won't|will not|not|don't|do not) (?:\w+ ){0,2}?(?:blame|deflect|hide|claim|argue|say|attribute|put)\b[^;:]*\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if before(document, sentence, found, _REFUSED, 120):
        return False
    if before(document, sentence, found, _OF_OURSELVES, 60) or follows(
        document, sentence, found, _ON_MY_PART, 60
    ):
        return False
    return not follows(document, sentence, found, _TECHNICAL, 20)


RULE = Rule(
    id="BLM-05",
    name="judges-people",
    category="blame",
    severity="error",
    message="A judgement, not a fact. Write what happened and what made it easy to happen.",
    better=None,
    source="SRE",
    kinds=ALL_KINDS,
    triggers=words(
        "careless carelessly carelessness negligent negligently negligence sloppy sloppiness "
        "reckless recklessly recklessness incompetent incompetence stupid stupidly stupidity lazy "
        "laziness idiotic foolish foolishly clueless"
    ),
    look=matching(_JUDGEMENT, _keep),
    bad=examples(
        "This was a careless change.", "The rollout was sloppy.", "It was plain negligence."
    ),
    good=examples(
        "The change was made without a second reader, because our tool did not ask for one.",
        "Pictures use lazy loading.",
        "It was a stupid mistake on my part.",
        "We will not hide behind a careless moment of one person.",
        'A commentator called the change "careless".',
    ),
)
