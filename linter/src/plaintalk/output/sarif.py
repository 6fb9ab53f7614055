"""Findings as SARIF 2.1.0 (OASIS, errata 01), for code scanning and editors."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote

from plaintalk.catalogue import RULES
from plaintalk.finding import Finding, NotChecked, Report
from plaintalk.house_rules import HOUSE_RULES
from plaintalk.rule import Rule
from plaintalk.version import __version__

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: Final = {"error": "error", "warning": "warning", "suggestion": "note"}
_LISTED: Final = (*RULES, *HOUSE_RULES)
_INDEX: Final = {rule.id: index for index, rule in enumerate(_LISTED)}


def render(documents: Sequence[tuple[str, str, Report]]) -> str:
    """All documents, as (path, text, report), as one log that ends with a line feed."""
    run = {
        "tool": {
            "driver": {
                "name": "plaintalk",
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in _LISTED],
            }
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": {"uri": _uri(path)}, "length": len(text.encode()), "encoding": "utf-8"}
            for path, text, _ in documents
        ],
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    _skipped(at, path, one)
                    for at, (path, _, report) in enumerate(documents)
                    for one in report.not_checked
                ],
            }
        ],
        "results": [
            result
            for at, (path, text, report) in enumerate(documents)
            for result in _results(at, path, text, report)
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    parts = [rule.message]
    if rule.better:
        parts.append(f"Better: {rule.better}")
    parts.append("\n".join(["Found in:", "", *(f"- {_line(one.text)}" for one in rule.bad)]))
    parts.append("\n".join(["Not found in:", "", *(f"- {_line(one.text)}" for one in rule.good)]))
    parts.append(f"Source: {rule.source}")
    body = "\n\n".join(parts)
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": _message(rule.name.replace("-", " ").capitalize()),
        "fullDescription": _message(rule.message),
        "help": {"text": _braces(body), "markdown": _braces(body)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"category": rule.category, "tags": [rule.category, *rule.kinds]},
    }


def _line(text: str) -> str:
    return " / ".join(part.strip() for part in text.split("\n") if part.strip())


def _results(at: int, path: str, text: str, report: Report) -> Iterator[dict[str, Any]]:
    lines = text.split("\n")
    seen: Counter[tuple[str, str]] = Counter()
    said: list[tuple[Finding, str | None]] = [(finding, None) for finding in report.findings]
    said += [(one.finding, one.reason) for one in report.allowed]
    for finding, reason in sorted(said, key=lambda one: _place(one[0])):
        line = " ".join(lines[finding.line - 1].split())
        seen[finding.rule, line] += 1
        result = {
            "ruleId": finding.rule,
            "ruleIndex": _INDEX[finding.rule],
            "level": _LEVELS[finding.severity],
            "message": _message(_said(finding)),
            "locations": [_location(at, path, finding)],
            "partialFingerprints": {
                "plaintalkLine/v1": _fingerprint(finding.rule, line, seen[finding.rule, line])
            },
        }
        if finding.replacement is not None:
            result["fixes"] = [_fix(at, path, finding)]
        if finding.record_field is not None:
            result["properties"] = {"recordField": finding.record_field}
        if reason is not None:
            result["suppressions"] = [{"kind": "inSource", "justification": reason}]
        yield result


def _place(finding: Finding) -> tuple[int, int, str, str]:
    return finding.start, finding.end, finding.rule, finding.message


def _said(finding: Finding) -> str:
    better = finding.replacement if finding.replacement is not None else finding.suggestion
    return finding.message if better is None else f"{finding.message} Better: {better}"


def _fingerprint(rule: str, line: str, occurrence: int) -> str:
    """The same for the same words wherever they move to, whatever the file is called."""
    return sha256(f"{rule}\0{line}\0{occurrence}".encode()).hexdigest()[:32]


def _location(at: int, path: str, finding: Finding) -> dict[str, Any]:
    place = {"artifactLocation": _artifact(at, path), "region": _region(finding)}
    return {"physicalLocation": place}


def _region(finding: Finding) -> dict[str, Any]:
    last = finding.quote.rfind("\n")
    region: dict[str, Any] = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.line + finding.quote.count("\n"),
        "endColumn": finding.column + len(finding.quote) if last < 0 else len(finding.quote) - last,
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
    }
    if finding.quote:
        region["snippet"] = {"text": finding.quote}
    return region


def _fix(at: int, path: str, finding: Finding) -> dict[str, Any]:
    replacement = {
        "deletedRegion": {"charOffset": finding.start, "charLength": finding.end - finding.start},
        "insertedContent": {"text": finding.replacement},
    }
    return {
        "description": _message(f'Write "{finding.replacement}"'),
        "artifactChanges": [
            {"artifactLocation": _artifact(at, path), "replacements": [replacement]}
        ],
    }


def _skipped(at: int, path: str, one: NotChecked) -> dict[str, Any]:
    return {
        "level": "note",
        "message": _message(f"Not checked: {one.why}."),
        "associatedRule": {"id": one.rule, "index": _INDEX[one.rule]},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(at, path)}}],
    }


def _artifact(at: int, path: str) -> dict[str, Any]:
    return {"uri": _uri(path), "index": at}


def _uri(path: str) -> str:
    """A relative reference, or a file address for an absolute path."""
    plain = path.replace("\\", "/")
    return ("file://" if plain.startswith("/") else "") + quote(plain, safe="/")


def _message(text: str) -> dict[str, str]:
    return {"text": _braces(text)}


def _braces(text: str) -> str:
    """Braces stand for placeholders in a message; doubled, they are themselves (3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")
