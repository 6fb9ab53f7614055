"""MIN-07: "hiccup", "blip", "glitch"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:hiccups?|blips?|glitch(?:es|y)?|snags?|hitch(?:es)?|quirks?|teething (?:troubles?|problems?|issues?)|growing pains|bumps? (?:in|along) the road|whoopsie|wobbl(?:es?|y))\b"
)
_NOT_BEFORE = Pattern(r"\b(?:without (?:a|any)|without) \Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE)


RULE = Rule(
    id="MIN-07",
    name="nicknames-the-failure",
    category="minimising",
    severity="warning",
    message="A nickname for a failure sounds like shrugging. Say what failed.",
    better='"failure", or the symptom: "uploads failed"',
    source="BEN",
    triggers=words(
        "hiccup hiccups blip blips glitch glitches glitchy snag snags hitch hitches quirk quirks teething growing bump bumps whoopsie wobble wobbles wobbly"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "There was a hiccup with our mail queue.",
        "A small glitch hit the export page.",
        "Think of it as growing pains.",
    ),
    good=examples(
        "Our mail queue failed for 40 minutes.",
        "The move went through without a hitch.",
        'A customer asked whether this was "a glitch".',
    ),
)
