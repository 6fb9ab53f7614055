"""DEF-15: "rest assured, your data is safe"."""

from plaintalk.document import Document
from plaintalk.finding import Severity
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Example, Hit, Rule, before, examples, matching
from plaintalk.text import Sentence

_COMFORT = Pattern(
    r"\brest assured\b|\b(?:be|feel|remain) assured\b|\bno (?:cause|need|reason) (?:for|to) (?:concern|alarm|worry|be concerned|be alarmed|panic)\b"
    r"|\b(?:your|all|customers?'?|user|their|the) (?:\w+ ){0,2}?(?:data|information|funds|files|content|records) (?:is|are|was|were|remains?|remained) (?:\w+ ){0,2}?(?:safe|secure|intact|protected)\b"
    r"|\b(?:we|i|me|us) (?:[\w'-]+,? ){0,12}?assure (?:you|everyone|everybody|all|our \w+|customers|users|those)\b"
    r"|\b(?:customers?|users?|you|members|guests|patients|everyone|people|clients|readers|travellers|passengers) (?:can|may|should) (?:\w+ )?(?:feel|be|remain|stay|rest|shop|travel|book|continue) (?:\w+ ){0,3}?(?:confident|assured|reassured|safe|with (?:full |complete )?(?:confidence|peace of mind))\b|\bwith (?:full |complete |total )?(?:confidence|peace of mind)\b|\b(?:absolutely|completely|perfectly|entirely|totally) safe to (?:use|shop|book|travel|pay|continue)\b"
    r"|\bdo(?:n't| not) (?:worry|panic|be alarmed)\b"
)
_CHECK = Pattern(
    r"\b(?:we|have|been|was|were) (?:\w+ )?(?:checked|compared|verified|matched|read|counted|reviewed|audited|confirmed)\b"
    r"|\bchecksums?\b|\baccess logs?\b"
)
_ANSWER = Pattern(r"\b(?:is|are|was|were|remains?|remained)\b")
_SINCE = Pattern(r"\b(?:whether|if|that|make sure|ensure|keep|to) (?:\w+ ){0,3}?\Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if before(document, sentence, found, _SINCE, 30) and "assured" not in found.group():
        return False
    record = document.record
    if record is None or not record.data.untouched:
        return True
    following = document.text.following(sentence)
    end = following.end if following else sentence.end
    return not _CHECK.search(document.scan, sentence.start, end)


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    # A bare "your data is safe" answers a question; only a record can show it wrong.
    answers = _ANSWER.search(found.group()) is not None and document.record is None
    severity: Severity | None = "suggestion" if answers else None
    if document.record is not None and not document.record.data.untouched:
        severity = "error"
    return Hit(*found.span(), severity=severity)


RULE = Rule(
    id="DEF-15",
    name="false-comfort",
    category="defensive",
    severity="warning",
    message="Don't tell people how to feel; tell them what you checked.",
    better='"No files changed: we compared checksums"',
    source="ZOU",
    triggers=words(
        "assure assured concern alarm worry concerned alarmed panic safe secure intact protected confident reassured confidence peace"
    ),
    look=matching(_COMFORT, _keep, _tell),
    bad=examples(
        "Guests can feel confident in booking with us.",
        "You can pay with peace of mind.",
        "Rest assured that we are on top of it.",
        "We can assure all our customers that we are working on it.",
        "There is no cause for concern.",
        "Your data is safe.",
    ),
    good=(
        Example("No files changed: we compared checksums."),
        Example(
            "Your data is safe: we compared every file with its backup.",
            record={
                "schema": "plaintalk-record/1",
                "data": {"confidentiality": "none", "loss": "none", "integrity": "none"},
            },
        ),
        Example("We checked whether your data is safe to restore."),
    ),
)
