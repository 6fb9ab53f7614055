"""OVR-09: "will prevent", said without a limit."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_REPEAT = (
    r"(?:this|these|it|such|similar|future|any|further|recurrences?|reoccurrences?|repeats?|re-?occurr\w+"
    r"|happening|the same|another|more|again)"
)
_PATTERN = Pattern(
    r"\b(?:will|would|shall|we'll|is going to|are going to)(?: now| also| completely| fully| definitely| then| thus| therefore| effectively| both)? "
    rf"(?:prevent|stop|avoid|eliminate|preclude|protect (?:us|you|against)) (?:(?:[\w'-]+ ){{0,5}}?{_REPEAT}|(?:an? |the |all |most |larger |bigger |other |major )*(?:[\w-]+ )?(?:outages?|incidents?|failures?|downtime|interruptions?))\b"
    r"|\bprevents (?:[\w'-]+ ){1,6}?(?:from (?:happening|occurring|recurring|reoccurring|coming back|returning)|again|in (?:the )?future)\b"
    r"|\b(?:thereby|thus|hence|therefore|effectively|fully) (?:now )?(?:prevent|avoid|eliminat|preclud|exclud)(?:s|es|ing) (?:[\w'-]+ ){0,3}?(?:such|similar|future|this|these|any|all|further|issues|problems|errors|attacks?|recurr\w+|again)\b"
    r"|\b(?:now|which|that) prevents? (?:such|similar|this|future|any|these) \w+"
)
_NOT_BEFORE = Pattern(
    r"\b(?:not|cannot|can't|n't|hope\w*|should|think|believe|expect\w*|better|help\w*|may|might|whether|what|how|if) (?:\w+ )?\Z"
)
_WHICH = Pattern(r"\b(?:that|which) (?:\w+ )?\Z")
_HEDGED = Pattern(r"\b(?:hope|hopefully|think|believe|expect|should|help|helps)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _HEDGED.search(document.scan, max(sentence.start, found.start() - 40), found.end()):
        return False
    if found.group().startswith(("prevents", "thereby", "thus", "hence")):
        return True
    if found.group().startswith("would") and before(document, sentence, found, _WHICH, 12):
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 20) or "that" in found.group()[:5]


RULE = Rule(
    id="OVR-09",
    name="will-prevent",
    category="over_promise",
    severity="warning",
    message="One repeat makes this false. Say what the change stops, and what it does not.",
    better='"stops a full queue from holding back new emails"',
    source="SCH",
    triggers=words(
        "thereby thus hence therefore effectively fully prevent prevents preventing ensure sure certain confident stop stops avoid avoids "
        "eliminate eliminates preclude protect"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "The clerk now sees both lists, thereby preventing such mix-ups.",
        "This will prevent similar incidents.",
        "The patch prevents the problem from occurring again.",
    ),
    good=examples(
        "This stops a full queue from holding back new emails.",
        "This should prevent similar incidents in most cases.",
        "We made this change to prevent a repeat.",
    ),
)
