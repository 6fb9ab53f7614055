"""TON-06: "catastrophic", "heartbroken"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, follows, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:catastroph(?:ic|e|ically)|disastrous(?:ly)?|nightmares?|devastat(?:ed|ing)|heartbroken|horrified|mortified|horrific|horrendous|(?:a|this|complete|total|unmitigated) (?:\w+ )?disaster)\b"
)
_NOT_AFTER = Pattern(r"[ -](?:recovery|relief|response plan)")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not follows(document, sentence, found, _NOT_AFTER)


RULE = Rule(
    id="TON-06",
    name="drama",
    category="tone",
    severity="warning",
    message="Drama about us. Facts about them.",
    better=None,
    source="SRE",
    triggers=words(
        "catastrophic catastrophe catastrophically disaster disastrous nightmare nightmares devastated devastating heartbroken horrified mortified horrific horrendous"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples("This was a catastrophic failure.", "We are heartbroken."),
    good=examples("All uploads failed for three hours.", "Our disaster recovery copy was used."),
)
