"""A template as the forms of an incident take it: its words with the facts known now."""

from collections.abc import Iterable, Mapping
from typing import Any

from afterword.desk.facts_at_hand import clock_words, facts_at_hand
from afterword.incidents.models import Incident, UpdateTemplate
from afterword.incidents.queries import current_record
from afterword.incidents.record import starting_record
from afterword.incidents.template_fields import filled

_OF_THE_RECORD = {
    "How long": "how long",
    "When": "when",
    "How many": "how many",
    "Regions": "regions",
    "What people saw": "what people saw",
    "Cause": "cause",
    "Watched until": "watched until",
}


def facts_for(incident: Incident) -> dict[str, str]:
    """Return what a template may name, as far as it is known of the incident."""
    record = current_record(incident)
    facts = facts_at_hand(record.data if record else starting_record(incident))
    known = {_OF_THE_RECORD[f.label]: f.words for f in facts if f.label in _OF_THE_RECORD}
    return known | {
        "title": incident.title,
        "began": clock_words(incident.started_at),
        "parts": _listed(each.name for each in incident.components.all()),
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


def _listed(names: Iterable[str]) -> str:
    listed = list(names)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} and {listed[-1]}"
