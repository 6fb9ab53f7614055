"""DEF-03: "beyond our control"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:beyond|outside|out)(?: of)? (?:our|[\w'-]+'s?|their|its|the team's|anyone's) (?:direct |immediate |own |full )?control\b"
    r"|\bunforesee(?:able|n)\b|\bunprecedented\b|\b(?:a|the) perfect storm\b|\bno way (?:to|of) (?:know|knowing|predict|predicting|foresee|prevent|preventing)\b"
    r"|\b(?:not|wasn't|isn't|no) (?:\w+ )?(?:our|[\w']+'s) fault\b|\b(?:was|were) (?:unavoidable|impossible to (?:predict|foresee|prevent))\b|\bfreak (?:accident|event|incident)\b"
)

_MEASURED = Pattern(r"\d[\d.,]* ?(?:x|×|times|%|requests|gb|tb)")
_ACTS = Pattern(r"\b(?:we (?:now|will|have)|now|we chose|our choice)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    following = document.text.following(sentence)
    end = following.end if following else sentence.end
    scan = document.scan
    return not (
        _MEASURED.search(scan, sentence.start, end) and _ACTS.search(scan, sentence.start, end)
    )


RULE = Rule(
    id="DEF-03",
    name="outside-our-control",
    category="defensive",
    severity="warning",
    message="Even if true, readers depend on you. Say which choice of yours it exposed.",
    better='"We ran this in one place; that was our choice"',
    source="BEN",
    triggers=words(
        "control unforeseeable unforeseen unprecedented storm way fault impossible unavoidable freak"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "This was beyond our control.", "The load was unprecedented.", "We had no way to know."
    ),
    good=examples(
        "We ran this in one place; that was our choice.",
        "The load was unprecedented, 40x normal. We now stop new work at 80%.",
        "The change is under our control.",
    ),
)
