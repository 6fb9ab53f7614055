"""HDG-06: "certain information"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, follows, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:certain|some|limited|various|some of (?:the|your)|a limited amount of|parts of your) (?:of )?(?:(?:your|the|our|personal|customer|user|account|sensitive|private|contact|internal|confidential|of) )*(?:information|data|content|details|records)\b"
)
_NOT_AFTER = Pattern(r"[^.]{0,30}(?:including|such as|namely|specifically|like|:|\(|—)")
_NOT_IN = Pattern(r"\bsome (?:data ?cent(?:er|re)s?|details (?:below|on|about))\b|\bincluding\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not follows(document, sentence, found, _NOT_AFTER) and not document.find(
        _NOT_IN, sentence
    )


RULE = Rule(
    id="HDG-06",
    name="certain-information",
    category="hedging",
    severity="warning",
    message="They need the list to protect themselves.",
    better="a list of the kinds of data",
    source="HIPAA, CA",
    in_kinds={"data_notice": "error"},
    triggers=words("certain some limited various"),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "A security event involved certain information.", "Some content may have been affected."
    ),
    good=examples(
        "Your name and email address were visible.",
        "Some of your data was visible, including your name and email address.",
    ),
)
