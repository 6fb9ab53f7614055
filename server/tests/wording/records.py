"""Records for tests: one complete, and ways in which less is known."""

import copy
from typing import Any

COMPLETE: dict[str, Any] = {
    "schema": "plaintalk-record/1",
    "incident": {
        "id": "par-2026-03-04",
        "title": "Parcels were not labelled",
        "status": "resolved",
        "severity": 1,
    },
    "times": {
        "zone": "UTC",
        "impact_began": "2026-03-04T08:12:00Z",
        "detected": "2026-03-04T08:20:00Z",
        "first_update": "2026-03-04T08:31:00Z",
        "mitigated": "2026-03-04T14:10:00Z",
        "impact_ended": "2026-03-04T14:24:00Z",
        "watch_until": "2026-03-04T18:30:00Z",
    },
    "components": [
        {
            "name": "Label printing",
            "aliases": ["labels"],
            "impact": "major_outage",
            "began": "2026-03-04T08:12:00Z",
            "ended": "2026-03-04T14:24:00Z",
            "state_now": "operational",
        },
        {
            "name": "Sign-in",
            "aliases": ["login"],
            "impact": "none",
            "began": None,
            "ended": None,
            "state_now": "operational",
        },
    ],
    "customers": {"affected": 1798, "total": 4860, "percent": 37.0, "basis": "measured"},
    "regions": {"affected": [], "all": ["EU", "US"], "basis": "measured"},
    "symptoms": ["labels could not be printed"],
    "data": {
        "confidentiality": "none",
        "loss": "none",
        "integrity": "none",
        "categories": [],
        "people": None,
        "checked_how": "every waiting parcel compared with the list of labels",
    },
    "security": {"malicious": "no"},
    "cause": {
        "fingerprint": "queue-full",
        "text": "the list of waiting labels filled up",
        "confidence": "suspected",
        "third_party": False,
        "vendor": "Innerhost",
        "vendor_may_be_named": False,
    },
    "measures": [
        {
            "text": "queues stop accepting work at 80% full",
            "mechanism": "prevent",
            "status": "planned",
            "due": "2026-03-18",
        }
    ],
    "sla": [],
    "previous": [{"date": "2026-01-14", "title": "Labels were late"}],
    "lexicon": {
        "audience_terms": ["parcel"],
        "data_nouns": ["parcel", "label"],
        "public_contacts": ["support@larkpost.example"],
        "staff_names": ["Noor Haddad"],
        "hosts": ["lab-prod-03"],
        "ticket_prefixes": ["OPS"],
        "other_customers": ["Fernway"],
    },
    "legal_hold": False,
}


def changed(**sections: Any) -> dict[str, Any]:
    """Return the complete record with sections merged over (or replaced, unless both are dicts)."""
    record = copy.deepcopy(COMPLETE)
    for name, value in sections.items():
        if isinstance(value, dict) and isinstance(record.get(name), dict):
            record[name] |= value
        else:
            record[name] = value
    return record
