"""What holds for the report on every text, whatever it says."""

import json

import plaintalk


def broken(text: str, report: plaintalk.Report) -> list[str]:
    """The promises that a report does not keep, in words; an empty list if it keeps all."""
    faults = [*_misplaced(text, report), *_miscovered(text, report)]
    order = [(one.start, one.end, one.rule) for one in report.findings]
    if order != sorted(order):
        faults.append("the findings are not in order")
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
