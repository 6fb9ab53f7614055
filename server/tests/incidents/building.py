"""People, a page, components and incidents for tests, made by the verbs themselves."""

from datetime import datetime, timedelta
from typing import Any

from afterword.accounts.actions import create_person
from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import MACHINE, Actor
from afterword.components.actions import create_component, create_page
from afterword.components.models import Component, Page
from afterword.incidents.actions import add_update, open_incident
from afterword.incidents.models import Incident

LONG_AGO = timedelta(days=400)


def a_person(name: str, *roles: Role, now: datetime) -> Person:
    return create_person(
        actor=MACHINE, now=now, email=f"{name.lower()}@larkpost.example", name=name,
        password="a long password", roles=roles,
    )  # fmt: skip


def a_page(now: datetime, **given: Any) -> Page:
    fields = {"name": "Larkpost", "url": "https://status.larkpost.example"} | given
    return create_page(actor=MACHINE, now=now - LONG_AGO, **fields)


def a_component(page: Page, now: datetime, name: str = "Label printing", **given: Any) -> Component:
    return create_component(actor=MACHINE, now=now - LONG_AGO, page=page, name=name, **given)


def an_incident(
    page: Page,
    now: datetime,
    *,
    component: Component | None = None,
    began: timedelta = timedelta(hours=6),
    actor: Actor = MACHINE,
    **given: Any,
) -> Incident:
    """Open an incident that began the span before ``now`` and was declared 10 minutes later."""
    fields = {
        "title": "Parcels were not labelled",
        "body": "Labels cannot be printed. We are looking into it.",
        "components": {component: "major_outage"} if component else {},
        "severity": 1,
        "started_at": now - began,
    } | given
    declared = now - began + timedelta(minutes=10)
    return open_incident(actor=actor, now=declared, page=page, **fields)


def a_resolved_incident(
    page: Page, now: datetime, *, component: Component | None = None, **given: Any
) -> Incident:
    """Open an incident and resolve it at ``now``."""
    incident = an_incident(page, now, component=component, **given)
    add_update(actor=MACHINE, now=now, incident=incident, status="resolved", body="It is over.")
    return incident
