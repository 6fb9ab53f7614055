from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.actions import hold, set_status
from afterword.components.models import Component, ComponentStatus
from afterword.components.queries import in_status_since
from afterword.incidents.actions.case import begin_case
from afterword.incidents.actions.record import follow_incident
from afterword.incidents.models import Incident, Status, Update
from afterword.incidents.states import OVER, graver, impact_of, may_follow
from afterword.kit.errors import BadInput, WrongState
from afterword.kit.texts import required_text
from afterword.kit.timespans import iso_utc

MAX_BODY = 25_000
FARTHEST_PROMISE = timedelta(days=7)


def add_update(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    status: str,
    body: str,
    components: Mapping[Component, str] | None = None,
    in_force_since: datetime | None = None,
    next_update_at: datetime | None = None,
) -> Update:
    """Add one public word and set the statuses of components with it.

    Resolving returns the incident's components to operational unless given here or held by
    another open incident, and opens the case. ``in_force_since`` (default ``now``) is when the
    components' new statuses took effect. ``next_update_at`` promises readers the next word by then,
    within a week. Raises BadInput, and WrongState when the status cannot
    follow the one before.
    """
    require(actor, "run_incident")
    body = required_text(body, field="body", limit=MAX_BODY, single_line=False)
    if status not in Status.values:
        raise BadInput(f"{status!r} is no status of an incident.", {"status": "not known"})
    promised = _promised(next_update_at, status, now)
    given = checked_components(incident, components or {})
    with transaction.atomic():
        incident.refresh_from_db(from_queryset=_locked())
        if not may_follow(incident.status, status):
            raise WrongState(
                f"This incident is {incident.get_status_display().lower()}; it cannot become "
                f"{Status(status).label.lower()} by an update."
                + (" Reopen it first." if incident.status in OVER else "")
            )
        incident.components.add(*given)
        hold(incident.components.all())
        before = {c.public_id: c.status for c in incident.components.all()}
        # Work that was called off before it began has touched nothing.
        ends = status in OVER and incident.status != Status.SCHEDULED
        wanted = _back_to_normal(incident) | given if ends else given
        for component, state in wanted.items():
            since = max(in_force_since or now, in_status_since(component))
            set_status(
                actor=actor, now=since, component=component, status=state,
                because_of=f"incident:{incident.public_id}", recorded_at=now,
            )  # fmt: skip
        update = Update(
            incident=incident, status=status, body=body, display_at=now, created_at=now,
            author_label=actor.label[:200], affected=_affected(incident, before),
            extra=promised,
        )  # fmt: skip
        update.save(force_insert=True)
        _rederive(incident, status, now)
        record_act(
            actor=actor, verb="incidents.update", subject=f"incident:{incident.public_id}",
            now=now, detail={"update": update.public_id, "status": status},
        )  # fmt: skip
        if status == Status.RESOLVED:
            begin_case(actor=actor, now=now, incident=incident)
        follow_incident(actor=actor, now=now, incident=incident)
    return update


def _promised(at: datetime | None, status: str, now: datetime) -> dict[str, str]:
    """Return what the update keeps of the promise of a next word; nothing once it is over."""
    if at is None or status in OVER:
        return {}
    if at.tzinfo is None or not now < at <= now + FARTHEST_PROMISE:
        raise BadInput(
            "Promise the next word for a time within the coming week.",
            {"next_update_at": "must lie within the coming week"},
        )
    return {"next_update_at": iso_utc(at)}


def _locked() -> Any:
    return Incident.objects.select_for_update(of=("self",), no_key=True).select_related("page")


def checked_components(
    incident: Incident, components: Mapping[Component, str]
) -> dict[Component, str]:
    """Return the components and statuses. Raises BadInput for one that the page does not have."""
    for component, status in components.items():
        if component.page_id != incident.page_id or component.is_group:
            raise BadInput(
                f"{component.name} is not a component of this page that can be set.",
                {f"components.{component.public_id}": "not a component of this page"},
            )
        if status not in ComponentStatus.values:
            raise BadInput(
                f"{status!r} is no status of a component.",
                {f"components.{component.public_id}": "not known"},
            )
    return dict(components)


def _back_to_normal(incident: Incident) -> dict[Component, str]:
    """Return the parts to set operational, leaving those that another open incident holds."""
    held = (
        Component.objects.filter(pk__in=_parts_of_other_open_incidents(incident))
        .exclude(status=ComponentStatus.OPERATIONAL)
        .values_list("pk", flat=True)
    )
    return {
        component: str(ComponentStatus.OPERATIONAL)
        for component in incident.components.exclude(pk__in=list(held))
    }


def _parts_of_other_open_incidents(incident: Incident) -> Any:
    others = Incident.objects.filter(page=incident.page).exclude(pk=incident.pk)
    others = others.exclude(status__in=[*OVER, Status.SCHEDULED])
    return others.exclude(components=None).values("components")


def _affected(incident: Incident, before: Mapping[str, str]) -> list[dict[str, str]]:
    """Return Statuspage's list of what was touched: names as they are called now."""
    return [
        {
            "code": c.public_id,
            "name": c.name,
            "old_status": before.get(c.public_id, c.status),
            "new_status": c.status,
        }
        for c in incident.components.order_by("position", "pk")
    ]


def _rederive(incident: Incident, status: str, now: datetime) -> None:
    """Bring what follows from the updates up to date."""
    incident.status = status
    incident.updated_at = now
    if status == Status.MONITORING and incident.monitoring_at is None:
        incident.monitoring_at = now
    if status in OVER and incident.resolved_at is None:
        incident.resolved_at = now
    own = incident.components.values_list("status", flat=True)
    incident.impact = graver(incident.impact, impact_of(own))
    incident.save(update_fields=["status", "updated_at", "monitoring_at", "resolved_at", "impact"])
