"""What holds for the report on every text, whatever it says."""

import json
from itertools import combinations

import plaintalk
from plaintalk.finding import SEVERITIES
from plaintalk.overlaps import EACH_ITS_OWN, widens


def broken(text: str, report: plaintalk.Report) -> list[str]:
    """The promises that a report does not keep, in words; an empty list if it keeps all."""
    faults = [*_misplaced(text, report), *_miscovered(text, report)]
    order = [(one.start, one.end, one.rule) for one in report.findings]
    if order != sorted(order):
        faults.append("the findings are not in order")
    faults += _crowded(report)
    skipped = {one.rule for one in report.not_checked}
    faults += [
        f"{one.rule} fired although not checked" for one in report.findings if one.rule in skipped
    ]
    if any(not one.why for one in report.not_checked):
        faults.append("a rule was not checked and nobody says why")
    json.dumps(report.as_dict("draft.md"), ensure_ascii=False).encode("utf-8")
    return faults


def _misplaced(text: str, report: plaintalk.Report) -> list[str]:
    faults = []
    lines = text.split("\n")
    for one in report.findings:
        where = f"{one.rule} at {one.start}:{one.end}"
        if not 0 <= one.start <= one.end <= len(text):
            faults.append(f"{where} is outside the text")
        elif text[one.start : one.end] != one.quote:
            faults.append(f"{where} does not quote its place")
        elif text[: one.start].count("\n") + 1 != one.line:
            faults.append(f"{where} names line {one.line}")
        elif one.column != one.start - sum(len(line) + 1 for line in lines[: one.line - 1]) + 1:
            faults.append(f"{where} names column {one.column}")
        if not one.message or one.severity not in ("error", "warning", "suggestion"):
            faults.append(f"{where} has no message or an odd severity")
    return faults


def _crowded(report: plaintalk.Report) -> list[str]:
    """Places that are told twice, and findings left out for which none stands."""
    graver = {severity: at for at, severity in enumerate(SEVERITIES)}
    shown = [one for one in report.findings if one.category not in EACH_ITS_OWN]
    faults = [
        f"{one.rule} and {other.rule} stand at one place"
        for one, other in combinations(shown, 2)
        if nested(one, other) and not (_always(one) or _always(other))
    ]
    every = [*shown, *(one.finding for one in report.allowed)]
    for left in report.covered:
        for one in every:
            # Of a rule that only suggests, the first place stands for all.
            if (nested(one, left) or left.severity == "suggestion") and graver[
                one.severity
            ] <= graver[left.severity]:
                break
        else:
            faults.append(f"{left.rule} at {left.start}:{left.end} is left out")
        if left.category in EACH_ITS_OWN or _always(left):
            faults.append(f"{left.rule} is left out and never may be")
    return faults


def _always(one: plaintalk.Finding) -> bool:
    return one.severity == "error" or not widens(one.rule)


def nested(one: plaintalk.Finding, other: plaintalk.Finding) -> bool:
    """Whether two findings are of one category and the place of one lies in that of the other."""
    first, second = sorted((one, other), key=lambda each: (each.start, -each.end))
    return one.category == other.category and second.end <= first.end


def _miscovered(text: str, report: plaintalk.Report) -> list[str]:
    faults = []
    for name, answer in report.coverage.items():
        if answer.start is None or answer.end is None:
            if answer.quote is not None:
                faults.append(f"coverage of {name} quotes nothing")
        elif text[answer.start : answer.end] != answer.quote:
            faults.append(f"coverage of {name} does not quote its place")
        if answer.state not in ("answered", "partly", "missing"):
            faults.append(f"coverage of {name} is {answer.state}")
    return faults
