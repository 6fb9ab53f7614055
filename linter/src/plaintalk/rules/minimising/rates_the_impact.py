"""MIN-10: "impact was limited"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:limited|minimal|negligible|low|little|minor|small|marginal)(?: to no| or no)? (?:(?:customer|user|service|business|overall|actual|perceived|visible|noticeable|end-user) )?(?:impact|effect)\b"
    r"|\b(?:no|zero) (?:(?:perceivable|perceptible|noticeable|visible|significant|real|major|meaningful|material) ){1,2}(?:customer |user |service )?(?:impact|effects?|outage|downtime|disruption|interruption)"
    r"|\b(?:impact|effect|disruption)(?: on \w+| to \w+| of (?:the|this) \w+)? (?:was|is|were|has been|remained) (?:\w+ )?(?:limited|low|minimal|small|negligible|minor|marginal)\b(?! to\b)"
)
_NOT_BEFORE = Pattern(
    r"\b(?:if|initially|at that point|at first|should|expected?|expect|could|would|may|might)(?: \w+){0,4} \Z"
)
_NOT_IN = Pattern(
    r"\b(?:initially|at that point|at first|we thought|we believed|maintenance will)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE) and not document.find(
        _NOT_IN, sentence
    )


RULE = Rule(
    id="MIN-10",
    name="rates-the-impact",
    category="minimising",
    severity="warning",
    message="Say what people could not do instead of rating it.",
    better='"Sign-in worked; uploads did not"',
    source="SEED",
    triggers=words(
        "impact impacts effect effects perceivable perceptible noticeable significant meaningful material disruption"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "The impact was limited.",
        "There was minimal customer impact.",
        "There was no perceivable outage for users.",
    ),
    good=examples(
        "Sign-in worked; uploads did not.",
        "Initially the impact was limited.",
        "If the impact is low, we say so with a number.",
    ),
)
