"""Planned work: written down before it begins, moved, and called off."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.models import Component, Page
from afterword.incidents.actions.updating import add_update
from afterword.incidents.models import Impact, Incident, Kind, Status, Update
from afterword.kit.errors import BadInput, WrongState
from afterword.kit.texts import required_text
from afterword.kit.timespans import iso_exact, year_problem

LONGEST_WORK = timedelta(days=31)
# Statuspage's names; its clients read them.
AUTO_BEGIN, AUTO_END = "scheduled_auto_in_progress", "scheduled_auto_completed"
# Whether what happens by itself is mailed to nobody, as the person who planned it chose.
QUIET = "quiet"


def plan_maintenance(
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
) -> Incident:
    """Write down planned work with its first update. Times are UTC. Raises BadInput.

    The components keep their status until the work begins. ``notify`` is kept for what begins and
    ends by itself.
    """
    require(actor, "run_incident", page=page.pk)
    title = required_text(title, field="title", limit=255)
    parts = _checked_parts(page, components)
    _refuse_bad_times(scheduled_for, scheduled_until)
    if scheduled_for <= now:
        raise BadInput(
            "The planned beginning is past. For what has begun already, open an incident.",
            {"scheduled_for": "is not in the future"},
        )
    with transaction.atomic():
        incident = Incident(
            page=page, kind=Kind.MAINTENANCE, title=title, status=Status.SCHEDULED,
            impact=Impact.MAINTENANCE, severity=4, started_at=scheduled_for,
            scheduled_for=scheduled_for, scheduled_until=scheduled_until,
            created_at=now, updated_at=now,
            extra={AUTO_BEGIN: begins_itself, AUTO_END: ends_itself, QUIET: not notify},
        )  # fmt: skip
        incident.save(force_insert=True)
        incident.components.add(*parts)
        record_act(
            actor=actor, verb="incidents.plan", subject=f"incident:{incident.public_id}", now=now,
            detail={"for": iso_exact(scheduled_for), "until": iso_exact(scheduled_until)},
        )  # fmt: skip
        add_update(actor=actor, now=now, incident=incident, status=Status.SCHEDULED, body=body)
    return incident


def move_maintenance(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    body: str,
    scheduled_for: datetime,
    scheduled_until: datetime,
    notify: bool = True,
) -> Update:
    """Move planned work, or only its end once it has begun, and say so in an update.

    Raises BadInput for times that cannot be, and WrongState for work that is over.
    """
    require(actor, "run_incident", page=incident.page_id)
    _refuse_bad_times(scheduled_for, scheduled_until)
    if scheduled_until <= now:
        raise BadInput("The new end is past.", {"scheduled_until": "is not in the future"})
    with transaction.atomic():
        held = _held(incident)
        if held.status == Status.SCHEDULED and scheduled_for <= now:
            raise BadInput("The new beginning is past.", {"scheduled_for": "is not in the future"})
        if held.status != Status.SCHEDULED and scheduled_for != held.scheduled_for:
            raise BadInput(
                "The work has begun; only its end can be moved.",
                {"scheduled_for": "cannot change any more"},
            )
        if held.status == Status.SCHEDULED:
            held.started_at = scheduled_for
        held.scheduled_for, held.scheduled_until = scheduled_for, scheduled_until
        held.extra = {**held.extra, QUIET: not notify}
        held.save(update_fields=["started_at", "scheduled_for", "scheduled_until", "extra"])
        record_act(
            actor=actor, verb="incidents.move", subject=f"incident:{held.public_id}", now=now,
            detail={"for": iso_exact(scheduled_for), "until": iso_exact(scheduled_until)},
        )  # fmt: skip
        return add_update(actor=actor, now=now, incident=held, status=held.status, body=body)


def call_off_maintenance(*, actor: Actor, now: datetime, incident: Incident, body: str) -> Update:
    """End planned work that never began, and say so. Raises WrongState once it has begun."""
    require(actor, "run_incident", page=incident.page_id)
    with transaction.atomic():
        held = _held(incident)
        if held.status != Status.SCHEDULED:
            raise WrongState("This work has begun; post an update that says how it ended.")
        record_act(
            actor=actor, verb="incidents.call_off", subject=f"incident:{held.public_id}", now=now
        )
        return add_update(actor=actor, now=now, incident=held, status=Status.COMPLETED, body=body)


def _held(incident: Incident) -> Incident:
    held = (
        Incident.objects.select_for_update(of=("self",), no_key=True)
        .select_related("page")
        .get(pk=incident.pk)
    )
    if held.kind != Kind.MAINTENANCE:
        raise WrongState("This is an incident; only planned work can be moved or called off.")
    if held.is_over:
        raise WrongState("This work is over.")
    return held


def _checked_parts(page: Page, components: Iterable[Component]) -> list[Component]:
    parts = list(components)
    for each in parts:
        if each.page_id != page.pk or each.is_group:
            raise BadInput(
                f"{each.name} is not a component of this page that can be set.",
                {f"components.{each.public_id}": "not a component of this page"},
            )
    return parts


def _refuse_bad_times(begin: datetime, end: datetime) -> None:
    for field, moment in (("scheduled_for", begin), ("scheduled_until", end)):
        if moment.tzinfo is None:
            raise BadInput("The time has no time zone.", {field: "has no time zone"})
        if problem := year_problem(moment):
            raise BadInput(f"The time {problem}.", {field: problem})
    if end <= begin:
        raise BadInput(
            "The work ends before it begins.", {"scheduled_until": "is not after the beginning"}
        )
    if end - begin > LONGEST_WORK:
        raise BadInput(
            f"Planned work lasts at most {LONGEST_WORK.days} days; split it.",
            {"scheduled_until": f"is more than {LONGEST_WORK.days} days after the beginning"},
        )
