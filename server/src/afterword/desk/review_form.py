"""Between an internal review and what a person typed into its form. Nothing typed is dropped."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from afterword.desk.record_form import read_moment
from afterword.desk.shell import normal_newlines
from afterword.kit.timespans import parse_iso
from afterword.postmortems.content import NAME_KINDS, SECTIONS, Content, Entry, Factor

MOST_ROWS = 400
_ENTRY_FIELDS = ("id", "at", "kind", "what", "known", "source", "origin")
_FACTOR_FIELDS = ("id", "kind", "text")


@dataclass(frozen=True)
class EntryRow:
    """One line of the timeline as the form shows it; the last one is empty, for a new line."""

    number: int
    entry: Entry
    at: str
    problems: dict[str, str] = field(default_factory=dict)
    is_spare: bool = False

    @property
    def name(self) -> str:
        return f"timeline[{self.number}]"

    @property
    def id(self) -> str:
        return f"timeline-{self.number}-"


@dataclass(frozen=True)
class FactorRow:
    number: int
    factor: Factor
    problems: dict[str, str] = field(default_factory=dict)
    is_spare: bool = False

    @property
    def name(self) -> str:
        return f"factors[{self.number}]"

    @property
    def id(self) -> str:
        return f"factors-{self.number}-"


def read_review(posted: Mapping[str, str]) -> Content:
    """Return what the form describes, rows in the order posted.

    A time that cannot be read stays as it was typed, for ``content.checked`` to name.
    """
    plain: dict[str, Any] = {name: normal_newlines(posted.get(name, "")) for name in SECTIONS}
    plain |= {kind: tuple(_lines(posted.get(kind, ""))) for kind in NAME_KINDS}
    return Content(
        body=normal_newlines(posted.get("body", "")),
        timeline=tuple(_entry(raw) for raw in _rows(posted, "timeline", _ENTRY_FIELDS)),
        factors=tuple(Factor(**raw) for raw in _rows(posted, "factors", _FACTOR_FIELDS)),
        **plain,
    )


def entry_rows(content: Content, problems: Mapping[str, str]) -> list[EntryRow]:
    """Return the lines of the timeline for the form, with an empty one at the end."""
    found = [
        EntryRow(number, entry, typed_moment(entry.at), _of(problems, f"timeline[{number}]."))
        for number, entry in enumerate(content.timeline)
    ]
    spare = Entry(id="", at="", kind="seen", what="")
    return [*found, EntryRow(len(found), spare, "", is_spare=True)]


def factor_rows(content: Content, problems: Mapping[str, str]) -> list[FactorRow]:
    """Return the factors for the form, with an empty one at the end."""
    found = [
        FactorRow(number, factor, _of(problems, f"factors[{number}]."))
        for number, factor in enumerate(content.factors)
    ]
    return [*found, FactorRow(len(found), Factor("", "technical", ""), is_spare=True)]


def typed_moment(at: str) -> str:
    """Return an instant as people type it, UTC: ``2026-03-04 08:12``, with its seconds if any."""
    try:
        moment = parse_iso(at).astimezone(UTC)
    except ValueError:
        return at
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment.second else f"{moment:%Y-%m-%d %H:%M}"


def _entry(raw: dict[str, str]) -> Entry:
    with suppress(ValueError):
        raw["at"] = read_moment(raw["at"].strip())
    return Entry(**raw)


def _rows(posted: Mapping[str, str], path: str, fields: Iterable[str]) -> Iterable[dict[str, str]]:
    pattern = re.compile(re.escape(path) + r"\[(\d{1,4})\]\.")
    numbers = sorted({int(found[1]) for name in posted if (found := pattern.match(name))})
    for number in numbers[:MOST_ROWS]:
        raw = {name: normal_newlines(posted.get(f"{path}[{number}].{name}", "")) for name in fields}
        # A choice always holds something: a row is one where somebody typed.
        if any(raw[name].strip() for name in ("at", "what", "known", "text") if name in raw):
            yield raw


def _lines(text: str) -> list[str]:
    return [line.strip() for line in normal_newlines(text).split("\n") if line.strip()]


def _of(problems: Mapping[str, str], start: str) -> dict[str, str]:
    return {p.removeprefix(start): what for p, what in problems.items() if p.startswith(start)}
