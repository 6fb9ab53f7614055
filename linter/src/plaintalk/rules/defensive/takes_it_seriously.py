"""DEF-07: "we take this seriously"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:tak(?:e|es|en|ing)|took|treat(?:s|ed|ing)?) (?:[\w',-]+ ){0,12}?(?:very |extremely |incredibly |so |this |quite )?seriously\b"
    r"|\b(?:utmost|extreme|great|highest|paramount|of the greatest) (?:seriousness|importance|urgency)\b"
    r"|\b(?:security|privacy|reliability|uptime|trust|stability|availability) (?:is|are|remains|has always been) (?:paramount|sacred|in our dna|everything to us|at the (?:heart|core))\b"
)
_NOT_BEFORE = Pattern(r"\b(?:not|didn't|don't|failed to|should have) \Z")


_MORE = Pattern(
    r"\b(?:will|to|should|must|could|need to|less)\b[^.]*\b(?:more|less) seriously\Z|\bless seriously\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _MORE.search(found.group()):
        return False
    return not before(document, sentence, found, _NOT_BEFORE)


RULE = Rule(
    id="DEF-07",
    name="takes-it-seriously",
    category="defensive",
    severity="warning",
    message="Everyone says it; no one believes it. Show one thing you did.",
    better="the concrete action",
    source="ZOU",
    triggers=words(
        "seriously serious utmost extreme highest greatest paramount sacred dna everything "
        "heart core"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We take your privacy very seriously.",
        "Security is something we take seriously.",
        "This matter is of the utmost importance to us.",
    ),
    good=examples(
        "We read every access log of that week.", "A seriously slow page is a broken page."
    ),
)
