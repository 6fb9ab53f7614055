"""VAG-13: "we are committed to preventing such incidents"."""

from plaintalk.cues.measures import has_mechanism
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:committed|dedicated|commitment) to (?:\w+ ){0,2}?(?:prevent\w*|improv\w*|avoid\w*|ensur\w*|mak\w+|learn\w*|do\w* better|reduc\w*|reliab\w*|the (?:highest|reliability|stability))"
    r"|\b(?:do|doing|done) (?:everything|all|whatever) (?:\w+ ){0,4}?to (?:\w+ ){0,1}?(?:prevent|avoid|ensure|stop|make sure)\b"
    r"|\btak(?:e|ing) a more (?:proactive|careful|active) (?:stance|approach|role)\b|\b(?:do|doing|to) better (?:in the future|next time|going forward)\b|\bwe (?:will|must|need to|can|have to) do better\b"
    r"|\b(?:working|work|works) (?:[\w-]+ ){0,5}?to (?:further )?(?:prevent|avoid|ensure|reduce|make sure|minimi[sz]e) (?:\w+ ){0,4}?(?:future|again|similar|recurr\w+|reoccurr\w+|repeat\w*|from happening|such)\b"
)


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not has_mechanism(document, sentence)


RULE = Rule(
    id="VAG-13",
    name="commitment-without-act",
    category="vague_prevention",
    severity="warning",
    message="A commitment without an act. Name the act and its date.",
    better='"By 8 May every release is tested against a full queue"',
    source="SCH",
    triggers=words(
        "committed commitment dedicated everything better proactive careful active prevent avoid ensure reduce sure minimize minimise"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We remain committed to preventing such incidents.",
        "We will do everything to avoid a repeat.",
        "We will do better.",
    ),
    good=examples(
        "By 8 May every release is tested against a full queue.",
        "We are committed to paying the credit by 1 May.",
    ),
)
