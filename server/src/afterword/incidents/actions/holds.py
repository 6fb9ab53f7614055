"""A case held back: nothing about it leaves until somebody says why it may again."""

from datetime import date, datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.incidents import queries
from afterword.incidents.models import Hold, Incident, Kind
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from afterword.kit.texts import required_text
from afterword.kit.timespans import year_problem

MAX_REASON = 2_000


def hold_case(
    *, actor: Actor, now: datetime, incident: Incident, reason: str, look_again_on: date
) -> Hold:
    """Hold back everything about the incident; the door refuses it until it is released.

    The reason stays inside. Who may review or publish may hold. Raises BadInput for a day that is
    past or far, WrongState when it is held already.
    """
    person = _somebody(actor, incident)
    reason = required_text(reason, field="reason", limit=MAX_REASON, single_line=False)
    if incident.kind != Kind.INCIDENT:
        raise BadInput("Only an incident can be held.", {"incident": "kind"})
    if year_problem(look_again_on) or look_again_on < now.date():
        raise BadInput(
            "Say on which day somebody looks at the hold again.",
            {"look_again_on": "must be today or later"},
        )
    with transaction.atomic():
        _stop_the_press(incident)
        if (there := queries.hold_in_force(incident)) is not None:
            raise WrongState(f"It is held already, by {there.placed_by.name}: {there.reason}")
        hold = Hold.objects.create(
            incident=incident, reason=reason, look_again_on=look_again_on, placed_by=person,
            placed_at=now,
        )  # fmt: skip
        _record(actor, "incidents.hold", incident, now)
    return hold


def release_case(*, actor: Actor, now: datetime, incident: Incident, reason: str) -> Hold:
    """Let what is about the incident leave again. Nothing leaves by this alone.

    Raises WrongState when nothing is held.
    """
    person = _somebody(actor, incident)
    reason = required_text(reason, field="reason", limit=MAX_REASON, single_line=False)
    with transaction.atomic():
        _stop_the_press(incident)
        hold = queries.hold_in_force(incident)
        if hold is None:
            raise WrongState("This case is not held.")
        hold.released_by, hold.released_at, hold.release_reason = person, now, reason
        hold.save(update_fields=["released_by", "released_at", "release_reason"])
        _record(actor, "incidents.release", incident, now)
    return hold


def _somebody(actor: Actor, incident: Incident) -> Person:
    require(actor, "hold_case", page=incident.page_id)
    if not isinstance(actor, Person):
        raise NotAllowed("A case is held and released by a person, by name.")
    return actor


def _stop_the_press(incident: Incident) -> None:
    """Wait for what is being published at this instant; the door takes the same lock first."""
    list(Page.objects.select_for_update(no_key=True).filter(pk=incident.page_id).values("pk"))


def _record(actor: Actor, verb: str, incident: Incident, now: datetime) -> None:
    record_act(actor=actor, verb=verb, subject=f"incident:{incident.public_id}", now=now)
