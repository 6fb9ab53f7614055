"""Whether a summary mentions the earlier incidents of its cause that the record names. Pure."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def unmentioned(text: str, data: Mapping[str, Any]) -> list[tuple[date, str]]:
    """Return day and title of each earlier incident that the text names by neither.

    A day counts in any usual form: 14 January, January 14th, 14 Jan, 2026-01-14, 14.01.
    """
    said = " ".join(text.casefold().split())
    found = []
    for entry in data.get("previous") or []:
        day, title = _read(entry)
        named = title and " ".join(title.casefold().split()) in said
        if day is not None and not named and not any(re.search(p, said) for p in _forms(day)):
            found.append((day, title))
    return found


def _read(entry: object) -> tuple[date | None, str]:
    if not isinstance(entry, Mapping):
        return None, ""
    try:
        return date.fromisoformat(str(entry.get("date"))[:10]), str(entry.get("title") or "")
    except ValueError:
        return None, ""


def _forms(day: date) -> Iterator[str]:
    name = _MONTHS[day.month - 1]
    month = rf"{name[:3]}(?:{name[3:]})?\b"
    yield rf"\b0?{day.day}(?:st|nd|rd|th)?\.? (?:of )?{month}"
    yield rf"\b{month}\.? 0?{day.day}(?:st|nd|rd|th)?\b"
    yield rf"\b{day.isoformat()}\b"
    yield rf"\b0?{day.day}[./]0?{day.month}(?:[./]|\b)"
