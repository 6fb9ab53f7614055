"""Findings for people at a terminal: the line, carets under the words, what to write instead."""

from collections.abc import Iterator, Sequence

from plaintalk.finding import Finding, Report

_WIDTH = 100


def render(documents: Sequence[tuple[str, str, Report]]) -> str:
    """All documents, as (path, text, report)."""
    return "".join(
        line for path, text, report in documents for line in _document(path, text, report)
    )


def _document(path: str, text: str, report: Report) -> Iterator[str]:
    lines = text.split("\n")
    for finding in report.findings:
        yield f"{path}:{finding.line}:{finding.column}: {finding.severity}: "
        yield f"{finding.rule} {finding.name}\n"
        yield from _place(lines[finding.line - 1], finding)
        yield f"    {finding.message}\n"
        if finding.replacement is not None:
            yield f"    Fix: {finding.replacement}\n"
        elif finding.suggestion is not None:
            yield f"    Better: {finding.suggestion}\n"
        yield "\n"
    yield from _coverage(path, report)


def _place(line: str, finding: Finding) -> Iterator[str]:
    start = finding.column - 1
    length = max(1, min(len(finding.quote.split("\n")[0]), len(line) - start))
    left = max(0, start - _WIDTH // 3) if len(line) > _WIDTH else 0
    shown = _printable(line[left : left + _WIDTH])
    yield f"    {shown}\n"
    yield "    " + " " * (start - left) + "^" * min(length, _WIDTH - (start - left)) + "\n"


def _printable(line: str) -> str:
    return "".join(c if c.isprintable() else " " for c in line)


def _coverage(path: str, report: Report) -> Iterator[str]:
    counted = {
        severity: sum(finding.severity == severity for finding in report.findings)
        for severity in ("error", "warning", "suggestion")
    }
    tally = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for word, n in counted.items())
    states: dict[str, list[str]] = {"answered": [], "partly": [], "missing": []}
    for key, answer in report.coverage.items():
        states[answer.state].append(key.replace("_", " "))
    yield f"{path} ({report.kind}): {tally}\n"
    for state, keys in states.items():
        if keys:
            yield f"  {state}: {', '.join(keys)}\n"
    if report.not_checked:
        reasons: dict[str, list[str]] = {}
        for one in report.not_checked:
            reasons.setdefault(one.why, []).append(one.rule)
        for why, rules in reasons.items():
            yield f"  not checked, {why}: {', '.join(rules)}\n"
