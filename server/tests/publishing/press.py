"""Publications printed by hand, for tests of what readers see: any words, any facts, any time."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_page
from afterword.components.models import Page
from afterword.kit.timespans import iso_utc
from afterword.publishing.actions.press import append, hold_page, show
from afterword.publishing.actions.rendering import html_of
from afterword.publishing.models import Publication

OVER = {"resolved", "completed"}


def a_page(now: datetime, name: str = "Larkbridge", **more: Any) -> Page:
    return create_page(
        actor=MACHINE, now=now, name=name, url="https://status.larkbridge.example", **more
    )


def word(
    page: Page,
    incident_id: str,
    at: datetime,
    *,
    kind: str = "update",
    status: str = "investigating",
    title: str = "Invoices were not sent",
    text_title: str | None = None,
    body: str = "Invoices are not being sent. We are looking for the cause.",
    body_format: str = "markdown",
    began: datetime | None = None,
    components: list[dict[str, str]] | None = None,
    record: dict[str, Any] | None = None,
    commitments: list[dict[str, Any]] | None = None,
    audience: str = "page",
    recipient_list: str = "",
    corrects: Publication | None = None,
    imported: bool = False,
    impact: str = "major",
    incident_kind: str = "incident",
    scheduled: tuple[datetime, datetime] | None = None,
    published_at: datetime | None = None,
    source: str = "",
    language: str = "",
    correction: dict[str, Any] | None = None,
    update: dict[str, Any] | None = None,
) -> Publication:
    """Publish one word of an incident, whatever it says."""
    known = Publication.objects.filter(page=page, incident_id=incident_id).order_by("number")
    first = known.first()
    started = began or (first.display_at if first else at)
    facts: dict[str, Any] = {
        "incident": {
            "kind": incident_kind,
            "title": title,
            "status": status,
            "impact": impact,
            "started_at": iso_utc(started),
            "resolved_at": iso_utc(at) if status in OVER else None,
            "scheduled_for": iso_utc(scheduled[0]) if scheduled else None,
            "scheduled_until": iso_utc(scheduled[1]) if scheduled else None,
        }
    }
    if kind == "update":
        facts["update"] = update or {"status": status}
    if components:
        facts["components"] = components
    if correction is not None:
        facts["correction"] = correction
    if record is not None:
        facts["record"] = record
    with transaction.atomic():
        page = hold_page(page)
        publication = append(
            Publication(
                page=page,
                kind=kind,
                incident_id=incident_id,
                source_id=source or f"{kind}-{at.isoformat()}-{len(known)}",
                title=text_title or title,
                body=body,
                body_format=body_format,
                html=html_of(body, body_format),
                facts=facts,
                language=language or page.first_language,
                commitments=commitments or [],
                audience=audience,
                recipient_list=recipient_list,
                corrects=corrects,
                display_at=at,
                published_at=published_at or at,
                imported=imported,
            )
        )
        if audience != "list":
            show(page=page, incident_id=incident_id, now=at)
    return publication


def public_record(**changes: Any) -> dict[str, Any]:
    """What `incidents.record.public_facts` gives for a complete record."""
    record: dict[str, Any] = {
        "title": "Invoices were not sent",
        "times": {
            "impact_began": "2026-03-04T08:12:00Z",
            "impact_ended": "2026-03-04T14:24:00Z",
            "watch_until": "2026-03-04T18:30:00Z",
            "zone": "UTC",
        },
        "duration_seconds": 22320,
        "duration": "6 hours 12 minutes",
        "components": [
            {
                "name": "Invoice sending",
                "impact": "major_outage",
                "began": "2026-03-04T08:12:00Z",
                "ended": "2026-03-04T14:24:00Z",
            },
            {"name": "Sign-in", "impact": "none", "began": None, "ended": None},
        ],
        "customers": {"affected": 1798, "total": 4860, "percent": 37.0, "basis": "measured"},
        "regions": {"affected": [], "basis": "measured"},
        "symptoms": ["invoices sent from Larkbridge were not delivered"],
        "data": {
            "confidentiality": "none",
            "loss": "none",
            "integrity": "none",
            "categories": [],
            "people": None,
            "checked_how": "every queued invoice compared with the sent log",
        },
        "cause": {"text": "the list of waiting invoices filled up", "confidence": "suspected"},
        "watch_until": "2026-03-04T18:30:00Z",
        "previous": [{"date": "2026-01-14", "title": "Invoices were late"}],
    }
    for path, value in changes.items():
        section, _, key = path.partition("__")
        if key:
            record[section] = {**record[section], key: value}
        else:
            record[section] = value
    return record


PROMISES: list[dict[str, Any]] = [
    {
        "id": "stop-at-80",
        "what": "Queues stop accepting work at 80% full",
        "why": "A full queue held back every invoice, and we found out from you.",
        "effect": "An engineer is called within 5 minutes, before invoices are late.",
        "mechanism": "prevent",
        "state": "done",
        "due": "2026-03-09",
        "done_on": "2026-03-08",
        "dropped_because": "",
    },
    {
        "id": "full-queue-test",
        "what": "Every release is tested against a full queue",
        "why": "This release passed tests that used an empty one.",
        "effect": "A release that fails the test cannot go out.",
        "mechanism": "detect",
        "state": "planned",
        "due": "2026-04-18",
        "done_on": None,
        "dropped_because": "",
    },
    {
        "id": "second-site",
        "what": "A second mail supplier",
        "why": "One supplier is one point of failure.",
        "effect": "",
        "mechanism": "limit",
        "state": "dropped",
        "due": None,
        "done_on": None,
        "dropped_because": "The failure was in our own queue; a second supplier would not help.",
    },
]

HOURS = timedelta(hours=1)
