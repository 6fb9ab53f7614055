"""A reviewed text that leaves by itself at a time: asked for, cancelled, and let out."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import MACHINE, Actor, require
from afterword.audit.actions import record_act
from afterword.kit.errors import BadInput, NotAllowed, Refusal, WrongState
from afterword.kit.texts import required_text
from afterword.kit.timespans import iso_utc
from afterword.publishing.actions.holding_back import refuse_held
from afterword.publishing.actions.statement import publish_statement
from afterword.publishing.models import Departure, DepartureState, Publication
from afterword.statements import queries as statements
from afterword.statements.models import Statement, StatementState

FARTHEST = timedelta(days=30)
SHORTEST_REASON = 10


def schedule_statement(
    *, actor: Actor, now: datetime, statement: Statement, leave_at: datetime
) -> Departure:
    """Let the newest revision leave at a time within 30 days (UTC), published by the actor.

    Nothing is promised by this: at that time the approval, the roles of the actor and the text are
    asked about again. Raises BadInput for a time that cannot be, WrongState when the text could
    not leave now or waits for another time already.
    """
    require(actor, "publish", page=statement.incident.page_id)
    if not isinstance(actor, Person):
        raise NotAllowed("A text is let out by a person, by name.")
    if leave_at.tzinfo is None or not now < leave_at <= now + FARTHEST:
        raise BadInput(
            "Choose a time within the coming 30 days.",
            {"leave_at": "must lie within the coming 30 days"},
        )
    newest = statements.newest_revision(statement)
    _refuse_what_could_not_leave(statement)
    try:
        with transaction.atomic():
            departure = Departure.objects.create(
                page=statement.incident.page,
                statement_id=statement.public_id,
                revision=newest.number,
                leave_at=leave_at,
                asked_by=actor,
                asked_at=now,
            )
            _record(actor, "publishing.schedule", departure, now)
    except IntegrityError:
        raise WrongState(
            "This text waits for a time already. Cancel that first, then choose another."
        ) from None
    return departure


def cancel_departure(*, actor: Actor, now: datetime, departure: Departure, why: str = "") -> None:
    """Keep a text from leaving. Whoever may write, review or publish may: stopping is cheap.

    Raises WrongState when it left, or will not leave any more.
    """
    require(actor, "stop_departure", page=departure.page_id)
    with transaction.atomic():
        held = Departure.objects.select_for_update().get(pk=departure.pk)
        if held.state != DepartureState.WAITING:
            raise WrongState(
                "Too late: it has left."
                if held.state == DepartureState.LEFT
                else "It does not wait any more."
            )
        _end(held, DepartureState.CANCELLED, by=actor, now=now, why=why[:2_000])
        _record(actor, "publishing.cancel", held, now)


def publish_without_rest(
    *, actor: Actor, now: datetime, statement: Statement, reason: str
) -> Publication:
    """Publish at once what was to rest or to be open to cancelling, with a reason that is logged.

    Everything else is asked as ever. Raises BadInput for a reason under 10 characters.
    """
    require(actor, "publish", page=statement.incident.page_id)
    reason = required_text(reason, field="reason", limit=2_000, single_line=False)
    if len(reason) < SHORTEST_REASON:
        raise BadInput("Say in a sentence why it cannot wait.", {"reason": "is too short"})
    with transaction.atomic():
        publication = publish_statement(actor=actor, now=now, statement=statement)
        record_act(
            actor=actor,
            verb="publishing.skip_rest",
            subject=f"statement:{statement.public_id}",
            now=now,
            detail={"publication": publication.number, "reason": reason},
        )
    return publication


def let_out(*, now: datetime) -> list[Publication]:
    """Publish the texts whose time has come, the earliest first; return what left.

    Each in a transaction of its own, in which its row is marked: killed anywhere, it left once or
    will be tried again. What is refused stays unpublished and says why. Several workers may call
    this at once.
    """
    due = Departure.objects.filter(state=DepartureState.WAITING, leave_at__lte=now)
    left = []
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            held = (
                Departure.objects.select_for_update(of=("self",), skip_locked=True)
                .select_related("asked_by")
                .filter(pk=pk, state=DepartureState.WAITING)
                .first()
            )
            if held is not None and (publication := _leave(held, now)) is not None:
                left.append(publication)
    return left


def _leave(held: Departure, now: datetime) -> Publication | None:
    try:
        with transaction.atomic():
            statement = statements.statement_by_public_id(held.page, held.statement_id)
            newest = statements.newest_revision(statement)
            if statement.state == StatementState.PUBLISHED:
                _end(held, DepartureState.CANCELLED, by=MACHINE, now=now, why=_BY_HAND)
                return None
            if newest.number != held.revision:
                raise WrongState(
                    f"the text changed after it was scheduled (revision {held.revision} → "
                    f"{newest.number})."
                )
            publication = publish_statement(actor=held.asked_by, now=now, statement=statement)
    except Refusal as refusal:
        _end(held, DepartureState.REFUSED, by=MACHINE, now=now, why=refusal.message)
        _record(MACHINE, "publishing.refuse_departure", held, now)
        return None
    _end(held, DepartureState.LEFT, by=held.asked_by, now=now, why="")
    return publication


_BY_HAND = "It was published by hand before."


def _refuse_what_could_not_leave(statement: Statement) -> None:
    if statement.state == StatementState.PUBLISHED:
        raise WrongState("This text is published already.")
    standing = statements.approval(statement)
    if not standing.valid:
        raise WrongState(f"It cannot be scheduled: {standing.why}.")
    refuse_held(statement.incident.page, statement.incident.public_id)


def _end(held: Departure, state: DepartureState, *, by: Actor, now: datetime, why: str) -> None:
    held.state, held.ended_by, held.ended_at, held.why = state, by.label[:200], now, why
    held.save(update_fields=["state", "ended_by", "ended_at", "why"])


def _record(actor: Actor, verb: str, departure: Departure, now: datetime) -> None:
    record_act(
        actor=actor,
        verb=verb,
        subject=f"statement:{departure.statement_id}",
        now=now,
        detail={"revision": departure.revision, "leave_at": iso_utc(departure.leave_at)},
    )
