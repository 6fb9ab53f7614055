"""What is frozen beside a text: the incident as readers may know it, and the public record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from afterword.components.models import Component
from afterword.incidents.actions.recurring import previous_entry
from afterword.incidents.models import Incident, Update
from afterword.incidents.queries import same_again
from afterword.incidents.record import public_facts
from afterword.kit.timespans import iso_exact
from afterword.publishing.models import PublicIncident

# What another page's clients read and we only pass on.
_OF_SOURCE = ("shortlink", "reminder_intervals", "impact_override", "backfilled",
              "scheduled_auto_in_progress", "scheduled_auto_completed")  # fmt: skip
_OF_UPDATE = (
    "next_update_at", "updated_at", "text", "statuspage_status", "deliver_notifications",
    "custom_tweet", "tweet_id",
)  # fmt: skip


def facts_of_incident(incident: Incident) -> dict[str, Any]:
    """Return the incident's public state now: title, kind, status, impact and times (UTC).

    ``parts`` are its components as they are now; ``source`` is what another page said of it that
    we have no word for.
    """
    return {
        "kind": incident.kind,
        "title": incident.title,
        "status": incident.status,
        "impact": incident.impact,
        "started_at": iso_exact(incident.started_at),
        "resolved_at": _iso(incident.resolved_at),
        "scheduled_for": _iso(incident.scheduled_for),
        "scheduled_until": _iso(incident.scheduled_until),
        "monitoring_at": _iso(incident.monitoring_at),
        "created_at": iso_exact(incident.created_at),
        "updated_at": iso_exact(incident.updated_at),
        "parts": [
            _part(each) for each in incident.components.select_related("group") if not each.hidden
        ],
        "source": {key: incident.extra[key] for key in _OF_SOURCE if key in incident.extra},
    }


def facts_of_update(incident: Incident, update: Update) -> dict[str, Any]:
    """Return the facts of an update. The record stays out: nobody has reviewed it yet."""
    return {
        "incident": facts_of_incident(incident),
        "update": {
            "status": update.status,
            "created_at": iso_exact(update.created_at),
            "affected": update.affected,
            **{key: update.extra[key] for key in _OF_UPDATE if key in update.extra},
        },
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
        facts["record"] = record_facts(incident, record_data)
    return facts


def record_facts(incident: Incident, record_data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record's public part; earlier incidents of the same cause gain their ``id`` where
    a person said so and readers can open them.
    """
    facts = public_facts(record_data)
    again = {(e["date"], e["title"]): one for one in same_again(incident)
             if (e := previous_entry(one))}  # fmt: skip
    open_to_readers = set(
        PublicIncident.objects.filter(
            page=incident.page_id, incident_id__in=[one.public_id for one in again.values()]
        ).values_list("incident_id", flat=True)
    )
    for each in facts["previous"]:
        one = again.get((each["date"], each["title"]))
        if one is not None and one.public_id in open_to_readers:
            each["id"] = one.public_id
    return facts


def _part(component: Component) -> dict[str, Any]:
    """Return a component as it is now, without what has its usual value."""
    part: dict[str, Any] = {
        "id": component.public_id,
        "name": component.name,
        "status": component.status,
        "position": component.position,
        "created_at": iso_exact(component.created_at),
        "updated_at": iso_exact(component.updated_at),
    }
    if component.description:
        part["description"] = component.description
    if component.group is not None:
        part["group_id"] = component.group.public_id
    if component.start_date is not None:
        part["start_date"] = component.start_date.isoformat()
    unusual = {"is_group": True, "showcase": False, "only_show_if_degraded": True}
    return part | {
        name: value for name, value in unusual.items() if getattr(component, name) is value
    }


def _iso(moment: datetime | None) -> str | None:
    return iso_exact(moment) if moment else None
