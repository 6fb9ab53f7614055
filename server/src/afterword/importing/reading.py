"""Reads JSON that somebody else wrote: limits, types, times, with the place of every oddity."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from afterword.importing.parsed import Note
from afterword.kit.errors import BadInput
from afterword.kit.timespans import parse_iso

MAX_BYTES = 50 * 1024 * 1024
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
FURTHEST_AHEAD = timedelta(days=5 * 366)
CLOCK_SLACK = timedelta(hours=24)

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def load_json(raw: bytes) -> Any:
    """Return the value the bytes hold.

    Raises BadInput, naming line and column, for anything that is not one whole JSON document,
    and for more than 50 MB before looking inside.
    """
    if len(raw) > MAX_BYTES:
        raise BadInput(
            f"The file is {len(raw) / 1024 / 1024:.0f} MB; at most 50 MB are read. "
            "A status page's incidents.json has well under 1 MB: is this the right file?"
        )
    text = _decode(raw)
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as wrong:
        place = f"line {wrong.lineno}, column {wrong.colno}"
        fault = wrong.msg.removesuffix(" at")
        raise BadInput(
            f"The file is not JSON: {fault} at {place}. {_likely_reason(text, wrong)}",
            {place: fault},
        ) from wrong
    except RecursionError as wrong:
        raise BadInput("The file nests lists or objects too deeply to be a status page.") from wrong
    except ValueError as wrong:
        raise BadInput(f"The file is not JSON that can be read: {str(wrong)[:200]}.") from wrong


def _decode(raw: bytes) -> str:
    if not raw.strip():
        raise BadInput("The file is empty. Save the page's incidents.json again.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise BadInput(
            f"The file is not UTF-8 text: byte {wrong.start} (line {line}) cannot be read. "
            "Save it again without changing its encoding.",
            {f"line {line}": "not UTF-8"},
        ) from wrong


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is no JSON number")


def _likely_reason(text: str, wrong: json.JSONDecodeError) -> str:
    if text.lstrip()[:1] == "<":
        return "It looks like a web page; give the address that ends in /api/v2/incidents.json."
    if wrong.pos >= len(text.rstrip()) or "Unterminated" in wrong.msg:
        return "It seems cut off; save it again."
    return "Save it again, or correct that place."


class Reading:
    """Collects what was skipped and mended while one source is read."""

    def __init__(self, now: datetime | None) -> None:
        self.now = now
        self.skipped: list[Note] = []
        self.mended: list[Note] = []

    def skip(self, where: str, why: str) -> None:
        self.skipped.append(Note(where, why))

    def mend(self, where: str, why: str) -> None:
        self.mended.append(Note(where, why))

    def items(
        self, parent: Mapping[str, Any], key: str, where: str
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield place and object for each object in a list; an absent or null list is empty."""
        found = parent.get(key)
        if found is None:
            return
        if not isinstance(found, list):
            self.skip(f"{where}/{key}", f"a list is expected, not {kind_of(found)}")
            return
        for index, item in enumerate(found):
            place = f"{where}/{key}/{index}"
            if isinstance(item, dict):
                yield place, item
            else:
                self.skip(place, f"an object is expected, not {kind_of(item)}")

    def text(self, parent: Mapping[str, Any], key: str, where: str, limit: int) -> str:
        """Return a text field without unprintable characters, at most ``limit`` long.

        Absent and null give the empty text; other types do too, and are reported.
        """
        value = parent.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.mend(f"{where}/{key}", f"text is expected, not {kind_of(value)}; left empty")
            return ""
        clean = _SURROGATE.sub("\ufffd", _UNPRINTABLE.sub("", value))
        if len(clean) != len(value) or ("\ufffd" in clean and "\ufffd" not in value):
            self.mend(f"{where}/{key}", "unprintable characters were removed")
        if len(clean) > limit:
            self.mend(f"{where}/{key}", f"{len(clean)} characters were cut to {limit}")
            clean = clean[:limit]
        return clean

    def line(self, parent: Mapping[str, Any], key: str, where: str, limit: int) -> str:
        """Return a text field as one line: runs of blanks and line ends become one blank."""
        return " ".join(self.text(parent, key, where, limit * 2).split())[:limit].strip()

    def number(self, parent: Mapping[str, Any], key: str, where: str, default: int) -> int:
        """Return a whole number from 0 to a million; anything else becomes the default."""
        value = parent.get(key)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000_000:
            return value
        self.mend(f"{where}/{key}", f"{shown(value)} is no place in a list; {default} is taken")
        return default

    def flag(self, parent: Mapping[str, Any], key: str) -> bool:
        return parent.get(key) is True

    def moment(
        self, parent: Mapping[str, Any], key: str, where: str, *, may_be_ahead: bool = False
    ) -> datetime | None:
        """Return the instant a field names, in UTC, or None; what cannot be is reported.

        Past times may lie up to a day ahead of our clock; planned ones (``may_be_ahead``) up to
        five years.
        """
        value = parent.get(key)
        if value is None or value == "":
            return None
        place = f"{where}/{key}"
        if not isinstance(value, str):
            self.mend(place, f"a time is expected, not {kind_of(value)}; left out")
            return None
        try:
            moment = parse_iso(value[:64])
        except (ValueError, OverflowError):
            self.mend(place, f"{shown(value)} is no time with a zone; left out")
            return None
        if moment < EARLIEST or self._is_ahead(moment, may_be_ahead):
            self.mend(place, f"{shown(value)} cannot be right; left out")
            return None
        return moment

    def day(self, parent: Mapping[str, Any], key: str, where: str) -> date | None:
        """Return the day a field names (``2026-03-04``), or None; what is none is reported."""
        value = parent.get(key)
        if value is None or value == "":
            return None
        try:
            if isinstance(value, str):
                return date.fromisoformat(value[:10])
        except ValueError:
            pass
        self.mend(f"{where}/{key}", f"{shown(value)} is no day; left out")
        return None

    def _is_ahead(self, moment: datetime, may_be_ahead: bool) -> bool:
        if self.now is None:
            return moment.year > 2100
        return moment > self.now + (FURTHEST_AHEAD if may_be_ahead else CLOCK_SLACK)


def kind_of(value: Any) -> str:
    """Name a JSON value's type as a person would."""
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false"}
    if value is None:
        return "null"
    return names.get(type(value), "a number")


def shown(value: Any) -> str:
    """Quote a foreign value for a message: printable, one line, at most 60 characters."""
    text = ascii(value)
    return text if len(text) <= 60 else text[:57] + "…"
