from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.actions import hold
from afterword.components.models import Component, Page
from afterword.incidents.actions.updating import add_update
from afterword.incidents.models import Incident, Kind, Status
from afterword.incidents.states import OVER, statuses_of
from afterword.kit.errors import BadInput
from afterword.kit.texts import required_text
from afterword.kit.timespans import year_problem

SEVERITIES = (1, 2, 3, 4)


def open_incident(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    title: str,
    body: str,
    status: str = Status.INVESTIGATING,
    components: Mapping[Component, str] | None = None,
    severity: int = 3,
    started_at: datetime | None = None,
    next_update_at: datetime | None = None,
) -> Incident:
    """Open an incident with its first update and set the statuses of its components.

    ``started_at`` (UTC, default ``now``) is when customers first felt it; ``next_update_at`` as
    in ``add_update``. Raises BadInput.
    """
    require(actor, "run_incident", page=page.pk)
    title = required_text(title, field="title", limit=255)
    if status not in statuses_of(Kind.INCIDENT) - OVER:
        raise BadInput(
            f"An incident cannot begin as {status!r}; begin with investigating.",
            {"status": "must be investigating, identified or monitoring"},
        )
    if severity not in SEVERITIES:
        raise BadInput("Severity is 1 (worst) to 4.", {"severity": "must be 1 to 4"})
    began = started_at or now
    if began.tzinfo is None:
        raise BadInput("The start has no time zone.", {"started_at": "has no time zone"})
    if problem := year_problem(began):
        raise BadInput(f"The start {problem}.", {"started_at": problem})
    if began > now:
        raise BadInput("The start lies in the future.", {"started_at": "is in the future"})
    with transaction.atomic():
        hold(components or {})
        incident = Incident(
            page=page, title=title, status=status, severity=severity, started_at=began,
            created_at=now, updated_at=now,
        )  # fmt: skip
        incident.save(force_insert=True)
        record_act(
            actor=actor, verb="incidents.open", subject=f"incident:{incident.public_id}", now=now,
            detail={"severity": severity, "status": status},
        )  # fmt: skip
        add_update(
            actor=actor, now=now, incident=incident, status=status, body=body,
            components=components or {}, in_force_since=began, next_update_at=next_update_at,
        )  # fmt: skip
    return incident
