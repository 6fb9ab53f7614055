"""OVR-05: "eliminates the risk"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:eliminat(?:e|es|ed|ing)|remov(?:e|es|ed|ing)|rul(?:e|es|ed|ing) out|remov(?:e|es|ing) all) (?:\w+ )?(?:the |any |all |this |every )?(?:\w+ )?(?:risk|risks|possibility|chance|likelihood|potential|danger)\b"
    r"|\bprevent(?:s|ed|ing)? (?:[\w'-]+ ){1,6}?(?:altogether|entirely|completely|once and for all|forever|for good)\b"
    r"|\b(?:impossible|no longer possible) for (?:this|it|such|a similar)\b"
)
_NOT_BEFORE = Pattern(r"\b(?:not|cannot|can't|n't|never|without|help) (?:\w+ )?\Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE)


RULE = Rule(
    id="OVR-05",
    name="removes-the-risk",
    category="over_promise",
    severity="warning",
    message="Risk shrinks, it rarely ends. Say how much, or by what mechanism.",
    better='"limits a repeat to 5% of accounts"',
    source="COOK",
    triggers=words(
        "eliminate eliminates eliminated eliminating remove removes removed removing rule rules ruled altogether impossible entirely"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "This eliminates the risk of a repeat.", "We want to prevent future incidents altogether."
    ),
    good=examples("This limits a repeat to 5% of accounts.", "This does not eliminate the risk."),
)
