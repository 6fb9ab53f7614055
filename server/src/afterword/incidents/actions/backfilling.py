"""An incident nobody wrote down while it went on, written down afterwards."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.actions import backfill_span, hold
from afterword.components.models import Component, Page
from afterword.incidents.actions.updating import MAX_BODY, checked_components
from afterword.incidents.models import Incident, Status, Update
from afterword.incidents.states import impact_of
from afterword.kit.errors import BadInput
from afterword.kit.texts import required_text
from afterword.kit.timespans import iso_exact, year_problem

SEVERITIES = (1, 2, 3, 4)


def backfill_incident(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    title: str,
    body: str,
    started_at: datetime,
    resolved_at: datetime,
    components: Mapping[Component, str] | None = None,
    severity: int = 3,
) -> Incident:
    """Write down an incident that is over, with one update that says so now.

    The update carries the time at which it is written: it was not said any earlier. The components
    get their statuses for the time of the incident; what they are now is not touched. Raises
    BadInput, writing nothing.
    """
    require(actor, "run_incident", page=page.pk)
    title = required_text(title, field="title", limit=255)
    body = required_text(body, field="body", limit=MAX_BODY, single_line=False)
    if severity not in SEVERITIES:
        raise BadInput("Severity is 1 (worst) to 4.", {"severity": "must be 1 to 4"})
    if problems := _time_problems(started_at, resolved_at, now):
        raise BadInput("These times cannot be.", problems)
    with transaction.atomic():
        hold(components or {})
        incident = Incident(
            page=page, title=title, status=Status.RESOLVED, severity=severity,
            started_at=started_at, resolved_at=resolved_at, created_at=now, updated_at=now,
            impact=impact_of((components or {}).values()), extra={"backfilled": True},
        )  # fmt: skip
        given = checked_components(incident, components or {})
        incident.save(force_insert=True)
        incident.components.add(*given)
        for component, status in given.items():
            backfill_span(
                actor=actor, component=component, status=status, began=started_at,
                ended=resolved_at, because_of=f"incident:{incident.public_id}", now=now,
            )  # fmt: skip
        update = Update(
            incident=incident, status=Status.RESOLVED, body=body, display_at=now, created_at=now,
            author_label=actor.label[:200],
            affected=[
                {"code": c.public_id, "name": c.name, "old_status": s, "new_status": c.status}
                for c, s in given.items()
            ],
        )  # fmt: skip
        update.save(force_insert=True)
        record_act(
            actor=actor, verb="incidents.backfill", subject=f"incident:{incident.public_id}",
            now=now, detail={"from": iso_exact(started_at), "until": iso_exact(resolved_at)},
        )  # fmt: skip
    return incident


def _time_problems(began: datetime, ended: datetime, now: datetime) -> dict[str, str]:
    problems: dict[str, str] = {}
    for name, at in (("started_at", began), ("resolved_at", ended)):
        if at.tzinfo is None:
            problems[name] = "has no time zone"
        elif problem := year_problem(at):
            problems[name] = problem
        elif at > now:
            problems[name] = "is in the future; for what goes on now, open an incident"
    if not problems and ended <= began:
        problems["resolved_at"] = "is not after the beginning"
    return problems
