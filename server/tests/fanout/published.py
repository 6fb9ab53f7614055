"""Publications for tests, appended through the door's own press."""

from datetime import datetime
from typing import Any

from django.db import transaction

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.subscribers import confirm, subscribe
from afterword.audience.links import confirmation_of
from afterword.audience.models import Subscriber
from afterword.components.actions import create_component, create_page
from afterword.components.models import Page
from afterword.kit.ids import new_public_id
from afterword.kit.timespans import iso_utc
from afterword.publishing.actions.press import append, hold_page, show
from afterword.publishing.actions.rendering import html_of
from afterword.publishing.models import Audience, Publication, PublicationKind


def a_page(now: datetime) -> Page:
    page = create_page(
        actor=MACHINE,
        now=now,
        name="Larkbridge",
        url="https://status.larkbridge.example",
        support_contact="help@larkbridge.example",
    )
    for name in ("Payments", "Exports"):
        create_component(actor=MACHINE, now=now, page=page, name=name, public_id=name.lower())
    return page


def subscribed(page: Page, now: datetime, *addresses: str) -> list[Subscriber]:
    """Subscribe and confirm each address through the room's own verbs."""
    found = []
    for address in addresses:
        subscriber = subscribe(now=now, page=page, email=address)
        found.append(confirm(now=now, token=confirmation_of(subscriber.token, now)))
    return found


def publish(
    page: Page,
    now: datetime,
    *,
    kind: str = PublicationKind.UPDATE,
    title: str = "Card payments failed",
    body: str = "Card payments work again since 11:40 UTC.",
    status: str = "resolved",
    audience: str = Audience.SUBSCRIBERS,
    recipient_list: str = "",
    component: str = "payments",
    imported: bool = False,
    incident_id: str = "pay1",
    commitments: list[dict[str, Any]] | None = None,
    corrects: Publication | None = None,
    weight: str = "",
    language: str = "",
) -> Publication:
    facts: dict[str, Any] = {
        "incident": {
            "kind": "incident",
            "title": title,
            "status": status,
            "impact": "major",
            "started_at": iso_utc(now),
            "resolved_at": None,
            "scheduled_for": None,
            "scheduled_until": None,
        }
    }
    if kind == PublicationKind.UPDATE:
        facts["update"] = {"status": status}
        facts["components"] = (
            [{"id": component, "name": component.title(), "status": "operational"}]
            if component
            else []
        )
    if weight:
        facts["correction"] = {"weight": weight}
    with transaction.atomic():
        publication = append(
            Publication(
                page=hold_page(page),
                kind=kind,
                incident_id=incident_id,
                source_id=new_public_id(),
                title=title[:255],
                body=body,
                html=html_of(body, "markdown"),
                facts=facts,
                language=language or page.first_language,
                commitments=commitments or [],
                audience=audience,
                recipient_list=recipient_list,
                corrects=corrects,
                display_at=now,
                published_at=now,
                imported=imported,
            )
        )
        if audience != Audience.LIST:
            show(page=page, incident_id=incident_id, now=now)
    return publication
