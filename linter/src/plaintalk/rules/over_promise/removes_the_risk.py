"""OVR-05: "eliminates the risk"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.rules.over_promise.never_again import is_promise
from plaintalk.text import Sentence
from plaintalk.vocabulary import FAULT

_REPEATS = (
    rf"(?:(?:any |all |every )?(?:further|future|more|other|such|similar|repeat|this|these|recurring|a repeat|recurrence)"
    rf"(?: (?:[\w'-]+ ){{0,3}}?{FAULT})?)"
)
_PATTERN = Pattern(
    r"\b(?:eliminat(?:e|es|ed|ing)|remov(?:e|es|ed|ing)|clos(?:e|es|ing)(?= any\b| all\b)|rul(?:e|es|ed|ing) out|exclud(?:e|es|ed|ing)|do(?:es|ing)? away with) (?:\w+ )?(?:the |any |all |this |every |even the )?(?:\w+ )?(?:risk|risks|possibility|possibilities|chance|chances|likelihood|potential|danger|exposure)\b"
    rf"|\b(?:eliminat(?:e|es|ed|ing)|rul(?:e|es|ed|ing) out|put(?:s|ting)? an end to) {_REPEATS}\b"
    r"|\b(?:prevent|stop|avoid|preclude|block)(?:s|ed|p?ing)? (?:[\w'-]+ ){1,6}?(?:altogether|entirely|completely|once and for all|forever|for good)\b"
    r"|\b(?:impossible|(?:no longer|not) possible) (?:for (?:this|it|such|a similar|the same)|that (?:this|it|such))\b"
    r"|\b(?:this|such|a repeat|it|repeat|recurrence|(?:outage|failure|incident|problem|issue)s?) (?:is|are|becomes|will be) (?:now |therefore |completely |practically |virtually )?(?:impossible|no longer possible|ruled out)\b"
    r"|\bfrom ever (?:\w+ing)\b"
)
_NOT_BEFORE = Pattern(
    r"\b(?:not|cannot|can't|n't|never|without|help|helps|hard to|fail to) (?:\w+ )?\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if found.group().startswith("from ever"):
        return is_promise(document, sentence, found)
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
        "eliminate eliminates eliminated eliminating remove removes removed removing rule "
        "rules ruled ruling exclude excludes excluded excluding away end altogether "
        "close closes closing impossible possible entirely completely once forever good ever"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "The new door removes any exposure to the street.",
        "This eliminates the risk of a repeat.",
        "We want to prevent future incidents altogether.",
    ),
    good=examples("This limits a repeat to 5% of accounts.", "This does not eliminate the risk."),
)
