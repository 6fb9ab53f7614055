"""DEF-09: "no evidence of misuse", without what was looked at."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:no|not (?:seen|found|have|identified|uncovered) any|haven't (?:seen|found) any|without (?:any)?|nor any) ?(?:\w+ )?(?:evidence|indications?|signs?)\b(?!-)|\b(?:not|nor are we|aren't) (?:currently )?aware of any\b|\bno reason to (?:believe|think|suspect)\b"
)
_NOT_IN = Pattern(
    r"\b(?:logs?|checked|compared|read every|reviewed (?:all|every|the)|searched|audit(?:ed)?|traces?|analy[sz]ed) \w+"
)

_CHECKED = Pattern(
    r"\b(?:we|have|was|were) (?:\w+ )?(?:checked|compared|read|reviewed|searched|audited)\b|\blogs?\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    following = document.text.following(sentence)
    end = following.end if following else sentence.end
    return not _CHECKED.search(document.scan, sentence.start, end)


RULE = Rule(
    id="DEF-09",
    name="no-evidence",
    category="defensive",
    severity="suggestion",
    message="No evidence, or no logs? Say what you looked at, and for which period.",
    better='"We read every access log of 2 to 9 June and found one view"',
    source="ZOU",
    in_kinds={"data_notice": "warning", "follow_up": "warning"},
    triggers=words("evidence indication indications sign signs aware reason"),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "We have no evidence of misuse.",
        "We are not aware of any unauthorised access.",
        "There is no reason to believe that data was copied.",
    ),
    good=examples(
        "We read every access log of 2 to 9 June and found no sign of a second view.",
        "There is no sign-in page on that host.",
    ),
)
