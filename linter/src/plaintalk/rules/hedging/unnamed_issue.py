"""HDG-03: "we experienced an issue", and no more."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, follows, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:experienc(?:ed|ing)|had|encountered|suffered|faced|having) (?:an? |some |several |the )?(?:\w+ )?(?:issues?|problems?|incidents?|difficult(?:y|ies)|event)\b"
)
_NOT_AFTER = Pattern(
    r"[ ]?(?:,? ?(?:such as|causing|which|that|where|with|in|on|when|affecting|due|caused|resulting|leading|because|related|impacting|preventing|accessing|loading|connecting|sending|logging|during|after|as|whereby|by|:|—|–|-|for|to \w+)\b|[:—–])"
)
_NOT_IN = Pattern(
    r"\b(?:could not|couldn't|unable|failed|unavailable|slow|errors?|delay\w*|rejected|lost|latency|time-?outs?|down|not (?:load|work)\w*)\b"
)

_SYMPTOM_BEFORE = Pattern(
    r"\b(?:failed|unavailable|could not|errors|slow|delayed|down|unable|rejected|lost)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if follows(document, sentence, found, _NOT_AFTER) or document.find(_NOT_IN, sentence):
        return False
    earlier = document.text.preceding(sentence)
    return earlier is None or not _SYMPTOM_BEFORE.search(document.scan, earlier.start, earlier.end)


RULE = Rule(
    id="HDG-03",
    name="unnamed-issue",
    category="hedging",
    severity="warning",
    message='"Issue" could be anything. What could people not do?',
    better='"Uploads failed"',
    source="PL",
    triggers=words("experienced had experiencing encountered suffered faced"),
    look=matching(_PATTERN, _keep),
    bad=examples("We experienced an issue.", "On Tuesday our platform had technical difficulties."),
    good=examples(
        "Uploads failed.",
        "We had an issue with uploads.",
        "Uploads failed for an hour. When we had the issue, exports worked.",
    ),
)
