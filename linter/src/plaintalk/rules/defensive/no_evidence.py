"""DEF-09: "no evidence of misuse", without what was looked at."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\b(?:no|not (?:\w+ )?(?:seen|found|have|identified|uncovered|received|aware of|discovered)(?: any)?|haven't (?:\w+ )?(?:seen|found|received) any|without (?:any)?|nor any) ?(?:\w+ )?(?:evidence|indications?|signs?|proof|suggestion|reports?(?= (?:of|that)))\b(?!-)(?! (?:was|is|were|has been) (?:visible|shown|displayed))"
    r"|\b(?:don't|do not|did not|didn't) (?:currently |yet |at this time )?(?:have|see|find|found) (?:any |an? )?(?:\w+ )?(?:evidence|indications?|signs?|proof|reports? (?:of|that))\b"
    r"|\b(?:not|nor are we|aren't|unaware) (?:currently |yet |at this (?:time|stage|point) )?(?:aware )?of any\b|\b(?:we|i) (?:currently |still )?(?:believe|think|assume|are (?:confident|certain|sure)) (?:that )?(?:no|none|nothing|nobody)\b|\b(?:to (?:the best of )?our knowledge|as far as we (?:know|can tell|can see|are aware)|so far as we know),? (?:no|none|nothing|nobody|your|the)\b|\bno (?:\w+ )?knowledge of (?:any|a)\b|\bno reason to (?:believe|think|suspect|assume)\b|\b(?:nothing|no \w+) (?:\w+ )?(?:to )?(?:suggests?|indicates?|points? to)\b"
    r"|\bno (?:known|confirmed|reported|documented|verified) (?:\w+ )?(?:instances?|cases?|incidents?|misuse|fraud|reports?|attempts?|occurrences?)\b|\b(?:do not|don't) (?:currently )?(?:believe|think|suspect|expect) (?:that )?(?:any|your|the|this|these) (?:\w+ ){0,4}?(?:was|were|has|have|been|will|is|are)\b"
)
_OF_DATA = Pattern(
    r"\b(?:data|information|misuse[d]?|fraud\w*|identity|files?|records|accounts?|personal|customers?|your|passwords?|card|cards|improper\w*|documents?|inappropriate\w*|disclos\w+|copied)\b"
)
_SO_FAR = Pattern(
    r"\b(?:so far|to date|as yet|ongoing|still (?:looking|investigating|checking|examining)|continu(?:e|es|ing) to)\b"
)
_NOT_IN = Pattern(
    r"\b(?:logs?|checked|compared|read every|reviewed (?:all|every|the)|searched|audit(?:ed)?|traces?|analy[sz]ed) \w+"
)

_CHECKED = Pattern(
    r"\b(?:we|specialists|auditors|experts|firm|they|have|team)(?: have|'ve| then| also| have also)? (?:\w+ )?(?:checked|compared|read|reviewed|searched|audited|counted)\b|\blogs?\b"
    r"|\b(?:accounts|files|records|sign-ins|letters|entries|copies|tickets) (?:\w+ ){0,3}?(?:was|were|have been) (?:checked|compared|reviewed|searched|audited|counted)\b"
)


def _tell(document: Document, sentence: Sentence, found: Match) -> Hit:
    """Graver where people want to know what became of what is theirs, and no end is in sight."""
    theirs = document.find(_OF_DATA, sentence) is not None
    so_far = document.find(_SO_FAR, sentence) is not None
    return Hit(*found.span(), severity="warning" if theirs and not so_far else None)


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
    triggers=words(
        "evidence indication indications sign signs aware reason proof suggestion report reports unaware suggests indicates suggest indicate points known confirmed reported documented verified believe suspect think expect nothing knowledge assume confident certain sure far"
    ),
    look=matching(_PATTERN, _keep, _tell),
    bad=examples(
        "To our knowledge no letters were read, and no data was copied.",
        "We believe that none of your details were taken.",
        "We do not have any sign that your letters were read.",
        "Nothing suggests that the list was copied.",
        "No confirmed cases of misuse have reached us.",
        "We do not believe that any files were taken.",
        "We have no evidence of misuse.",
        "We are not aware of any unauthorised access.",
        "There is no reason to believe that data was copied.",
    ),
    good=examples(
        "We compared all sign-ins of that week with the visitors' list; nothing suggests a second visit.",
        "We received no reports from the night shift until 06:00.",
        "We read every access log of 2 to 9 June and found no sign of a second view.",
        "There is no sign-in page on that host.",
    ),
)
