"""MIN-07: "hiccup", "blip", "glitch"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import EVERYWHERE, Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:hiccups?|hickups?|hiccough(?:s|ed)?|hiccuped|hiccupped|blips?|glitch(?:es|y|ed)?|snags?"
    r"|hitch(?:es)?|quirks?|kinks?|gremlins?|teething (?:troubles?|problems?|issues?|pains?)"
    r"|growing pains|bumps? (?:in|along|on) the (?:road|way)|bumpy (?:ride|start|morning|day|night)"
    r"|whoopsie|wobbl(?:es?|y|ed)|burps?|sneez(?:e|ed|es)|brain ?fart|derp|snafu|mishaps?|stumbles?"
    r"|fluke|turbulences?|(?:little|small|slight|minor|tiny|brief) (?:bumps?|burps?|upsets?|incident|thing|mess|mix-?up|nuisance|annoyance)|weirdness|wonk(?:y|iness)|little accident|technical gremlins)\b"
    r"|\b(?:a few|some|couple of|the odd|minor|several) (?:bumps|blips|wobbles|stumbles|snags)\b"
)
_NOT_BEFORE = Pattern(r"\b(?:without (?:a |any )?(?:\w+ )?|not an? |no )\Z")


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
        "hiccup hiccups hickup hickups hiccough hiccoughs hiccoughed hiccuped hiccupped blip "
        "blips glitch glitches glitchy glitched snag snags hitch hitches quirk quirks kink "
        "kinks gremlin gremlins teething growing bump bumps bumpy whoopsie wobble wobbles "
        "wobbly wobbled burp burps sneeze sneezed sneezes brain brainfart derp snafu mishap "
        "mishaps stumble stumbles fluke weirdness wonky wonkiness accident upset mess thing "
        "nuisance annoyance incident turbulence turbulences"
    ),
    roles=EVERYWHERE,
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
