"""REC-18: "within our SLA", an uptime or a credit that the record contradicts."""

import re
from typing import Any

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.record import Record
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_WITHIN = Pattern(
    r"\b(?:within|inside) what (?:we|you|our \w+|your \w+) (?:\w+ )?(?:guarantee|promise|agreed|committed|owe)\w*\b|\b(?:within|met|meets|in line with|did not (?:breach|affect)|no (?:impact on|breach of)|not (?:constitute )?a breach of|does not constitute a breach of) (?:\w+ ){0,2}?(?:sla|slas|service level\w*|agreement)\b|\bdoes not (?:breach|affect|violate) (?:\w+ ){0,2}?(?:sla|slas|service level\w*|agreement)\b|\bno sla (?:impact|breach)\b"
    r"|\b(?:within|inside|kept|keep|met|honou?red|stayed (?:within|inside)|did not (?:break|miss|touch)|(?:do|does) not (?:break|touch)) (?:(?:to|the|our|your|all|any|every) ){0,2}(?:\w+ )?(?:slas?|service levels?(?: agreement)?|(?:uptime|availability) (?:guarantee|commitment|promise|target|agreement))\b"
    r"|\bno (?:slas?|service levels?) (?:\w+ )?(?:was|were|has been) (?:broken|breached|missed|violated)\b|\b(?:uptime|availability|service level) (?:guarantee|commitment|promise|target|agreement)s? (?:was|were|is|are) (?:\w+ )?(?:kept|met|honou?red|intact|safe|not (?:broken|missed|touched|affected))\b"
    r"|\b(?:slas?|agreed (?:\w+ )?(?:uptime|availability|level)|service levels?|uptime target) (?:was|were|is|are) (?:not (?:breached|affected|violated|missed)|met|kept|honou?red)\b"
)
_UPTIME = Pattern(
    r"\b(?:uptime|availability)\b[^.!?%]{0,30}?(?P<value>\d{2,3}(?:\.\d+)?) ?%|(?P<value2>\d{2,3}(?:\.\d+)?) ?%,?(?: \w+)? (?:uptime|availability)\b"
    r"|(?<![\w.,])(?P<value3>9\d(?:\.\d+)?|100(?:\.0+)?) ?(?:%|percent\b|per cent\b|pct\b)(?! (?:of|more|less|full|cpu|capacity))"
)
_CREDIT = Pattern(
    r"\b(?:credit\w*|refund\w*|discount\w*|knock\w*|deduct\w*|reduc\w+)\b[^.!?%]{0,40}?(?P<value>\d{1,3}(?:\.\d+)?) ?%|(?P<value2>\d{1,3}(?:\.\d+)?) ?%(?: \w+){0,2}? (?:credit|refund|discount)\b|(?P<value4>\d{1,3}(?:\.\d+)?) ?% (?:off|lower|less|cheaper|discount|back)\b|(?P<value3>\d{1,3}(?:\.\d+)?) ?% of (?:your|the) (?:\w+ ){0,2}?fee\b"
)


def _needs(record: Record) -> str | None:
    if not record.sla:
        return "the record holds no service levels"
    if all(one.actual is None and one.breached is None and not one.credit for one in record.sla):
        return "the record does not say which service level was reached"
    return None


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
    if not document.find(_LEVEL, sentence):
        return _differs(_CREDIT, scan, start, end, _credits(record), "credit")
    return _differs(_UPTIME, scan, start, end, known, "uptime") or _differs(
        _CREDIT, scan, start, end, _credits(record), "credit"
    )


_LEVEL = Pattern(
    r"\b(?:slas?|uptime|availability|service levels?|owe[ds]?|promise[ds]?|contract\w*|guarantee\w*|commitment|committed|agreed)\b"
)


def _credits(record: Record) -> set[float | None]:
    return {_percent(one.credit) for one in record.sla} - {None}


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
    triggers=words(
        "sla slas uptime availability credit breach constitute fee agreement level levels owe owed promise promised contract contractual guarantee guaranteed commitment committed agreed bill invoice off lower crediting credited refund refunding discount knock less back"
    ),
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
