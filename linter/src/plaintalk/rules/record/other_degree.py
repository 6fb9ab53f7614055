"""REC-07: "degraded", where the record says it was down; or the reverse."""

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule
from plaintalk.text import Sentence

_SOFT = Pattern(
    r"\b(?:degraded (?:performance|service)?|degradation|(?<!we\swere\s)(?<!we\sare\s)slow(?:er|ness|downs?)?(?! to\b)|sluggish|intermittent(?:ly)?|(?:increased|elevated|higher) latency)\b"
)
_HARD = Pattern(
    r"\b(?:outages?(?! (?:at|of an?|with) )|unavailable|failed|failing|down|could not|couldn't|not (?:deliver|sen[td]|work|load|available|possible)\w*|rejected|stopped|offline|inaccessible|unable|(?:would|did|could|can) not|never|impossible|refused|stuck|error(?:s| pages)|turned away|dropped|stayed blank|no way to|locked out|out of action|disrupted|not possible)\b"
)
_STILL = Pattern(r"\b(?:still|remains?|stays?)\b")
_OUTAGE = Pattern(r"\b(?:(?:major|complete|full|total) )?outages?\b")
_OTHER = Pattern(
    r"\b(?:before|earlier|still|remains?|at first|then|later|after|by hand|normally|power|supplier|provider|network|data cent(?:er|re)|partial|avoid|prevent)\b"
)


def _needs(record: Record) -> str | None:
    return (
        None
        if any(part.impact not in ("none", "unknown") for part in record.components)
        else ("the record does not say how badly the components were hit")
    )


def _look(document: Document, sentence: Sentence) -> Hit | None:
    record = document.record
    if record is None:
        return None
    impacts = {part.impact for part in record.components} - {"none", "unknown"}
    scan = document.scan
    if impacts == {"major_outage"}:
        found = _SOFT.search(scan, sentence.start, sentence.end)
        left_over = found and _STILL.search(scan, sentence.start, found.start())
        if found and not left_over and not document.anywhere(_HARD):
            return Hit(*found.span(), message="Use the word that matches the record: major outage.")
    elif impacts and impacts <= {"degraded", "degraded_performance"}:
        found = _OUTAGE.search(scan, sentence.start, sentence.end)
        if found and not _OTHER.search(scan, sentence.start, sentence.end):
            return Hit(
                *found.span(),
                message="Use the word that matches the record: degraded performance.",
                severity="warning",
            )
    return None


def _of(impact: str) -> dict[str, object]:
    return {"schema": "plaintalk-record/1", "components": [{"name": "Checkout", "impact": impact}]}


RULE = Rule(
    id="REC-07",
    name="other-degree",
    category="record",
    severity="error",
    message="Use the word that matches the record.",
    better="the word in the record",
    source="PD",
    triggers=words(
        "degraded degradation slow slower slowness slowdown sluggish intermittent intermittently latency outage outages"
    ),
    look=_look,
    needs=_needs,
    record_field="components",
    bad=(
        Example("Checkout had degraded performance.", record=_of("major_outage")),
        Example("Checkout was slow.", record=_of("major_outage")),
        Example("There was an outage of checkout.", record=_of("degraded_performance")),
    ),
    good=(
        Example("Checkout was unavailable.", record=_of("major_outage")),
        Example("Checkout was slow, then unavailable.", record=_of("major_outage")),
        Example("Checkout was slow.", record=_of("degraded_performance")),
    ),
)
