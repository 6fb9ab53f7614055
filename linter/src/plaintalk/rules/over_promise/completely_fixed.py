"""OVR-03: "completely fixed"."""

from plaintalk.document import Document
from plaintalk.finding import Severity
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, before, examples, matching
from plaintalk.text import Sentence

_FIXED = Pattern(
    r"\b(?P<how>completely|fully|permanently|entirely|totally|100 ?%|once and for all|absolutely) (?:and \w+ )?(?:\w+ )?"
    r"(?P<what>fixed|resolved|eliminated|secured?|solved|corrected|remediated|cured|rectified|remedied|sorted|gone|addressed|healed)\b"
    r"|\b(?P<what2>fixed|resolved|eliminated|solved|gone|rectified|corrected|remedied) (?P<how2>completely|permanently|entirely|once and for all|for good|forever)\b"
    r"|\b(?:has |have )?(?:completely|permanently|entirely|totally) (?:fix|resolve|eliminate|solve|cure|rectify)(?:s|es)? (?:this|the|these|it|all)\b"
    r"|\b(?:fixed|resolved|solved|cured|eliminated|corrected) (?:the|this|that|these|all) (?:[\w-]+ ){0,2}?(?:issues?|problems?|bugs?|faults?|causes?|errors?) (?:completely|permanently|entirely|totally|once and for all|for good)\b"
    r"|\b(?:completely|permanently|entirely|totally|definitively) (?:alleviat|rectif|eradicat|eliminat|neutrali[sz]|remed|solv|resolv|cur|prevent|preclud)(?:e|es|ing|y|ies|ying|ied|s)\b"
    r"|\ba thing of the past\b"
)
_NOT = Pattern(
    r"\b(?:not|isn't|wasn't|aren't|hasn't|haven't|until|once|when|before|if|to be|being|will be|hope|working to|after|to|should|yet)(?: \w+){0,5} \Z"
)


_DATA = Pattern(
    r"\b(?:files?|data|records?|messages?|orders?|notes?|entries|edits|bookings?|documents?|photos?|uploads?|drafts?) (?:is|are|was|were|has|have) (?:been )?\Z"
)
_NOT_YET = Pattern(r"\b(?:until|once|when|before|if|as soon as)\b[^,;]*\Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if found["what2"] == "gone" and before(document, sentence, found, _DATA):
        return False
    if before(document, sentence, found, _NOT_YET, 120):
        return False
    return not before(document, sentence, found, _NOT)


def _tell(document: Document, sentence: Sentence, found: Match) -> Hit:
    """Grave when the facts say that work is open; ordinary status talk is only a suggestion."""
    severity: Severity | None = None
    record = document.record
    open_work = record is not None and (
        record.cause.confidence != "confirmed"
        or any(measure.status in ("planned", "in_progress") for measure in record.measures)
    )
    status_talk = found["how"] == "fully"
    if status_talk:
        severity = "suggestion"
    elif open_work:
        severity = "error"
    return Hit(*found.span(), severity=severity)


RULE = Rule(
    id="OVR-03",
    name="completely-fixed",
    category="over_promise",
    severity="warning",
    message="Restored and fixed differ. Say which, and what remains.",
    better='"Service restored; the lasting fix ships 8 May"',
    source="SEED, GCP",
    triggers=words(
        "completely fully permanently entirely totally absolutely definitively once good forever past %"
    ),
    look=matching(_FIXED, _keep, _tell),
    bad=examples(
        "The new seal will completely eliminate leaks.",
        "The problem has been completely fixed.",
        "This issue is permanently resolved.",
        "The fault has been fixed once and for all.",
    ),
    good=examples(
        "Service was fully restored at 14:24 UTC.",
        "The cause is not yet fully fixed.",
        "We will write again once it is completely resolved.",
    ),
)
