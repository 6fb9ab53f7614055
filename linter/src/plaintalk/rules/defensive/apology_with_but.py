"""DEF-02: an apology that is taken back with "but"."""

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_BUT_AFTER = Pattern(
    r"\b(?:sorry|apologi[sz]e|apologies|apology|regret)\b[^.!?;:]{0,90}?[,;—–-]? ?\b(?P<but>but|however|although|though)\b"
)
_SORRY = Pattern(
    r"\b(?:we are|we're|i am|i'm) (?:\w+ )?sorry\b|\bwe (?:\w+ )?apologi[sz]e\b|\bour apologies\b"
)
_BUT_FIRST = Pattern(r"(?:\W*)\b(?P<but>but|however|although|though|that said)\b")
_LIMIT = Pattern(
    r"\b(?:do not (?:yet )?know|don't (?:yet )?know|cannot (?:yet )?(?:say|tell|promise)|not yet (?:know|clear)"
    r"|still (?:checking|looking)|that is no excuse|not enough|does not undo|will not undo)\b"
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    scan, end = document.scan, sentence.end
    found = document.find(_BUT_AFTER, sentence)
    if found:
        limit = _LIMIT.search(scan, found.end(), end)
        return None if limit else Hit(*found.span())
    following = document.text.following(sentence)
    if following is None or not document.find(_SORRY, sentence):
        return None
    opening = _BUT_FIRST.match(scan, following.start, following.end)
    if not opening or _LIMIT.search(scan, following.start, following.end):
        return None
    return Hit(*opening.span("but"))


RULE = Rule(
    id="DEF-02",
    name="apology-with-but",
    category="defensive",
    severity="warning",
    message='The "but" cancels the apology. End the sentence after sorry.',
    better="two sentences: the apology, full stop; then the fact",
    source="LEW",
    triggers=words("sorry apologise apologize apologies apology regret"),
    look=_look,
    patterns=(_BUT_AFTER, _SORRY),
    bad=examples(
        "We are sorry, but our supplier lost power.",
        "We apologise for the outage. However, most systems worked.",
        "We apologize for the delay, although no orders were lost.",
    ),
    good=examples(
        "We are sorry. Our supplier lost power, and we had one site.",
        "We are sorry, but we do not yet know why it failed.",
        "Exports failed, but imports kept working.",
    ),
)
