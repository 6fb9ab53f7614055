"""A tolerant reader of frozen facts. What is absent or of the wrong type is unknown, never none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Customers:
    """How many were affected. None is unknown. ``basis``: measured, estimated or unknown."""

    affected: int | None
    total: int | None
    percent: float | None
    basis: str


@dataclass(frozen=True)
class Data:
    """What happened to data: each of the three is none, possible, confirmed or unknown."""

    confidentiality: str
    loss: str
    integrity: str
    categories: tuple[str, ...]
    people: int | None
    checked_how: str

    @property
    def values(self) -> tuple[str, str, str]:
        return (self.confidentiality, self.loss, self.integrity)


@dataclass(frozen=True)
class Part:
    """A part that was affected, with what the facts say of it; times as frozen (ISO, UTC)."""

    name: str
    impact: str
    began: str | None
    ended: str | None


@dataclass(frozen=True)
class Facts:
    """The public record as a page needs it."""

    known: bool
    began: str | None
    ended: str | None
    seconds: int | None
    watch_until: str | None
    parts: tuple[Part, ...]
    customers: Customers
    regions: tuple[str, ...]
    regions_known: bool
    symptoms: tuple[str, ...]
    data: Data
    cause: str
    confidence: str
    # Day, title, and the public id where readers can open it.
    previous: tuple[tuple[str, str, str], ...]


def read_facts(record: Mapping[str, Any]) -> Facts:
    """Return the facts of a frozen public record; an empty one gives unknowns throughout."""
    times, customers = _mapping(record, "times"), _mapping(record, "customers")
    data, cause = _mapping(record, "data"), _mapping(record, "cause")
    regions = record.get("regions")
    region_names = regions.get("affected") if isinstance(regions, Mapping) else regions
    return Facts(
        known=bool(record),
        began=_text(times.get("impact_began")),
        ended=_text(times.get("impact_ended")),
        seconds=_whole(record.get("duration_seconds")),
        watch_until=_text(times.get("watch_until") or record.get("watch_until")),
        parts=tuple(
            Part(
                _text(part.get("name")) or "",
                _text(part.get("impact")) or "unknown",
                _text(part.get("began")),
                _text(part.get("ended")),
            )
            for part in _mappings(record.get("components"))
            if part.get("name") and part.get("impact") != "none"
        ),
        customers=Customers(
            _whole(customers.get("affected")),
            _whole(customers.get("total")),
            _number(customers.get("percent")),
            _text(customers.get("basis")) or "unknown",
        ),
        regions=_texts(region_names),
        regions_known=isinstance(region_names, list),
        symptoms=_texts(record.get("symptoms")),
        data=Data(
            _text(data.get("confidentiality")) or "unknown",
            _text(data.get("loss")) or "unknown",
            _text(data.get("integrity")) or "unknown",
            _texts(data.get("categories")),
            _whole(data.get("people")),
            _text(data.get("checked_how")) or "",
        ),
        cause=_text(cause.get("text")) or "",
        confidence=_text(cause.get("confidence")) or "unknown",
        previous=tuple(
            (str(each["date"]), str(each["title"]), _text(each.get("id")) or "")
            for each in _mappings(record.get("previous"))
            if each.get("date") and each.get("title")
        ),
    )


def _mapping(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = record.get(name)
    return found if isinstance(found, Mapping) else {}


def _mappings(found: object) -> list[Mapping[str, Any]]:
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _text(found: object) -> str | None:
    return found if isinstance(found, str) and found and found != "unknown" else None


def _texts(found: object) -> tuple[str, ...]:
    return tuple(str(each) for each in found if each) if isinstance(found, list) else ()


def _whole(found: object) -> int | None:
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _number(found: object) -> float | None:
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None
