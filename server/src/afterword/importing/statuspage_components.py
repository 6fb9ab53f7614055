"""Components of a Statuspage page, from wherever in a file they are named."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from afterword.importing.parsed import ParsedComponent
from afterword.importing.reading import Reading, shown
from afterword.kit.ids import is_public_id

STATUSES = {
    "operational": "operational",
    "under_maintenance": "under_maintenance",
    "degraded_performance": "degraded_performance",
    "partial_outage": "partial_outage",
    "major_outage": "major_outage",
    "full_outage": "major_outage",
}


class Components:
    """Gathers components by id; the first mention counts, the page's own list comes first."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._found: dict[str, ParsedComponent] = {}
        self._places: dict[str, str] = {}

    def all(self) -> Iterable[ParsedComponent]:
        """Return every component, members of unknown groups without their group."""
        for found in self._found.values():
            yield self._with_sound_group(found)

    def read(self, item: Mapping[str, Any], place: str, *, embedded: bool = False) -> str | None:
        """Take in one component object and return its public id, or None when it is skipped.

        ``embedded`` ones repeat those of the page's list inside incidents; only in the page's
        list is a repeated id odd.
        """
        public_id = read_id(item, place, self._reading)
        if public_id is None:
            return None
        if public_id in self._found:
            if not embedded:
                self._reading.skip(place, f"id {shown(public_id)} is there twice; the first counts")
            return public_id
        name = self._reading.line(item, "name", place, 200)
        if not name:
            self._reading.skip(place, "a component without a name")
            return None
        self._places[public_id] = place
        self._found[public_id] = ParsedComponent(
            public_id=public_id,
            name=name,
            description=self._reading.text(item, "description", place, 2000).strip(),
            status=self.status(item, "status", place),
            position=self._reading.number(item, "position", place, 1),
            is_group=self._reading.flag(item, "group"),
            group=self._group_of(item, place),
            showcase=item.get("showcase") is True if "showcase" in item else None,
            only_show_if_degraded=self._reading.flag(item, "only_show_if_degraded"),
            start_date=self._reading.day(item, "start_date", place),
            created_at=self._reading.moment(item, "created_at", place),
            updated_at=self._reading.moment(item, "updated_at", place),
        )
        return public_id

    def mention(self, public_id: str, name: str) -> None:
        """Keep a component that only an old update names: deleted since, so hidden."""
        if public_id not in self._found:
            self._found[public_id] = ParsedComponent(
                public_id=public_id,
                name=name,
                description="",
                status="operational",
                position=1000,
                hidden=True,
            )

    def status(self, item: Mapping[str, Any], key: str, place: str) -> str:
        """Return a component status in our spelling; what is unknown becomes operational."""
        value = item.get(key)
        if isinstance(value, str) and value in STATUSES:
            return STATUSES[value]
        self._reading.mend(
            f"{place}/{key}", f"{shown(value)} is no component status; taken as operational"
        )
        return "operational"

    def _group_of(self, item: Mapping[str, Any], place: str) -> str:
        value = item.get("group_id")
        if value is None:
            return ""
        if isinstance(value, str) and is_public_id(value.lower()):
            return value.lower()
        self._reading.mend(f"{place}/group_id", f"{shown(value)} is no id; left out")
        return ""

    def _with_sound_group(self, found: ParsedComponent) -> ParsedComponent:
        if not found.group:
            return found
        group = self._found.get(found.group)
        if group is not None and group.is_group and not found.is_group:
            return found
        if group is not None:  # a list without groups (an incident's own) is no reason to report
            self._reading.mend(
                f"{self._places[found.public_id]}/group_id", "names no group; left out"
            )
        return replace(found, group="")


def read_id(item: Mapping[str, Any], place: str, reading: Reading) -> str | None:
    """Return the id (or ``code``) of an item in lower case, or report it and return None."""
    value = item.get("id", item.get("code"))
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**18:
        value = str(value)
    if isinstance(value, str) and is_public_id(value.lower()):
        return value.lower()
    reading.skip(place, f"{shown(value)} cannot be used as an id")
    return None
