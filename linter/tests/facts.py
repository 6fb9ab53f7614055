"""Records and texts that several tests share. The companies are invented."""

from typing import Any

import plaintalk


def mapping(**sections: Any) -> dict[str, Any]:
    return {"schema": "plaintalk-record/1", **sections}


INVOICES: dict[str, Any] = mapping(
    incident={
        "id": "inv-1",
        "title": "Invoices were not sent",
        "status": "resolved",
        "severity": 1,
    },
    times={
        "zone": "UTC",
        "impact_began": "2026-03-04T08:12:00Z",
        "detected": "2026-03-04T08:20:00Z",
        "first_update": "2026-03-04T08:31:00Z",
        "impact_ended": "2026-03-04T14:24:00Z",
        "watch_until": "2026-03-04T18:30:00Z",
    },
    components=[
        {
            "name": "Invoice sending",
            "aliases": ["invoices", "sending"],
            "impact": "major_outage",
            "began": "2026-03-04T08:12:00Z",
            "ended": "2026-03-04T14:24:00Z",
            "state_now": "operational",
        }
    ],
    customers={"affected": 1798, "total": 4860, "percent": 37.0, "basis": "measured"},
    data={"confidentiality": "none", "loss": "none", "integrity": "none"},
    cause={"text": "the list of waiting invoices filled up", "confidence": "suspected"},
)


def invoices(**changes: Any) -> plaintalk.Record:
    return plaintalk.load_record({**INVOICES, **changes})
