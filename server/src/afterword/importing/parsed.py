"""What a parser found, in our own words, whatever the page it came from called it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple


class Note(NamedTuple):
    """A place in the source, written like a JSON pointer, and what is odd about it."""

    where: str
    why: str


@dataclass(frozen=True)
class ParsedPage:
    """``time_zone`` is an IANA name; empty where the source does not say."""

    source_id: str
    name: str
    url: str
    time_zone: str


@dataclass(frozen=True)
class ParsedComponent:
    """``public_id`` is the source's id in lower case. ``hidden`` means: since deleted there."""

    public_id: str
    name: str
    description: str
    status: str
    position: int
    is_group: bool = False
    group: str = ""
    hidden: bool = False
    showcase: bool | None = None
    only_show_if_degraded: bool = False
    start_date: date | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True)
class ParsedAffected:
    """What an update said of one component; ``name`` is the name it had then."""

    component: str
    name: str
    old_status: str
    new_status: str


@dataclass(frozen=True)
class ParsedUpdate:
    """``body`` is cleaned HTML; ``affected`` None means that the source does not say."""

    public_id: str
    status: str
    body: str
    display_at: datetime
    created_at: datetime
    affected: tuple[ParsedAffected, ...] | None = None
    body_format: str = "html"
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ParsedIncident:
    """One incident or maintenance; ``updates`` oldest first, never empty; times in UTC."""

    public_id: str
    kind: str
    title: str
    status: str
    impact: str
    started_at: datetime
    created_at: datetime
    updated_at: datetime
    monitoring_at: datetime | None
    resolved_at: datetime | None
    scheduled_for: datetime | None
    scheduled_until: datetime | None
    components: tuple[str, ...]
    updates: tuple[ParsedUpdate, ...]
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Parsed:
    """A whole source. ``skipped`` was left out, ``mended`` was taken in another form."""

    page: ParsedPage | None
    components: tuple[ParsedComponent, ...]
    incidents: tuple[ParsedIncident, ...]
    maintenances: tuple[ParsedIncident, ...]
    skipped: tuple[Note, ...]
    mended: tuple[Note, ...]
