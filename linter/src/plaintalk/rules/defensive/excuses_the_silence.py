"""DEF-16: reasons why nobody was told, instead of being told."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:was|were|did) not (?:publicly |be )?(?:\w+ )?(?:statused|announced?|communicated?|posted|publici[sz]ed|acknowledged)\b(?: at the time| earlier)?"
    r"|\bno (?:additional |further |more )?details? (?:\w+ )?(?:provided|given|shared|available)(?: by \w+)?"
    r"|\b(?:wasn't|was not|is not|isn't) (?:\w+ )?clear (?:to \w+ )?that\b"
)
_NOT_IN = Pattern(r"\b(?:sorry|apologi[sz]e|should have|too late|our mistake|we failed)\b")


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="DEF-16",
    name="excuses-the-silence",
    category="defensive",
    severity="warning",
    message="Readers hear that they did not matter. Say what they were told and when, and what should have been.",
    better='"Our first update came after 38 minutes; that was too late"',
    source="INCI",
    triggers=words(
        "publicly announce announced communicate statused posted details detail acknowledged clear"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Because it was short it was not publicly announced at the time.",
        "There are no additional details provided by the upstream provider.",
    ),
    good=examples(
        "Our first update came after 38 minutes; that was too late.",
        "It was not communicated in time, and we are sorry.",
    ),
)
