"""Reads what a Statuspage page (and an incident.io page, in its dialect of it) answers in public.

Understood: ``incidents.json``, ``summary.json``, ``components.json``,
``scheduled-maintenances.json``, a single ``/incidents/<id>.json`` and a bare list of incidents.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from afterword.importing.parsed import Note, Parsed, ParsedComponent, ParsedIncident, ParsedPage
from afterword.importing.reading import Reading, kind_of, load_json
from afterword.importing.statuspage_components import Components
from afterword.importing.statuspage_incidents import read_incident
from afterword.kit.errors import BadInput

_LISTS = ("incidents", "scheduled_maintenances", "components")


def parse(raw: bytes, *, now: datetime | None = None) -> Parsed:
    """Return everything sound in the bytes of a recording, and notes on the rest.

    ``now`` (UTC) is what times are called impossible against; without it only years beyond 2100
    are. Raises BadInput when the bytes are no JSON, more than 50 MB, or hold nothing that a
    status page would answer; never fails on a single odd item.
    """
    document = _document(load_json(raw))
    reading = Reading(now)
    components = Components(reading)
    for place, item in reading.items(document, "components", ""):
        components.read(item, place)
    seen: set[str] = set()
    incidents = _incidents(document, "incidents", reading, components, seen)
    maintenances = _incidents(document, "scheduled_maintenances", reading, components, seen)
    everything = incidents + maintenances
    return Parsed(
        page=_page(document, reading),
        components=_in_order(components),
        incidents=tuple(i for i in everything if i.kind == "incident"),
        maintenances=tuple(i for i in everything if i.kind == "maintenance"),
        skipped=_once(reading.skipped),
        mended=_once(reading.mended),
    )


def _document(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        return {"incidents": value}
    if not isinstance(value, dict):
        raise BadInput(f"The file holds {kind_of(value)}, where a status page answers an object.")
    if any(key in value for key in _LISTS):
        if "incident_updates" not in value:
            return value
        return {"incidents": [value]}
    if "incident_updates" in value:
        return {"incidents": [value]}
    raise BadInput(
        "The file is JSON, but holds no incidents, maintenances or components. Give the page's "
        "/api/v2/incidents.json, summary.json, components.json or scheduled-maintenances.json."
    )


def _page(document: Mapping[str, Any], reading: Reading) -> ParsedPage | None:
    page = document.get("page")
    if page is None:
        return None
    if not isinstance(page, dict):
        reading.skip("/page", f"an object is expected, not {kind_of(page)}")
        return None
    url = reading.line(page, "url", "/page", 200)
    if not url.startswith(("https://", "http://")):
        if url:
            reading.mend("/page/url", "is no web address; left out")
        url = ""
    return ParsedPage(
        source_id=reading.line(page, "id", "/page", 64),
        name=reading.line(page, "name", "/page", 120),
        url=url.rstrip("/"),
        time_zone=reading.line(page, "time_zone", "/page", 60),
    )


def _incidents(
    document: Mapping[str, Any],
    key: str,
    reading: Reading,
    components: Components,
    seen: set[str],
) -> list[ParsedIncident]:
    found = []
    for place, item in reading.items(document, key, ""):
        incident = read_incident(item, place, reading, components, seen)
        if incident is not None:
            seen.add(incident.public_id)
            found.append(incident)
    return found


def _in_order(components: Components) -> tuple[ParsedComponent, ...]:
    """Groups first, so that whoever writes them finds a member's group there already."""
    return tuple(sorted(components.all(), key=lambda c: (not c.is_group, c.position, c.public_id)))


def _once(notes: list[Note]) -> tuple[Note, ...]:
    return tuple(dict.fromkeys(notes))
