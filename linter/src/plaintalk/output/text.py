"""Findings for people at a terminal: the line, carets under the words, what to write instead."""

from collections.abc import Iterator, Sequence

from plaintalk.finding import SEVERITIES, Finding, Report
from plaintalk.language import ENGLISH
from plaintalk.output.cells import shown, turns, width

_WIDTH = 100
_BEFORE = 30
_INDENT = "    "


def render(documents: Sequence[tuple[str, str, Report]]) -> str:
    """All documents, as (path, text, report)."""
    return "".join(
        line for path, text, report in documents for line in _document(path, text, report)
    )


def _document(path: str, text: str, report: Report) -> Iterator[str]:
    lines = text.split("\n")
    for finding in report.findings:
        yield f"{_plain(path)}:{finding.line}:{finding.column}: {finding.severity}: "
        yield f"{finding.rule} {finding.name}\n"
        yield from _place(lines[finding.line - 1], finding)
        yield f"{_INDENT}{_plain(finding.message)}\n"
        if finding.replacement is not None:
            yield f"{_INDENT}Fix: {_plain(finding.replacement)}\n"
        elif finding.suggestion is not None:
            yield f"{_INDENT}Better: {_plain(finding.suggestion)}\n"
        yield "\n"
    yield from _summary(_plain(path), report)


def _place(line: str, finding: Finding) -> Iterator[str]:
    """The line, or the part of it around the finding, and carets below."""
    start = finding.column - 1
    stop = min(start + max(1, len(finding.quote.split("\n")[0])), max(len(line), start + 1))
    left = max(0, start - _BEFORE) if len(line) > _WIDTH else 0
    written, marks, column = [], [], 0
    for offset in range(left, min(len(line), left + _WIDTH)):
        char = shown(line[offset], column)
        columns = sum(map(width, char))
        written.append(char)
        marks.append(("^" if start <= offset < stop else " ") * columns)
        column += columns
    ellipsis = ("…" if left else "", "…" if left + _WIDTH < len(line) else "")
    yield f"{_INDENT}{ellipsis[0]}{''.join(written).rstrip()}{ellipsis[1]}\n"
    if turns(line[left : left + _WIDTH]):
        # Right-to-left letters move on the screen, so the words themselves say where.
        yield f'{_INDENT}at: "{_plain(line[start:stop])[:_WIDTH]}"\n'
        return
    under = " " * len(ellipsis[0]) + "".join(marks)
    yield f"{_INDENT}{under.rstrip() or '^'}\n"


def _plain(text: str) -> str:
    """One line without control characters."""
    return "".join(shown(c, 0)[:1] for c in text)


def _summary(path: str, report: Report) -> Iterator[str]:
    counted = {
        severity: sum(finding.severity == severity for finding in report.findings)
        for severity in SEVERITIES
    }
    tally = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for word, n in counted.items())
    yield f"{path} ({report.kind}): {tally}\n"
    if report.language == ENGLISH:
        states: dict[str, list[str]] = {"answered": [], "partly": [], "missing": []}
        for key, answer in report.coverage.items():
            states[answer.state].append(key.replace("_", " "))
        for state, keys in states.items():
            if keys:
                yield f"  {state}: {', '.join(keys)}\n"
    for one in report.allowed:
        yield f"  allowed, {_plain(one.reason)}: {one.finding.rule} in line {one.finding.line}\n"
    reasons: dict[str, list[str]] = {}
    for skipped in report.not_checked:
        reasons.setdefault(skipped.why, []).append(skipped.rule)
    for why, rules in reasons.items():
        yield f"  not checked, {_plain(why)}: {', '.join(rules)}\n"
