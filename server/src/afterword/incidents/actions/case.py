from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.incidents.actions.record import begin_record, put_record
from afterword.incidents.actions.recovering import keep_recovery
from afterword.incidents.models import Case, Incident, Kind, RecordVersion, Status
from afterword.incidents.record import unresolved
from afterword.kit.errors import BadInput, WrongState
from afterword.kit.texts import required_text


def open_case(
    *, actor: Actor, now: datetime, incident: Incident, owner: Person | None = None
) -> Case:
    """Open the case of an incident that is over, or return the one there is.

    A case that is open is given the new owner, if one is named. Raises WrongState while the
    incident goes on.
    """
    require(actor, "run_incident", page=incident.page_id)
    if incident.kind != Kind.INCIDENT or not incident.is_over:
        raise WrongState("A case is opened when an incident is resolved; this one is not yet.")
    with transaction.atomic():
        Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
        case = begin_case(actor=actor, now=now, incident=incident, owner=owner)
        if owner is not None and case.owner_id != owner.pk:
            case.owner = owner
            case.save(update_fields=["owner"])
            record_act(
                actor=actor, verb="incidents.own_case", subject=f"incident:{incident.public_id}",
                now=now, detail={"owner": owner.pk},
            )  # fmt: skip
    return case


def begin_case(
    *, actor: Actor, now: datetime, incident: Incident, owner: Person | None = None
) -> Case:
    """Open the case, inside the caller's transaction; open already means nothing to do.

    A case closed before opens again, because the incident was resolved again.
    """
    begin_record(actor=actor, now=now, incident=incident)
    case = Case.objects.filter(incident=incident).first()
    if case is not None and case.closed_at is None:
        return case
    if case is None:
        if owner is None and isinstance(actor, Person):
            owner = actor
        case = Case(incident=incident, owner=owner, opened_at=now)
        case.save(force_insert=True)
    else:
        case.closed_at = case.outdated_at = None
        case.save(update_fields=["closed_at", "outdated_at"])
    record_act(
        actor=actor, verb="incidents.open_case", subject=f"incident:{incident.public_id}", now=now
    )
    return case


def close_case(
    *, actor: Actor, now: datetime, incident: Incident, open_steps: Sequence[str]
) -> Case:
    """Close the case. ``open_steps`` names the steps that are neither done nor not due.

    Raises WrongState, naming them, while there are any.
    """
    require(actor, "run_incident", page=incident.page_id)
    if open_steps:
        raise WrongState(f"This case still owes: {', '.join(open_steps)}.")
    with transaction.atomic():
        Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
        case = Case.objects.filter(incident=incident).first()
        if case is None:
            raise WrongState("This incident has no case; it opens when the incident is resolved.")
        if case.closed_at is None:
            case.closed_at = now
            case.save(update_fields=["closed_at"])
            record_act(
                actor=actor, verb="incidents.close_case",
                subject=f"incident:{incident.public_id}", now=now,
            )  # fmt: skip
    return case


def reopen(*, actor: Actor, now: datetime, incident: Incident, reason: str) -> None:
    """Take back "resolved": it is being investigated again and its end is unknown again.

    The reason stays inside. A record gains a version, so approvals given before are void. The
    public word about it is an update of its own. Raises WrongState while the incident goes on.
    """
    require(actor, "run_incident", page=incident.page_id)
    reason = required_text(reason, field="reason", limit=500, single_line=False)
    if incident.kind != Kind.INCIDENT:
        raise BadInput("A maintenance is not reopened; announce another.", {"incident": "kind"})
    with transaction.atomic():
        incident.refresh_from_db(
            from_queryset=Incident.objects.select_for_update(
                of=("self",), no_key=True
            ).select_related("page")
        )
        if not incident.is_over:
            raise WrongState("This incident is still open; add an update instead.")
        reopened = [*incident.extra.get("reopened", [])]
        reopened.append({"at": now.isoformat(), "by": actor.label, "reason": reason})
        incident.extra = {**incident.extra, "reopened": reopened}
        incident.status = Status.INVESTIGATING
        incident.resolved_at = None
        incident.updated_at = now
        incident.save(update_fields=["extra", "status", "resolved_at", "updated_at"])
        keep_recovery(now=now, incident=incident, came_back=True)
        Case.objects.filter(incident=incident, closed_at__isnull=False).update(
            closed_at=None, outdated_at=None
        )
        latest = RecordVersion.objects.filter(incident=incident).order_by("-version").first()
        if latest is not None:
            put_record(
                actor=actor, now=now, incident=incident, data=unresolved(latest.data, incident)
            )
        record_act(
            actor=actor, verb="incidents.reopen", subject=f"incident:{incident.public_id}", now=now
        )
