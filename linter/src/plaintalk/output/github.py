"""Findings as workflow commands, which GitHub shows beside the changed lines."""

from collections.abc import Sequence
from typing import Final

from plaintalk.finding import Finding, Report

_LEVELS: Final = {"error": "error", "warning": "warning", "suggestion": "notice"}


def render(documents: Sequence[tuple[str, str, Report]]) -> str:
    """All documents, as (path, text, report): one line for each finding."""
    return "".join(
        _command(path, finding) for path, _, report in documents for finding in report.findings
    )


def _command(path: str, finding: Finding) -> str:
    last = finding.line + finding.quote.count("\n")
    properties = {"file": path, "line": str(finding.line), "endLine": str(last)}
    if last == finding.line:
        # Columns across lines are refused.
        properties["col"] = str(finding.column)
        properties["endColumn"] = str(finding.column + max(1, len(finding.quote)))
    properties["title"] = f"{finding.rule} {finding.name}"
    said = finding.message
    if finding.replacement is not None:
        said += f"\nFix: {finding.replacement}"
    elif finding.suggestion is not None:
        said += f"\nBetter: {finding.suggestion}"
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_LEVELS[finding.severity]} {written}::{_data(said)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
