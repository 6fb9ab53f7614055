"""The record of facts: its first state, what it must hold, what of it may be public.

Schema ``plaintalk-record/1``. Four optional fields go beyond it: ``times.basis`` and
``data.people_basis`` (measured, estimated or unknown for each time and for the count of people),
``wrong_results`` (true, false or "unknown") and ``cause.class`` (see ``CAUSE_CLASSES``).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from afterword.components.models import Component, ComponentStatus
from afterword.incidents.models import Incident, Status
from afterword.kit.timespans import format_span, iso_utc, parse_iso

SCHEMA: Final = "plaintalk-record/1"
UNKNOWN: Final = "unknown"
TIMES: Final = (
    "impact_began", "detected", "first_update", "mitigated", "impact_ended", "watch_until",
)  # fmt: skip
# What kind of thing caused it, for readers who look for patterns; a closed list, so that one kind
# has one name. ``cause.text`` says it in words.
CAUSE_CLASSES: Final = (
    "change", "capacity", "supplier", "hardware", "security", "software_defect",
    "operator_action", UNKNOWN,
)  # fmt: skip
_EFFECTS: Final = ("confidentiality", "loss", "integrity")

_IMPACT_FROM_STATUS: Final[dict[str, str]] = {
    ComponentStatus.DEGRADED: "degraded",
    ComponentStatus.PARTIAL: "partial_outage",
    ComponentStatus.MAJOR: "major_outage",
}


def starting_record(incident: Incident) -> dict[str, Any]:
    """Return the record as far as the incident itself tells it; all else is unknown.

    Times taken from the status page are estimates: people said them, nobody measured them.
    """
    updates = list(incident.updates.all())
    worst = _worst_by_code(updates)
    ended = incident.resolved_at
    times: dict[str, Any] = {"zone": "UTC", **dict.fromkeys(TIMES)}
    times["impact_began"] = iso_utc(incident.started_at)
    times["first_update"] = iso_utc(updates[0].display_at) if updates else None
    times["impact_ended"] = iso_utc(ended) if ended else None
    times["basis"] = {
        key: UNKNOWN if times[key] is None else "estimated" for key in TIMES
    }  # fmt: skip
    return {
        "schema": SCHEMA,
        "incident": {
            "id": incident.public_id,
            "title": incident.title,
            "status": _record_status(incident),
            "severity": incident.severity,
        },
        "times": times,
        "components": [
            {
                "name": name,
                "aliases": list(c.aliases),
                "impact": _IMPACT_FROM_STATUS.get(worst.get(c.public_id, ""), UNKNOWN),
                "began": times["impact_began"],
                "ended": times["impact_ended"],
                "state_now": c.status,
            }
            for name, c in _named_parts(incident)
        ],
        "customers": {"affected": None, "total": None, "percent": None, "basis": UNKNOWN},
        "regions": {"affected": [], "all": [], "basis": UNKNOWN},
        "symptoms": [],
        "data": {
            **dict.fromkeys(_EFFECTS, UNKNOWN),
            "categories": [],
            "people": None,
            "people_basis": UNKNOWN,
            "checked_how": None,
        },
        "security": {"malicious": UNKNOWN},
        "cause": {
            "fingerprint": None,
            "class": UNKNOWN,
            "text": None,
            "confidence": UNKNOWN,
            "third_party": None,
            "vendor": None,
            "vendor_may_be_named": False,
        },
        "measures": [],
        "sla": None,
        "previous": [],
        "lexicon": {
            "audience_terms": [],
            "data_nouns": [],
            "public_contacts": (
                [incident.page.support_contact] if incident.page.support_contact else []
            ),
            "staff_names": [],
            "hosts": [],
            "ticket_prefixes": [],
            "other_customers": [],
        },
        "legal_hold": False,
    }


def refreshed(data: Mapping[str, Any], incident: Incident) -> dict[str, Any]:
    """Return the record with what the incident itself knows better: status, state of its parts.

    An end already recorded is kept; a missing one is taken from the resolving update.
    """
    fresh = starting_record(incident)
    result = dict(data)
    result["incident"] = {**_mapping(data, "incident"), "status": fresh["incident"]["status"]}
    result["times"] = _ended(_mapping(data, "times"), fresh["times"]["impact_ended"])
    state_now = {c["name"].casefold(): c["state_now"] for c in fresh["components"]}
    known = [
        {**c, "state_now": state_now.get(str(c.get("name")).casefold(), c.get("state_now"))}
        for c in data.get("components") or []
    ]
    names = {str(c.get("name")).casefold() for c in known}
    added = [c for c in fresh["components"] if c["name"].casefold() not in names]
    result["components"] = known + added
    return result


def _ended(times: Mapping[str, Any], resolved: str | None) -> dict[str, Any]:
    """Return the times with a missing end filled in, unless what is known speaks against it."""
    known = dict(times)
    if known.get("impact_ended") is not None or resolved is None:
        return known
    end = parse_iso(resolved)
    for key in ("impact_began", "mitigated"):
        if known.get(key) and parse_iso(known[key]) > end:
            return known
    basis = {**_mapping(times, "basis"), "impact_ended": "estimated"}
    if known.get("watch_until") and parse_iso(known["watch_until"]) < end:
        known["watch_until"] = None
        basis["watch_until"] = UNKNOWN
    return {**known, "impact_ended": resolved, "basis": basis}


def unresolved(data: Mapping[str, Any], incident: Incident) -> dict[str, Any]:
    """Return the record of an incident that was reopened: its end is unknown again."""
    result = refreshed(data, incident)
    cleared = {"impact_ended": None, "watch_until": None}
    basis = {**_mapping(result["times"], "basis"), **dict.fromkeys(cleared, UNKNOWN)}
    result["times"] = {**result["times"], **cleared, "basis": basis}
    result["components"] = [{**c, "ended": None} for c in result["components"]]
    return result


def gaps(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what a complete record still lacks: path -> the question to answer."""
    found = {path: question for path, lacks, question in _QUESTIONS if lacks(data)}
    for number, component in enumerate(data.get("components") or []):
        if component.get("impact", UNKNOWN) == UNKNOWN:
            found[f"components[{number}].impact"] = (
                f"How badly was {component.get('name') or 'this component'} affected?"
            )
    return found


def _nothing(section: str, key: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda data: _mapping(data, section).get(key) in {None, "", UNKNOWN}


_QUESTIONS: Final[tuple[tuple[str, Callable[[Mapping[str, Any]], bool], str], ...]] = (
    (
        "times.impact_began",
        _nothing("times", "impact_began"),
        "When did customers first feel it?",
    ),
    ("times.impact_ended", _nothing("times", "impact_ended"), "When did it end for customers?"),
    ("components", lambda d: not d.get("components"), "Which parts were affected, how badly?"),
    ("customers", _nothing("customers", "basis"), "How many customers, of how many?"),
    ("symptoms", lambda d: not d.get("symptoms"), "What could people not do?"),
    (
        "data.confidentiality",
        _nothing("data", "confidentiality"),
        "Could anyone see data they should not have seen?",
    ),
    ("data.loss", _nothing("data", "loss"), "Was any data lost?"),
    ("data.integrity", _nothing("data", "integrity"), "Was any data changed or made wrong?"),
    (
        "data.checked_how",
        _nothing("data", "checked_how"),
        "How was it checked what happened to data?",
    ),
    ("cause.text", _nothing("cause", "text"), "Why did it happen?"),
    ("cause.confidence", _nothing("cause", "confidence"), "How sure is the cause?"),
    ("security.malicious", _nothing("security", "malicious"), "Did somebody do it on purpose?"),
    (
        "sla",
        lambda d: d.get("sla") is None,
        "Was a service level breached for any account? An empty list says no.",
    ),
)


def public_facts(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the only facts that may leave: built field by field, so nothing slips through.

    ``duration_seconds`` counts from impact_began to impact_ended. Unknown facts are None or
    "unknown", never "none".
    """
    times, customers = _mapping(data, "times"), _mapping(data, "customers")
    regions, effects = _mapping(data, "regions"), _mapping(data, "data")
    cause = _mapping(data, "cause")
    seconds = _seconds(times)
    third_party = {"third_party": cause.get("third_party")}
    if cause.get("vendor_may_be_named") is True and cause.get("vendor"):
        third_party["vendor"] = cause["vendor"]
    return {
        "title": _mapping(data, "incident").get("title"),
        "times": {key: times.get(key) for key in TIMES if key != "detected"}
        | {"detected": times.get("detected"), "zone": times.get("zone") or "UTC"},
        "duration_seconds": seconds,
        "duration": None if seconds is None else format_span(seconds),
        "components": [
            {key: c.get(key) for key in ("name", "impact", "began", "ended")}
            for c in data.get("components") or []
        ],
        "customers": {key: customers.get(key) for key in ("affected", "total", "percent")}
        | {"basis": customers.get("basis") or UNKNOWN},
        "regions": {
            "affected": list(regions.get("affected") or []),
            "basis": regions.get("basis") or UNKNOWN,
        },
        "symptoms": list(data.get("symptoms") or []),
        "data": {key: effects.get(key) or UNKNOWN for key in _EFFECTS}
        | {
            "categories": list(effects.get("categories") or []),
            "people": effects.get("people"),
            "checked_how": effects.get("checked_how"),
        },
        "cause": {
            "text": cause.get("text"),
            "class": cause.get("class") or UNKNOWN,
            "confidence": cause.get("confidence") or UNKNOWN,
            **third_party,
        },
        "watch_until": times.get("watch_until"),
        "previous": [
            {"date": p.get("date"), "title": p.get("title")} for p in data.get("previous") or []
        ],
    }


def _mapping(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}


def _seconds(times: Mapping[str, Any]) -> int | None:
    began, ended = times.get("impact_began"), times.get("impact_ended")
    if not began or not ended:
        return None
    return int((parse_iso(ended) - parse_iso(began)).total_seconds())


def _named_parts(incident: Incident) -> list[tuple[str, Component]]:
    """Return the incident's components under names that differ: groups may repeat a name."""
    named: list[tuple[str, Component]] = []
    taken: set[str] = set()
    for part in incident.components.all():
        name = part.name
        if name.casefold() in taken and part.group is not None:
            name = f"{part.group.name}: {part.name}"
        while name.casefold() in taken:
            name = f"{name} ({part.public_id})"
        taken.add(name.casefold())
        named.append((name, part))
    return named


def _record_status(incident: Incident) -> str:
    live = {Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING, Status.RESOLVED}
    if incident.status in live:
        return str(incident.status)
    return "resolved" if incident.is_over else UNKNOWN


def _worst_by_code(updates: Sequence[Any]) -> dict[str, str]:
    """Return the gravest status each component had in the updates, by public id."""
    grave = list(ComponentStatus.values)
    worst: dict[str, str] = {}
    for update in updates:
        for one in update.affected or []:
            code, status = one.get("code"), one.get("new_status")
            if not isinstance(code, str) or status not in grave:
                continue
            if grave.index(status) > grave.index(worst.get(code, grave[0])):
                worst[code] = status
    return worst
