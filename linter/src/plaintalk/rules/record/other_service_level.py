"""REC-18: "within our SLA", an uptime or a credit that the record contradicts."""

import re
from typing import Any

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.record import Record
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_WITHIN = Pattern(
    r"\b(?:within|met|meets|in line with|did not (?:breach|affect)|no (?:impact on|breach of)|not (?:constitute )?a breach of|does not constitute a breach of) (?:\w+ ){0,2}?(?:sla|slas|service level\w*|agreement)\b|\bdoes not (?:breach|affect|violate) (?:\w+ ){0,2}?(?:sla|slas|service level\w*|agreement)\b|\bno sla (?:impact|breach)\b"
    r"|\b(?:slas?|agreed (?:\w+ )?(?:uptime|availability|level)|service levels?|uptime target) (?:was|were|is|are) (?:not (?:breached|affected|violated|missed)|met|kept|honou?red)\b"
)
_UPTIME = Pattern(
    r"\b(?:uptime|availability)\b[^.!?%]{0,30}?(?P<value>\d{2,3}(?:\.\d+)?) ?%|(?P<value2>\d{2,3}(?:\.\d+)?) ?%,?(?: \w+)? (?:uptime|availability)\b"
)
_CREDIT = Pattern(
    r"\bcredit\b[^.!?%]{0,40}?(?P<value>\d{1,3}(?:\.\d+)?) ?%|(?P<value2>\d{1,3}(?:\.\d+)?) ?%(?: service)? credit\b|(?P<value3>\d{1,3}(?:\.\d+)?) ?% of (?:your|the) (?:\w+ ){0,2}?fee\b"
)


def _needs(record: Record) -> str | None:
    return None if record.sla else "the record holds no service levels"


def _look(document: Document, sentence: Sentence) -> Hit | None:
    record = document.record
    if record is None or not record.sla:
        return None
    scan, start, end = document.scan, sentence.start, sentence.end
    breached = [one for one in record.sla if one.breached]
    within = document.find(_WITHIN, sentence)
    if within and breached:
        level = breached[0]
        computed = (
            f"{level.actual:g}% < {level.target:g}%"
            if level.actual and level.target
            else "breached"
        )
        credit = f"; credit {level.credit}" if level.credit else ""
        return Hit(*within.span(), message=f"Computed {computed}{credit}.")
    known = {value for one in record.sla for value in (one.actual, one.target) if value is not None}
    return _differs(_UPTIME, scan, start, end, known, "uptime") or _differs(
        _CREDIT, scan, start, end, {_percent(one.credit) for one in record.sla} - {None}, "credit"
    )


def _percent(credit: str | None) -> float | None:
    found = re.match(r"(\d{1,3}(?:\.\d+)?) ?%", credit or "")
    return float(found[1]) if found else None


def _differs(
    pattern: Pattern, scan: str, start: int, end: int, known: set[Any], what: str
) -> Hit | None:
    if not known:
        return None
    for found in pattern.finditer(scan, start, end):
        name = next(name for name, value in found.groupdict().items() if value)
        if all(abs(float(found[name]) - true) > 0.005 for true in known):
            figures = ", ".join(f"{true:g}%" for true in sorted(known))
            return Hit(
                *found.span(name), message=f"Text {found[name]}%; the record's {what}: {figures}."
            )
    return None


_RECORD = {
    "schema": "plaintalk-record/1",
    "sla": [
        {
            "account": "Northlatch",
            "target": 99.9,
            "actual": 99.34,
            "breached": True,
            "credit": "10%",
        }
    ],
}


RULE = Rule(
    id="REC-18",
    name="other-service-level",
    category="record",
    severity="error",
    message="The service level differs from the record.",
    better="the computed figures",
    source="SLA",
    triggers=words("sla slas uptime availability credit breach constitute fee agreement level"),
    look=_look,
    needs=_needs,
    record_field="sla",
    bad=examples(
        "This event does not constitute a breach of our SLA.",
        "April uptime was 99.95%.",
        "A credit of 5% is applied.",
        record=_RECORD,
    ),
    good=examples(
        "April uptime was 99.34% against the agreed 99.9%.",
        "A credit of 10% is applied.",
        record=_RECORD,
    ),
)
