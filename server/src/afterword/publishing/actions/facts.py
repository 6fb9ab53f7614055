"""What is frozen beside a text: the incident as readers may know it, and the public record."""

from datetime import datetime
from typing import Any

from afterword.incidents.models import Incident, Update
from afterword.incidents.record import public_facts
from afterword.kit.timespans import iso_utc


def facts_of_incident(incident: Incident) -> dict[str, Any]:
    """Return the incident's public state now: title, kind, status, impact and times (UTC)."""
    return {
        "kind": incident.kind,
        "title": incident.title,
        "status": incident.status,
        "impact": incident.impact,
        "started_at": iso_utc(incident.started_at),
        "resolved_at": _iso(incident.resolved_at),
        "scheduled_for": _iso(incident.scheduled_for),
        "scheduled_until": _iso(incident.scheduled_until),
    }


def facts_of_update(incident: Incident, update: Update) -> dict[str, Any]:
    """Return the facts of an update. The record stays out: nobody has reviewed it yet."""
    return {
        "incident": facts_of_incident(incident),
        "update": {"status": update.status},
        "components": [
            {
                "id": str(part.get("code") or part.get("id") or part["name"]),
                "name": part["name"],
                "status": str(part.get("new_status") or part.get("status") or "operational"),
            }
            for part in update.affected or ()
            if part.get("name")
        ],
    }


def facts_of_statement(incident: Incident, record_data: dict[str, Any] | None) -> dict[str, Any]:
    """Return the facts of a reviewed statement: the incident, and the record's public part."""
    facts: dict[str, Any] = {"incident": facts_of_incident(incident)}
    if record_data is not None:
        facts["record"] = public_facts(record_data)
    return facts


def _iso(moment: datetime | None) -> str | None:
    return iso_utc(moment) if moment else None
