"""An invented company with one resolved incident, and texts about it, for tests of what is said."""

from copy import deepcopy
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from afterword.accounts.actions import create_person
from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component, create_page
from afterword.incidents.actions import add_update, open_incident, save_record
from afterword.incidents.queries import current_record
from afterword.incidents.record import starting_record
from afterword.kit.timespans import iso_utc

HONEST = (
    "The incident is resolved. Invoices are being sent again since 14:24 UTC on 17 March. From "
    "08:12 to 14:24 UTC, 6 hours 12 minutes, 1,798 of our 4,860 customers could not send "
    "invoices. We are sorry: your customers were billed late because of us.\n\n"
    "No data was lost, changed or shown to others: we compared every queued invoice with the sent "
    "log. Sending has been stable since, and we keep watching it until 18:30 UTC.\n\n"
    "Thank you for your patience. We will publish what happened and what we change here by "
    "20 March 2026."
)
TITLE = "Invoices are being sent again"


def facts(now: datetime) -> dict[str, Any]:
    """What a complete record adds to the starting record."""
    began = now - timedelta(days=1, hours=3, minutes=48)
    return {
        "times": {
            "zone": "UTC",
            "impact_began": iso_utc(began),
            "impact_ended": iso_utc(began + timedelta(hours=6, minutes=12)),
            "watch_until": iso_utc(began + timedelta(hours=10, minutes=18)),
            "basis": {
                "impact_began": "measured",
                "first_update": "measured",
                "impact_ended": "measured",
                "watch_until": "measured",
            },
        },
        "customers": {"affected": 1798, "total": 4860, "percent": 37.0, "basis": "measured"},
        "symptoms": ["invoices could not be sent"],
        "data": {
            "confidentiality": "none",
            "loss": "none",
            "integrity": "none",
            "categories": [],
            "people": None,
            "checked_how": "every queued invoice compared with the sent log",
        },
        "security": {"malicious": "no"},
        "cause": {
            "fingerprint": "queue-full",
            "text": "the list of waiting invoices filled up",
            "confidence": "suspected",
            "third_party": False,
            "vendor": None,
            "vendor_may_be_named": False,
        },
        "sla": [],
    }


def person(now: datetime, name: str, *roles: Role) -> Person:
    return create_person(
        actor=MACHINE,
        now=now,
        email=f"{name.lower()}@larkbridge.example",
        name=name,
        password="a long enough password",
        roles=roles,
    )


def build(now: datetime) -> SimpleNamespace:
    """Return page, component, people by name, and an incident of yesterday, over, on record."""
    began = now - timedelta(days=1, hours=3, minutes=48)
    page = create_page(
        actor=MACHINE,
        now=began,
        name="Larkbridge",
        url="https://status.larkbridge.example",
        support_contact="support@larkbridge.example",
    )
    sending = create_component(actor=MACHINE, now=began, page=page, name="Invoice sending")
    incident = open_incident(
        actor=MACHINE,
        now=began,
        page=page,
        title="Invoices were not sent",
        body="Invoices are not being sent. We are looking for the cause.",
        components={sending: "major_outage"},
        severity=2,
    )
    add_update(
        actor=MACHINE,
        now=began + timedelta(hours=6, minutes=12),
        incident=incident,
        status="resolved",
        body="Invoices are being sent again.",
    )
    incident.refresh_from_db()
    company = SimpleNamespace(
        page=page,
        sending=sending,
        incident=incident,
        noor=person(now, "Noor", Role.WRITER),
        ines=person(now, "Ines", Role.WRITER, Role.REVIEWER),
        bo=person(now, "Bo", Role.REVIEWER),
        pia=person(now, "Pia", Role.PUBLISHER),
        ada=person(now, "Ada", Role.ADMIN),
        guest=person(now, "Guest"),
    )
    change_record(company, now)
    return company


def for_the_page_only(company: SimpleNamespace, now: datetime) -> SimpleNamespace:
    """Decide that texts for everybody go to the page and to no subscriber."""
    from afterword.followups.actions import decide

    decide(
        actor=company.pia, now=now, incident=company.incident, segment="everyone", level="page",
        reason="Few felt it; the page will do.",
    )  # fmt: skip
    return company


def change_record(company: SimpleNamespace, now: datetime, **changes: Any) -> int:
    """Save the record with other facts; return its version. Sections are merged one level deep."""
    kept = current_record(company.incident)
    data = deepcopy(dict(kept.data)) if kept else starting_record(company.incident)
    for source in ({} if changes else facts(now), changes):
        for key, value in source.items():
            data[key] = {**data[key], **value} if isinstance(value, dict) else value
    version = save_record(
        actor=MACHINE, now=now, incident=company.incident, data=data, expected_version=None
    )
    return version.version
