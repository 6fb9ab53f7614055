"""REC-14: a cause stated as certain, while it is only suspected."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\broot causes? (?:\w+ )?(?:was|is|has been|were|of|identified)\b|\b(?:the|fix(?:ed)? the|address(?:ed)? the|resolved? the|identified the|found the|eliminated the) (?:\w+ )?root cause\b"
    r"|\b(?:was|were|is|been) (?:\w+ )?caused by\b|\bthe (?:cause|reason|culprit) ?(?:was|is|has been|:)(?! (?:not|still|un))|\b(?:confirmed|identified|found) the cause\b|\b(?:was|is) the (?:cause|reason|result of)\b|\bwhat happened (?:is|was) that\b|\bbehind (?:it|this|the \w+) (?:was|were|is)\b|\b(?:caused|triggered|brought down|led to|brought about) (?:it|this|the|that|these)\b|\bbrought (?:it|everything|us|the \w+) down\b|\b(?:resulted from|as a result of|was triggered by|was the fault of)\b|\b(?:was|were) (?:\w+ )?due to\b|\bstemmed from\b|\btraced (?:it |this )?(?:back )?to\b|\b(?:identified|found|know|have found|established) the (?:\w+ )?cause\b"
    r"|\b(?:the |its |main )(?:trigger|reason|cause|culprit|origin|source|fault|explanation) (?:(?:of|for|behind) (?:\w+ ){1,3}?)?(?:was|is|lay|lies)\b(?! (?:not|still|un|open|being|under))|\bwhat (?:broke|caused|triggered|brought|took|stopped|did|set)\b[^.?]{0,30} (?:was|is)\b(?! (?:not|still|un))|\b(?:came|comes|was|is|it's) (?:\w+ )?down to\b|\b(?:took|brought|knocked) (?:us|it|everything|the \w+|our \w+) (?:down|out|offline)\b|\bwas to blame\b|\b(?:is|was) what (?:broke|caused|took|brought|stopped)\b|\b(?:were|was) behind (?:it|this|the)\b"
    r"|\b(?:failed|broke|started|began|errors?|stopped(?: \w+)?|happened|occurred|went down|were (?:not|unavailable|rejected|late)(?: \w+)?|was (?:not|unavailable|down)(?: \w+)?) because\b(?! of an? abundance)"
)
_WHY = Pattern(r"\b(?:why|causes?|root cause|reason)\b")
_NOT_IN = Pattern(
    r"\b(?:we (?:now )?(?:believe|think|suspect|assume)|likely|probabl[ey]|may|might|appears?|seems?|so far|suspected|(?:not|haven't|hasn't|don't|doesn't|didn't|isn't|can't|cannot|nor) (?:yet |been |be |fully |quite )*(?:know|known|proved|proven|certain|clear|settled|pinned|say|confirmed|sure|found|identified|established|clear|determined)|guess|guesses|best bet|looks like|look like|theory|though (?:that|this|it) is not|not certain|not proven|not confirmed|unconfirmed|unproven|unclear|open|assum\w+|points? to|under investigation|not yet|open question|investigating|(?:under|still|being|our) investigat\w+(?! (?:confirmed|showed|found))|still (?:looking|working|checking)|possibly|once we|we will (?:publish|say|report|confirm)|to (?:find|identify|determine|understand|confirm)|working to|inconvenience|unknown|hypothesis|attack\w*|hack\w*|intru\w+|what caused)\b"
)


def _needs(record: Record) -> str | None:
    return None


def _look(document: Document, sentence: Sentence) -> Hit | None:
    if sentence.role != "label":
        asked = _ASKED.match(document.scan, sentence.start, sentence.end)
        told = document.text.following(sentence) if asked else None
        if told is not None and told.block == sentence.block:
            return matching(_WHOLE, _keep, _tell)(document, told)
        return matching(_PATTERN, _keep, _tell)(document, sentence)
    following = document.text.following(sentence)
    if following is None or not _WHY.search(document.scan, sentence.start, sentence.end):
        return None
    return matching(_WHOLE, _keep, _tell)(document, following)


_ASKED = Pattern(
    r"\W*(?:and )?(?:why|the (?:cause|reason))(?: (?:did|was) [^?]{1,40})?\?\Z",
    needs=(words("why cause reason"),),
)
_WHOLE = Pattern(r"\w[^.!?]*")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    record = document.record
    if record is None or record.cause.confidence == "confirmed":
        return False
    return not document.find(_NOT_IN, sentence)


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    confidence = document.record.cause.confidence if document.record else "unknown"
    return Hit(
        *found.span(),
        message=f"The cause is {confidence}. Say so; retractions cost more.",
    )


def _cause(confidence: str) -> dict[str, object]:
    return {
        "schema": "plaintalk-record/1",
        "cause": {"text": "a full queue", "confidence": confidence},
    }


RULE = Rule(
    id="REC-14",
    name="claims-the-cause",
    category="record",
    severity="error",
    message="The cause is not confirmed. Say so; retractions cost more.",
    better='"We think…; we will confirm by…"',
    source="GCP",
    roles=("text", "item", "subject", "label"),
    look=_look,
    idle=lambda record: record.cause.confidence == "confirmed",
    patterns=(_PATTERN, _WHY, _ASKED),
    needs=_needs,
    record_field="cause.confidence",
    triggers=words(
        "cause caused root due because stemmed traced why reason behind culprit result resulted triggered led brought happened trigger origin source fault explanation down took blame broke knocked started began"
    ),
    bad=(
        Example("The root cause was a full queue.", record=_cause("suspected")),
        Example("The outage was caused by a full queue.", record=_cause("unknown")),
        Example("We fixed the root cause.", record=_cause("suspected")),
        Example("It failed because a queue filled up.", record=_cause("suspected")),
        Example("**Why:** a queue filled up", record=_cause("unknown")),
    ),
    good=(
        Example("The root cause was a full queue.", record=_cause("confirmed")),
        Example(
            "We think a full queue caused it; we will confirm by 9 March.",
            record=_cause("suspected"),
        ),
        Example("We do not yet know what the root cause was.", record=_cause("unknown")),
        Example("**Why:** we do not know yet", record=_cause("unknown")),
    ),
)
