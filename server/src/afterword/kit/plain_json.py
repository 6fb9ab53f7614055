"""JSON from outside, reduced to values that every database and page can hold."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from afterword.kit.texts import legible, text_problem
from afterword.kit.timespans import iso_utc

MAX_DEPTH: Final = 8
MAX_VALUES: Final = 20_000
MAX_TEXT: Final = 10_000
MAX_NUMBER: Final = 10**15


def plain_json(value: object, *, max_text: int = MAX_TEXT) -> tuple[Any, dict[str, str]]:
    """Return (a copy in plain values, problems by path); never raises.

    Texts come out trimmed with line ends as ``\\n``, zone-aware datetimes as ISO 8601 in UTC.
    Depth over 8, over 20,000 values, and numbers beyond 10**15 are problems.
    """
    copier = _Copier(max_text)
    return copier.of(value, ""), copier.problems


class _Copier:
    def __init__(self, max_text: int) -> None:
        self.max_text = max_text
        self.problems: dict[str, str] = {}
        self.count = 0

    def of(self, value: object, path: str, depth: int = 0) -> Any:
        self.count += 1
        if self.count > MAX_VALUES or depth > MAX_DEPTH:
            where = "nested too deeply" if depth > MAX_DEPTH else "too large"
            self.problems.setdefault("", f"is {where}")
            return None
        if isinstance(value, Mapping):
            return self._object(value, path, depth)
        if isinstance(value, list | tuple):
            return [self.of(one, f"{path}[{i}]", depth + 1) for i, one in enumerate(value)]
        return self._scalar(value, path)

    def _scalar(self, value: object, path: str) -> Any:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._text(value, path)
        if isinstance(value, int | float):
            return self._number(value, path)
        if isinstance(value, datetime):
            return self._moment(value, path)
        if isinstance(value, date):
            return value.isoformat()
        self.problems[path] = f"must be JSON, not {type(value).__name__}"
        return None

    def _object(self, value: Mapping[Any, Any], path: str, depth: int) -> dict[str, Any]:
        copied: dict[str, Any] = {}
        for key, inner in value.items():
            if not isinstance(key, str) or text_problem(key, limit=200):
                self.problems[path] = "has a field name that is no plain text"
                continue
            copied[key] = self.of(inner, f"{path}.{key}" if path else key, depth + 1)
        return copied

    def _text(self, value: str, path: str) -> str:
        clean = legible(value).strip()
        if problem := text_problem(clean, limit=self.max_text):
            self.problems[path] = problem
        return clean

    def _number(self, value: float, path: str) -> float:
        if not math.isfinite(value) or abs(value) > MAX_NUMBER:
            self.problems[path] = "is too large to be true"
            return 0
        # Adding zero turns -0.0 into 0.0, which PostgreSQL would do anyway.
        return value if isinstance(value, int) else value + 0.0

    def _moment(self, value: datetime, path: str) -> str | None:
        if value.tzinfo is None:
            self.problems[path] = "has no time zone"
            return None
        return iso_utc(value)
