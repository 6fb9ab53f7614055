"""LEK-07: enough to repeat an attack, while it is not yet closed."""

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule
from plaintalk.text import Sentence

_EXPLOIT = Pattern(
    r"\b(?:by (?:sending|posting|calling|requesting|adding|setting|changing|entering|uploading|crafting)|sending|crafted|exploit(?:ed|ing)?|vulnerable|injection|bypass(?:ed|ing)?|vulnerability in) (?:[\w'/-]+ ){0,8}?(?:/[a-z0-9_/-]{3,80}|endpoints?|parameters?|headers?|requests? to|payloads?|version \d[\d.]*|v\d+\.\d[\d.]*|query strings?|tokens?)"
    r"|\bversions? \d[\d.]*(?: (?:to|through|and) \d[\d.]*)? (?:is|are|was|were) vulnerable\b"
)


def _needs(record: Record) -> str | None:
    if record.malicious == "no" and not record.measures:
        return "the record lists no measures"
    return None


def _look(document: Document, sentence: Sentence) -> Hit | None:
    record = document.record
    if record is None:
        return None
    closed = bool(record.measures) and all(m.status in ("done", "dropped") for m in record.measures)
    found = None if closed else document.find(_EXPLOIT, sentence)
    return Hit(*found.span()) if found else None


def _fix(status: str) -> dict[str, object]:
    return {
        "schema": "plaintalk-record/1",
        "security": {"malicious": "yes"},
        "measures": [{"text": "the search page checks the clinic", "status": status}],
    }


RULE = Rule(
    id="LEK-07",
    name="repeatable-attack",
    category="leak",
    severity="error",
    message="Enough to repeat the attack. Hold it until the fix is out.",
    better=None,
    source="SEC",
    triggers=words(
        "vulnerability vulnerable exploit exploited exploiting injection bypass crafted parameter payload endpoint"
    ),
    look=_look,
    needs=_needs,
    record_field="measures",
    bad=(
        Example(
            "Records were read by sending a clinic number to the search endpoint.",
            record=_fix("planned"),
        ),
        Example("Version 4.2 is vulnerable.", record=_fix("in_progress")),
    ),
    good=(
        Example(
            "Records were read by sending a clinic number to the search endpoint.",
            record=_fix("done"),
        ),
        Example("An error in our search page let others read records.", record=_fix("planned")),
    ),
)
