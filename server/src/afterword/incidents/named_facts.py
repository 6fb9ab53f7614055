"""The facts of a record by their names, as a text may call them: ``{how long}``. Pure."""

from collections.abc import Mapping
from typing import Any

from afterword.incidents.facts_at_hand import LABELS, clock_words, facts_at_hand, instant
from afterword.incidents.template_fields import FIELDS


def named_facts(data: Mapping[str, Any]) -> dict[str, str]:
    """Return every name of ``FIELDS`` with the record's words; "" for what it does not know.

    From the record alone, so that its version says which words they are.
    """
    known = {LABELS[f.label]: f.words for f in facts_at_hand(data) if f.label in LABELS}
    incident, times = data.get("incident"), data.get("times")
    hit = [
        str(each.get("name") or "")
        for each in data.get("components") or []
        if isinstance(each, Mapping) and each.get("impact") != "none"
    ]
    known |= {
        "title": str(incident.get("title") or "") if isinstance(incident, Mapping) else "",
        "began": clock_words(instant(times.get("impact_began")))
        if isinstance(times, Mapping)
        else "",
        "parts": listed([name for name in hit if name]),
    }
    return {name: known.get(name, "") for name in FIELDS}


def listed(names: list[str]) -> str:
    """Return ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
