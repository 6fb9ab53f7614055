"""Planned work on the page: announced, moved, called off, and begun and ended at its time."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from afterword.accounts.permissions import MACHINE, Actor, require
from afterword.components.models import Component, ComponentStatus, Page
from afterword.incidents.actions import (
    call_off_maintenance,
    move_maintenance,
    plan_maintenance,
)
from afterword.incidents.actions.planning import QUIET
from afterword.incidents.models import Incident, Status
from afterword.incidents.queries import maintenance_due, updates_of
from afterword.kit.errors import Refusal
from afterword.kit.texts import required_text
from afterword.publishing.actions.announce import (
    BODY_LENGTH,
    TITLE_LENGTH,
    announce_update,
    publish_update,
)
from afterword.publishing.actions.press import hold_page
from afterword.publishing.actions.wordsafe import refuse_blocked_update
from afterword.publishing.models import Publication


def announce_maintenance(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    title: str,
    body: str,
    scheduled_for: datetime,
    scheduled_until: datetime,
    components: Iterable[Component] = (),
    begins_itself: bool = True,
    ends_itself: bool = True,
    notify: bool = True,
) -> Publication:
    """Plan work and publish it. Raises NotAllowed, BadInput and TextRejected."""
    require(actor, "run_incident", page=page.pk)
    title = required_text(title, field="title", limit=TITLE_LENGTH)
    body = required_text(body, field="body", limit=BODY_LENGTH, single_line=False)
    refuse_blocked_update(title=title, body=body, record_data=None, incident_ref=None)
    with transaction.atomic():
        page = hold_page(page)
        incident = plan_maintenance(
            actor=actor, now=now, page=page, title=title, body=body, scheduled_for=scheduled_for,
            scheduled_until=scheduled_until, components=components, begins_itself=begins_itself,
            ends_itself=ends_itself, notify=notify,
        )  # fmt: skip
        update = list(updates_of(incident))[-1]
        return publish_update(actor=actor, now=now, incident=incident, update=update, notify=notify)


def announce_move(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    body: str,
    scheduled_for: datetime,
    scheduled_until: datetime,
    notify: bool = True,
) -> Publication:
    """Move planned work and publish that. Raises what ``move_maintenance`` does, TextRejected."""
    body = _checked(actor, incident, body)
    with transaction.atomic():
        hold_page(incident.page)
        update = move_maintenance(
            actor=actor, now=now, incident=incident, body=body,
            scheduled_for=scheduled_for, scheduled_until=scheduled_until, notify=notify,
        )  # fmt: skip
        return publish_update(actor=actor, now=now, incident=incident, update=update, notify=notify)


def announce_calling_off(
    *, actor: Actor, now: datetime, incident: Incident, body: str, notify: bool = True
) -> Publication:
    """Call planned work off and publish that. Raises WrongState, TextRejected."""
    body = _checked(actor, incident, body)
    with transaction.atomic():
        hold_page(incident.page)
        update = call_off_maintenance(actor=actor, now=now, incident=incident, body=body)
        return publish_update(actor=actor, now=now, incident=incident, update=update, notify=notify)


def move_maintenance_on(*, now: datetime) -> list[Publication]:
    """Begin and end the planned work whose time has come, oldest plan first.

    May be called by several workers at once: each piece of work takes each step once. What one
    piece is refused for is raised when all the others have been moved.
    """
    moved, refused = [], None
    for incident in maintenance_due(now):
        try:
            publication = _move_on(incident, now)
        except Refusal as refusal:
            refused = refused or refusal
            continue
        if publication is not None:
            moved.append(publication)
    if refused is not None:
        raise refused
    return moved


def _move_on(incident: Incident, now: datetime) -> Publication | None:
    with transaction.atomic():
        page = hold_page(incident.page)
        with override(page.first_language):
            return _moved_on(incident, now)


def _moved_on(incident: Incident, now: datetime) -> Publication | None:
    incident.refresh_from_db()
    if incident.status == Status.SCHEDULED:
        status, body = Status.IN_PROGRESS, _("The planned work has begun.")
        parts = dict.fromkeys(incident.components.all(), str(ComponentStatus.UNDER_MAINTENANCE))
    elif incident.is_over:
        return None
    else:
        status, body = Status.COMPLETED, _("The time planned for this work is over.")
        parts = {}
    return announce_update(
        actor=MACHINE, now=now, incident=incident, status=status, body=body, components=parts,
        notify=not incident.extra.get(QUIET, False),
    )  # fmt: skip


def _checked(actor: Actor, incident: Incident, body: str) -> str:
    require(actor, "run_incident", page=incident.page_id)
    body = required_text(body, field="body", limit=BODY_LENGTH, single_line=False)
    refuse_blocked_update(title="", body=body, record_data=None, incident_ref=incident.public_id)
    return body
