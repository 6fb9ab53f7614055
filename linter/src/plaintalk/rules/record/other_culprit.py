"""REC-17: a supplier blamed for our own cause, or the reverse."""

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule, before
from plaintalk.text import Sentence

_FIRM = r"(?:providers?|suppliers?|vendors?|carriers?|hosts?|partners?|upstreams?|isps?|registrars?|third part(?:y|ies)|(?:hosting|cloud|network|telecoms?|payment|data cent(?:er|re)) (?:company|companies|firm|operator|partner))"
_THEIRS = Pattern(
    rf"\b(?:due to|caused by|because of|result of|fault of|down to|an? (?:outage|failure|issue|problem|error|fault|incident) (?:at|with|of|by|on the side of)|originated (?:with|at)) (?:[\w'-]+ ){{0,6}}?{_FIRM}\b"
    rf"|\b(?:our|a|an|the|one of our|this|their) (?:[\w-]+ ){{0,3}}?{_FIRM}(?: of ours)? (?:\w+ )?(?:lost|failed|had|suffered|experienced|caused|made|broke|went|let (?:us|you|everyone)|dropped|messed|brought|took|cut|is (?:to blame|at fault|responsible)|was (?:down|out|at fault|to blame|responsible|unavailable))\b"
    rf"|\b(?:fault|blame|cause|problem|failure|issue|error|root cause|responsibility) (?:lay|lies|was|is|sits|sat|originated|rests) (?:with|at|on the side of|in) (?:[\w'-]+ ){{0,3}}?{_FIRM}\b"
    rf"|\bthird[- ]party (?:\w+ )?(?:was|were|is|broke|failed|had|went) ?(?:at fault|to blame|responsible|the cause|down|it|out|an)?\b"
)
_OURS = Pattern(
    r"\b(?:caused by|due to|result of|because of) (?:an? \w+ (?:in|of) )?(?:our|one of our) (?:own )?(?:\w+ ){0,2}?(?:change|mistake|error|deployment|release|update|code|configuration|migration|fault)\b|\b(?:an?|the) (?:update|release|change) (?:that )?we (?:released|made|deployed)\b|\bthis was our (?:own )?(?:mistake|error|fault)\b"
)
_NEGATED = Pattern(r"\b(?:not|never|wasn't|nor) (?:\w+ )?\Z")


def _needs(record: Record) -> str | None:
    return (
        "the record does not say whose cause it was" if record.cause.third_party is None else None
    )


def _names_a_supplier(document: Document) -> bool:
    return document.anywhere(_SUPPLIER) is not None


_SUPPLIER = Pattern(r"\b(?:supplier|provider|vendor|hosts?)\b")


def _look(document: Document, sentence: Sentence) -> Hit | None:
    record = document.record
    if record is None or record.cause.third_party is None:
        return None
    scan = document.scan
    if record.cause.third_party:
        found = _OURS.search(scan, sentence.start, sentence.end)
        message = "The record says that a supplier caused this."
        if found and document.once(_names_a_supplier):
            return None
    else:
        found = _THEIRS.search(scan, sentence.start, sentence.end)
        message = "The record says that this was ours."
    if not found or before(document, sentence, found, _NEGATED, 20):
        return None
    return Hit(*found.span(), message=message)


def _whose(third_party: bool) -> dict[str, object]:
    return {
        "schema": "plaintalk-record/1",
        "cause": {"third_party": third_party, "confidence": "confirmed"},
    }


RULE = Rule(
    id="REC-17",
    name="other-culprit",
    category="record",
    severity="error",
    message="Record and text differ on whose cause it was.",
    better="whose it was, as the record says",
    source="ANT",
    triggers=words(
        "third provider providers supplier suppliers vendor vendors mistake error fault carrier carriers host hosts partner partners upstream isp registrar party parties company companies firm operator released deployed deployment release change"
    ),
    look=_look,
    needs=_needs,
    record_field="cause.third_party",
    bad=(
        Example("This was due to an outage at a cloud provider.", record=_whose(False)),
        Example("It was caused by our own change.", record=_whose(True)),
    ),
    good=(
        Example("This was due to an outage at a cloud provider.", record=_whose(True)),
        Example("It was caused by our own change.", record=_whose(False)),
    ),
)
