"""VAG-02: a review in place of a change."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:we|we're|we'll|will|are|is|also|team|continu\w+|to|plan\w*|i'm|have|committed to)(?: \w+){0,2} (?:review|reviewing|investigate|investigating|assess|assessing|evaluat(?:e|ing)|look(?:ing)? (?:into|at)|explor(?:e|ing)|analy[sz](?:e|ing)|consider(?:ing)?|examin(?:e|ing)|audit(?:ing)?) (?:\w+ ){0,3}?(?:how|ways|options|opportunities|improvements?|our|strateg(?:y|ies)|possibilities|approaches|this event|what (?:we|can|more|else)|whether|alternatives|additional|further|measures|solutions?|process(?:es)?|practices|better)\b"
    r"|\bhave (?:\w+ )?thoughts on how\b"
)
_NOT_IN = Pattern(
    r"\b(?:by|on|before) (?:\w+ ){0,2}?(?:\d|january|february|march|april|may|june|july|august|september|october|november|december|monday|friday)|\broot cause\b|\bcause of\b|\bour (?:logs|data|metrics|monitoring|dashboards)\b|\bwhether (?:any|this|your|the)\b"
)


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="VAG-02",
    name="reviews-something",
    category="vague_prevention",
    severity="warning",
    message="A review is a start, not a change. Say what comes out of it and when.",
    better='"By 14 May we publish what we decided"',
    source="LUN",
    kinds=("closure", "summary", "follow_up", "data_notice", "note"),
    triggers=words(
        "review reviewing investigate investigating assess assessing evaluate evaluating look looking explore exploring analyze analyse analyzing analysing consider considering examine examining thoughts audit auditing"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We are reviewing our overall database strategy.",
        "We are analyzing how to detect such a fault sooner.",
        "We will look into ways to respond faster.",
    ),
    good=examples(
        "By 14 May we publish what we decided about the queue.",
        "We are investigating the cause of the errors.",
        "At 09:10 UTC we were looking at the queue.",
    ),
)
