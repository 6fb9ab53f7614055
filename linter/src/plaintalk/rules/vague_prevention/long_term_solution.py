"""VAG-12: "working on a long-term solution"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:working|work|worked|looking|planning|developing|building|searching|discussing|designing|implementing|investigating|plan|exploring)(?: (?:on|for|towards?|to find|out|with \w+ on))? (?:[\w-]+ ){0,4}?(?:long(?:er)?[- ]term|permanent|lasting|more (?:robust|permanent|resilient|stable|sustainable)|better) (?:[\w-]+ ){0,2}?(?:solutions?|fix(?:es)?|plans?|measures?|improvements?|remed(?:y|ies)|mitigations?|resolution|architecture)\b"
    r"|\bseeking (?:\w+ )?assurances?\b|\blong(?:er)?[- ]term (?:solutions?|plans?|fix(?:es)?|measures?) (?:is|are|will be) (?:\w+ )?(?:being|under|planned|considered|in the works)"
)
_NOT_IN = Pattern(
    r"\b(?:by|on|before) (?:\w+ ){0,2}?(?:\d|january|february|march|april|may|june|july|august|september|october|november|december)\b"
)


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="VAG-12",
    name="long-term-solution",
    category="vague_prevention",
    severity="warning",
    message="Which solution, and by when? Say what it will change, or when you will know.",
    better='"By 31 July checkout runs in two places"',
    source="LUN",
    triggers=words("longer long term permanent lasting assurances assurance avenues discussing"),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We are working on a long-term solution.",
        "We are working on longer term patch plans.",
        "We will be seeking assurances for the future.",
    ),
    good=examples(
        "By 31 July checkout runs in two places.",
        "We are working on a permanent fix and ship it by 8 May.",
    ),
)
