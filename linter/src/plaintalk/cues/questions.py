"""What people felt, why, who was affected, and for how long."""

from typing import Final

from plaintalk.document import Document
from plaintalk.finding import State
from plaintalk.pattern import Pattern
from plaintalk.text import Sentence
from plaintalk.vocabulary import PEOPLE

SYMPTOM_WORDS: Final = (
    "could couldn unable able fail failed failing fails failure failures error errors unavailable "
    "inaccessible unreachable not delay delayed delays slow slower slowness timed timeout timeouts "
    "rejected stopped lost loss degraded degradation latency down outage outages offline missing "
    "visible intermittent intermittently stuck interrupted interruption disrupted disruption crash "
    "crashed crashing blank late increased elevated incorrect wrong duplicate duplicated removed "
    "deleted unresponsive dropped blocked paused higher queued prevented preventing exposed leaked "
    "wasn weren didn without downtime disconnected unavailability held poor broken returned"
)
_SYMPTOM = Pattern(
    r"\b(?:could not|couldn't|(?:un|not )able to|fail(?:ed|ing|s|ures?)?|errors?|unavailab(?:le|ility)"
    r"|inaccessible|unreachable|(?:was|were|is|are|did|has|have|do|does)(?: not|n't) \w+"
    r"|not (?:load|work|deliver|process|send|receiv)\w*|delay(?:ed|s)?|slow(?:er|ness)?|late"
    r"|timed out|time-?outs?|rejected|stopped|lost|loss of|degrad(?:ed|ation)|latency|offline|missing"
    r"|(?:was|were|went|is|are|being) (?:\w+ )?down|outages?|visible to|intermittent(?:ly)?|stuck"
    r"|interrupt(?:ed|ions?)|disrupt(?:ed|ions?)|crash(?:ed|ing)?|blank|(?:incorrect|wrong)(?:ly)?"
    r"|duplicated?|removed|deleted|unresponsive|dropped|blocked|paused|(?:elevated|increased|higher)"
    r"|prevent(?:ed|ing)|exposed|leaked|downtime|disconnected|held back|without|poor|broken)\b"
)
_EMPTY_SYMPTOM = Pattern(
    r"\b(?:service|technical|an|the|some|this|our|platform|infrastructure)? ?"
    r"(?:issues?|incidents?|problems?|difficulties|outages?|disruptions?|interruptions?)\b"
)
_PROGRESS = Pattern(
    r"\b(?:investigating|monitoring|will (?:update|provide|share)|no further (?:issues|errors)"
    r"|looking into|we apologi[sz]e|sorry|not (?:yet )?know|please|thank)\b"
)


def symptom(document: Document, sentence: Sentence) -> State | None:
    """Something a reader could feel: uploads failed, pages were slow, records were visible."""
    found = _SYMPTOM.search(document.scan, sentence.start, sentence.end)
    if not found:
        return None
    if _PROGRESS.search(document.scan, sentence.start, sentence.end):
        return "partly"
    return "answered"


CAUSE_WORDS: Final = (
    "because due caused cause causing result resulted resulting led triggered after when during "
    "misconfigured misconfiguration introduced bug deployment deploy deployed release change "
    "upstream provider maintenance migration power certificate expired supplier know stemmed "
    "traced identified root failure failed fault attack ddos spike surge by attributed overload "
    "overloaded update upgrade published publish chose allowed"
)
_CAUSE = Pattern(
    r"\b(?:because|due to|caused by|the (?:root )?cause (?:was|is|of)|root causes?:?|was caused"
    r"|(?:as a|the) result of|result(?:ed|ing) (?:from|in)|led to|leading to|causing|which caused"
    r"|(?:that|this|it|change|bug|issue) caused|triggered|stem(?:med|ming) from|traced (?:back )?to"
    r"|attribut(?:ed|able) to|introduced (?:a|an|by|in)|misconfigur(?:ed|ation)"
    r"|(?:after|when|while|during|following|by) (?:we |our |the |a |an )?(?:\w+ ){0,4}?"
    r"(?:deploy(?:ed|ment)?|releas(?:e|ed)|chang(?:e|ed)|migrat(?:ed|ion)|maintenance|upgrad(?:e|ed)"
    r"|updat(?:e|ed)|rollout|failover|restart(?:ed)?|expired|restored)"
    r"|an? (?:\w+ ){0,4}?(?:update|change|release|deployment|bug|error|failure|fault|attack"
    r"|spike|surge|outage|power loss|certificate|regression)(?: \w+){0,5}? "
    r"(?:used|let|made|meant|allowed|filled|expired|removed|blocked|damaged|broke|prevented|took"
    r"|overloaded|exhausted|overwhelmed|affect(?:ed|ing)|impact(?:ed|ing)|caused|resulted|led)"
    r"|certificate (?:had )?expired|lost power|power (?:outage|failure|loss)|(?:upstream|third-party"
    r"|hosting|cloud) (?:\w+ )?(?:provider|supplier|vendor)|we changed how|overload(?:ed)?)\b"
)
_CAUSE_UNKNOWN = Pattern(
    r"\b(?:(?:do|does|did) not (?:yet )?know (?:yet )?(?:why|what caused|the cause)"
    r"|cause is (?:not yet known|unknown|still unknown)|(?:will|we'll) (?:publish|share|explain|report|say)"
    r" (?:what happened|why|the cause|how)|don't (?:yet )?know why)\b"
)
_CAUSE_WITHOUT_NAME = Pattern(
    r"\bcaused by an? (?:issue|problem|incident)\b|\bidentified the (?:root )?cause\b"
    r"|\broot causes? (?:has|have) been (?:identified|found)\b|\b(?:any|inconvenience) \w* ?caused\b"
    r"|\bmay have caused\b"
)


def cause(document: Document, sentence: Sentence) -> State | None:
    """Why it happened, with something named, or the plain statement that it is not yet known."""
    scan, start, end = document.scan, sentence.start, sentence.end
    if _CAUSE_UNKNOWN.search(scan, start, end):
        return "answered"
    if not _CAUSE.search(scan, start, end):
        return None
    return "partly" if _CAUSE_WITHOUT_NAME.search(scan, start, end) else "answered"


WHO_WORDS: Final = (
    "users user customers customer accounts account clients members subscribers people workspaces "
    "merchants shops stores everyone nobody all only your you every tenants teams shoppers "
    "organizations organisations developers visitors requests patients clinics servers sites "
    "players affected impacted region regions"
)
_WHO_BOUNDED = Pattern(
    rf"(?<![\w.])\d[\d,.]*(?: ?%|k| percent| per cent)?(?: of)? (?:[\w'/-]+ ){{0,3}}?{PEOPLE}\b"
    r"|(?<![\w.])\d[\d.]* ?(?:%|percent) of\b"
    rf"|\b(?:all|every|no|none of(?: our| the)?|each|any) (?:[\w'/-]+ ){{0,3}}?(?:{PEOPLE}|shoppers|requests)\b"
    rf"|\b(?:{PEOPLE}|requests) (?:in|on|using|with|who|that|whose|attempting|trying|located|hosted|from|of"
    r"|accessing|connecting|running|outside|based) (?:the |our |an? )?\w+"
    rf"|\b(?:only|every|another|other) (?:[\w'/-]+ ){{0,3}}?{PEOPLE} (?:were|was|could)\b"
    r"|\bno other \w+|\beveryone\b|\byour (?:account|workspace|stores?|shops?|records?|team|data|payouts)\b"
    r"|\bincluding yours\b|\byou could not\b|\blimited to \w+"
    r"|\b(?:us|eu|uk|asia|europe|american?|european)\b[\w -]{0,20}\b(?:users|customers|region)\b"
)
_WHO_LOOSE = Pattern(rf"\b(?:{PEOPLE}|you|everyone|requests|affected|impacted)\b")
_WHO_FELT = Pattern(
    r"\b(?:affect|impact|experienc|could not|couldn't|unable|fail|see|saw|error|unavailable|slow"
    r"|delay|lost|receiv|visible|outage|down|disrupt|degrad|not )"
)


def who(document: Document, sentence: Sentence) -> State | None:
    """Who was affected, bounded so that readers can tell whether they belong."""
    scan, start, end = document.scan, sentence.start, sentence.end
    if not _WHO_FELT.search(scan, start, end):
        if "%" in scan[start:end] and _WHO_BOUNDED.search(scan, start, end):
            return "answered"
        return None
    if _WHO_BOUNDED.search(scan, start, end):
        return "answered"
    return "partly" if _WHO_LOOSE.search(scan, start, end) else None


DURATION_WORDS: Final = (
    "# hour hours minutes minute day days half since until began started lasted while morning "
    "afternoon evening night moments briefly"
)
_BOUND_LENGTH = Pattern(
    r"\b(?:lasted|lasting|for|over|duration|took|total of|period of|outage of|downtime|down"
    r"|unavailable|within|during|after|interruption of|[(:]) ?(?:\w+ ){0,4}?\Z"
)
_OTHER_LENGTH = Pattern(
    r"\b(?:every|next|per|last|past|previous|within(?: the)?|alert\w*|notif\w*|keep|retain\w*"
    r"|monitor\w*|watch\w*|update in|at least|ago|earlier|old)(?: \w+){0,3} ?\Z"
)
_LENGTH_AFTER = Pattern(
    r" ?(?:outage|downtime|interruption|disruption|window|incident|period|delay)\b"
)
_VAGUE_LENGTH = Pattern(
    r"\b(?:a few|several|some|couple of|many|multiple) (?:hours|minutes|days|moments)"
    r"|\b(?:this|yesterday|that|last) (?:morning|afternoon|evening|night)\b"
    r"|\b(?:since|until|from|at|began|started|around|about|approximately) (?:\w+ ){0,3}?\d{1,2}(?::\d\d| ?[ap]m)"
    r"|\d{1,2}:\d\d(?: ?[ap]m)?(?: (?:utc|gmt|[ecmp][sd]?t|cet|cest|bst))\b"
)


def duration(document: Document, sentence: Sentence) -> State | None:
    """How long it lasted: from one time to another, or a length bound to the incident."""
    scan, start, end = document.scan, sentence.start, sentence.end
    if document.spans(sentence):
        return "answered"
    for length in document.lengths(sentence):
        if _OTHER_LENGTH.search(scan, max(start, length.start - 30), length.start):
            continue
        if _LENGTH_AFTER.match(scan, length.end, end):
            return "answered"
        if _BOUND_LENGTH.search(scan, max(start, length.start - 40), length.start):
            return "answered"
    return "partly" if _VAGUE_LENGTH.search(scan, start, end) else None
