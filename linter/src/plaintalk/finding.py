"""What a check hands back: findings, answers to the readers' questions, and what was skipped."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "suggestion"]
State: TypeAlias = Literal["answered", "partly", "missing"]

SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "suggestion")


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule fired.

    `start` and `end` count code points of the text as given, so `quote == text[start:end]`;
    `line` and `column` count from 1. `replacement`, where there is one, is the exact text to put
    in place of `text[start:end]`.
    """

    rule: str
    name: str
    category: str
    severity: Severity
    start: int
    end: int
    line: int
    column: int
    quote: str
    message: str
    suggestion: str | None = None
    record_field: str | None = None
    replacement: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The finding in the shape of the JSON output."""
        return {
            "rule": self.rule,
            "category": self.category,
            "severity": self.severity,
            "start": self.start,
            "end": self.end,
            "line": self.line,
            "column": self.column,
            "quote": self.quote,
            "message": self.message,
            "suggestion": self.suggestion,
            "record_field": self.record_field,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the text answers one of the readers' questions, and the sentence that does."""

    state: State
    quote: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule that could not be applied, and why. Never the same as passing."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """A finding that a comment in the text lets stand, and the reason it gives."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one check.

    `language` is what the text seems to be in. Only English is checked: a report in any other
    language lists the rules under `not_checked` and must not be read as a pass. `covered` holds
    what was found and left out of `findings` because another finding of its category, at least as
    grave, stands for the same place.
    """

    kind: str
    findings: tuple[Finding, ...]
    coverage: dict[str, Answer]
    not_checked: tuple[NotChecked, ...]
    language: str = "English"
    allowed: tuple[Allowed, ...] = ()
    covered: tuple[Finding, ...] = ()

    def as_dict(self, path: str) -> dict[str, object]:
        """One entry of `documents` in the JSON output, under the given path."""
        return {
            "path": path,
            "kind": self.kind,
            "findings": [finding.as_dict() for finding in self.findings],
            "coverage": {
                key: {"state": answer.state, "quote": answer.quote}
                for key, answer in self.coverage.items()
            },
            "not_checked": [{"rule": one.rule, "why": one.why} for one in self.not_checked],
        }

    def worst(self) -> Severity | None:
        """The gravest severity among the findings, or None if there are none."""
        present = {finding.severity for finding in self.findings}
        return next((severity for severity in SEVERITIES if severity in present), None)
