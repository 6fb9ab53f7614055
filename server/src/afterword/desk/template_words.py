"""A template as the forms of an incident take it: its words with the facts known now."""

from collections.abc import Mapping
from typing import Any

from afterword.incidents.facts_at_hand import clock_words
from afterword.incidents.models import Incident, UpdateTemplate
from afterword.incidents.named_facts import listed, named_facts
from afterword.incidents.queries import current_record
from afterword.incidents.record import starting_record
from afterword.incidents.template_fields import filled


def facts_for(incident: Incident) -> dict[str, str]:
    """Return what a template may name, as far as it is known of the incident."""
    record = current_record(incident)
    return named_facts(record.data if record else starting_record(incident)) | {
        "title": incident.title,
        "began": clock_words(incident.started_at),
        "parts": listed([each.name for each in incident.components.all()]),
    }


def as_initial(template: UpdateTemplate, facts: Mapping[str, str]) -> dict[str, Any]:
    """Return what the forms begin with when a template was chosen."""
    initial: dict[str, Any] = {
        "body": filled(template.body, facts),
        "status": template.status,
        "next_word": str(template.next_word or ""),
        "notify": template.notify,
    }
    if template.title:
        initial["title"] = filled(template.title, facts)
    if template.severity:
        initial["severity"] = str(template.severity)
    return initial
