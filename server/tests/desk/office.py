"""A company of several people with one resolved incident, as the desk's tests find it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

from django.test import Client

from afterword.accounts.actions import create_person
from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component, create_page
from afterword.components.models import ComponentStatus
from afterword.desk.record_form import typed_from
from afterword.incidents.actions import save_record
from afterword.incidents.queries import current_record, incident_by_public_id
from afterword.publishing.actions import announce_incident, announce_update
from afterword.statements.actions import save_revision, start
from afterword.statements.models import Statement

PASSWORD = "a long enough password"
TITLE = "Invoices are being sent again"
HONEST = (
    "The incident is resolved. Invoices are being sent again since 14:24 UTC on 17 March. From "
    "08:12 to 14:24 UTC, 6 hours 12 minutes, 1,798 of our 4,860 customers could not send "
    "invoices. We are sorry: your customers were billed late because of us.\n\n"
    "No data was lost, changed or shown to others: we compared every queued invoice with the sent "
    "log. Sending has been stable since, and we keep watching it until 18:30 UTC.\n\n"
    "Thank you for your patience. We will publish what happened and what we change here by "
    "20 March 2026."
)
BRIEF = HONEST.replace("6 hours 12 minutes, ", "a brief disruption, ")


def person(now: datetime, name: str, *roles: Role) -> Person:
    return create_person(
        actor=MACHINE,
        now=now,
        email=f"{name.lower()}@office.example",
        name=name,
        password=PASSWORD,
        roles=roles,
    )


def build(now: datetime) -> SimpleNamespace:
    """Return page, component, people, and an incident of yesterday whose case is open."""
    began = now - timedelta(days=1, hours=3, minutes=48)
    page = create_page(
        actor=MACHINE,
        now=began,
        name="Larkbridge",
        url="https://status.larkbridge.example",
        support_contact="support@larkbridge.example",
    )
    sending = create_component(actor=MACHINE, now=began, page=page, name="Invoice sending")
    publication = announce_incident(
        actor=MACHINE,
        now=began,
        page=page,
        title="Invoices were not sent",
        body="Invoices are not being sent. We are looking for the cause.",
        components={sending: ComponentStatus.MAJOR},
        severity=2,
    )
    incident = incident_by_public_id(page, publication.incident_id)
    announce_update(
        actor=MACHINE,
        now=began + timedelta(hours=6, minutes=12),
        incident=incident,
        status="resolved",
        body="Invoices are being sent again.",
    )
    incident.refresh_from_db()
    return SimpleNamespace(
        page=page,
        sending=sending,
        incident=incident,
        wanda=person(now, "Wanda", Role.WRITER, Role.RESPONDER),
        rolf=person(now, "Rolf", Role.REVIEWER),
        pia=person(now, "Pia", Role.PUBLISHER),
        ines=person(now, "Ines", Role.INVESTIGATOR),
        ada=person(now, "Ada", Role.ADMIN),
        gus=person(now, "Gus"),
        case=f"/desk/cases/{incident.public_id}/",
    )


def complete_record(office: SimpleNamespace, now: datetime, **changes: Any) -> None:
    """Save what a careful team would know of the incident; ``changes`` replace whole sections."""
    record = current_record(office.incident)
    data: dict[str, Any] = {**(record.data if record else {})}
    data |= {
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
        },
        "sla": [],
    } | changes
    times = {**data["times"], "watch_until": "2026-03-17T18:30:00Z"}
    times["basis"] = {**times["basis"], "watch_until": "measured"}
    save_record(
        actor=office.wanda,
        now=now,
        incident=office.incident,
        data={**data, "times": times},
        expected_version=record.version if record else None,
    )


def written(office: SimpleNamespace, now: datetime, body: str = HONEST) -> Statement:
    """Return a closure whose revision 2, by Wanda, has this body."""
    statement = start(actor=office.wanda, now=now, incident=office.incident, kind="closure")
    save_revision(
        actor=office.wanda, now=now, statement=statement, title=TITLE, body=body, based_on=1
    )
    return statement


def signed_in(person: Person, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(person)
    return client


def record_post(office: SimpleNamespace, **changes: str) -> dict[str, str]:
    """Return what the record form would send, untouched but for the changes (by field name)."""
    record = current_record(office.incident)
    assert record is not None
    return {**typed_from(record.data), "expected_version": str(record.version), **changes}


class Seen(HTMLParser):
    """The tags of a page and its words, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    @property
    def words(self) -> str:
        """All text on one line, runs of space made one."""
        return " ".join(" ".join(self._words).split())

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            attrs
            for name, attrs in self.tags
            if name == tag and all(attrs.get(k.rstrip("_")) == v for k, v in wanted.items())
        ]


def seen(answer: Any) -> Seen:
    return Seen(answer.content.decode())


def has_inline_code(page: Seen) -> list[str]:
    """Return whatever our Content-Security-Policy would not let run: there must be nothing."""
    found = [name for name, attrs in page.tags if "style" in attrs or name == "style"]
    found += [f"{n} {a}" for n, attrs in page.tags for a in attrs if a.startswith("on")]
    found += ["script" for n, attrs in page.tags if n == "script" and not attrs.get("src")]
    return found + [
        str(attrs.get("href"))
        for n, attrs in page.tags
        if n == "a" and str(attrs.get("href")).lower().startswith("javascript:")
    ]


def values_of(answer: Any) -> Mapping[str, str]:
    """Return name → value of every input of the page (not of textareas and selects)."""
    return {
        str(a["name"]): str(a.get("value") or "")
        for a in seen(answer).all("input")
        if a.get("name")
    }
