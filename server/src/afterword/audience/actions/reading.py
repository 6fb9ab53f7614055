"""The worker's part of an upload: it is claimed, read in batches, and counts once or not at all."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from afterword.accounts.permissions import MACHINE, Actor, Bearer
from afterword.audience.actions.kinds import COLUMNS, What, take
from afterword.audience.actions.reports import Report
from afterword.audience.models import (
    OPEN_INTAKES,
    Intake,
    IntakePiece,
    IntakeState,
    IntakeStep,
)
from afterword.audience.pieces import opened_file, sealed_refusals, sealed_words
from afterword.audience.records import read_customers
from afterword.audience.sealed import WrongKey
from afterword.audience.sheets import Sheet, read_sheet
from afterword.audit.actions import record_act
from afterword.kit.errors import NotAllowed, Refusal

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MOST_TRIES = 20
_NOTED_EVERY = 0.3  # seconds


class _Stopped(Exception):
    """The worker is told to stop; whoever comes next begins again."""


class _TakenOver(Exception):
    """Another worker holds it: the lease ran out before this one was done."""


def read_next(
    *, worker: str, now: Callable[[], datetime], should_stop: Callable[[], bool] = lambda: False
) -> bool:
    """Read the oldest upload that is open, unless somebody is at it; return whether there was one.

    What it brings, what is said of the upload and its new state are one transaction. So whoever
    dies before it leaves everything as it was, and who dies after it has nothing left to do.
    Uploads are read in their order, one at a time.
    """
    intake = _claim(worker, now())
    if intake is None:
        return False
    try:
        _read(intake, now, should_stop)
    except (_Stopped, _TakenOver) as why:
        log.info("%s is left to others: %s", intake, why.__doc__)
        _give_back(intake)
    except (Refusal, WrongKey) as refused:
        said = refused.message if isinstance(refused, Refusal) else str(refused)
        with transaction.atomic():
            _end(intake, now(), IntakeState.REFUSED, refusal=said)
    except BaseException:
        _give_back(intake)
        raise
    return True


def release_intakes(*, worker: str) -> int:
    """Give back what a worker that is gone was reading; return how many there were."""
    held = Intake.objects.filter(state=IntakeState.READING, claimed_by=worker)
    return held.update(state=IntakeState.WAITING, claimed_by="", lease_until=None)


def forget_intakes(*, now: datetime, keep: timedelta) -> int:
    """Delete what is kept of uploads that came before ``keep``: files, and rows to mend.

    One that nobody has read until then is refused. How many rows were brought, and by whom, stays.
    Returns of how many uploads something was deleted.
    """
    old = Intake.objects.filter(forgotten_at=None, created_at__lt=now - keep)
    never = sealed_words(f"Nobody has read it within {keep.days} days. Bring it again.", ())
    with transaction.atomic():
        keys = list(old.select_for_update().values_list("pk", flat=True))
        deleted, _ = IntakePiece.objects.filter(intake__in=keys).delete()
        kept = Intake.objects.filter(pk__in=keys)
        kept.filter(state__in=OPEN_INTAKES).update(
            state=IntakeState.REFUSED, ended_at=now, told=never, claimed_by="", lease_until=None
        )
        kept.update(forgotten_at=now)
        if deleted:
            record_act(
                actor=MACHINE, verb="audience.forget_intakes", subject="audience:intakes",
                now=now, detail={"uploads": len(keys)},
            )  # fmt: skip
    return len(keys)


def _claim(worker: str, now: datetime) -> Intake | None:
    oldest = Intake.objects.filter(state__in=OPEN_INTAKES).order_by("pk").first()
    if oldest is None or _is_held(oldest, now):
        return None
    with transaction.atomic():
        found = Intake.objects.select_for_update(skip_locked=True, of=("self",))
        intake = found.filter(pk=oldest.pk, state__in=OPEN_INTAKES).first()
        if intake is None or _is_held(intake, now):
            return None
        intake.state, intake.claimed_by = IntakeState.READING, worker
        intake.lease_until, intake.tries = now + LEASE, intake.tries + 1
        intake.step, intake.rows_done, intake.accounts_done = IntakeStep.CHECKING, 0, 0
        intake.save()
        if intake.tries > MOST_TRIES:
            said = f"Reading it broke off {MOST_TRIES} times. Split it, or ask who runs Afterword."
            _end(intake, now, IntakeState.REFUSED, refusal=said)
            return None
    return intake


def _is_held(intake: Intake, now: datetime) -> bool:
    until = intake.lease_until
    return intake.state == IntakeState.READING and until is not None and until > now


def _read(intake: Intake, now: Callable[[], datetime], should_stop: Callable[[], bool]) -> None:
    """Read the upload and bring it in. Raises what keeps it from being read."""
    actor = _actor_of(intake)
    pieces = intake.pieces.filter(kind=IntakePiece.Kind.FILE).order_by("number")
    raw = opened_file(pieces.values_list("sealed", flat=True))
    sheet = _sheet(intake, raw)
    noted = float("-inf")

    def watch(step: IntakeStep, done: int, of: int) -> None:
        nonlocal noted
        if should_stop():
            raise _Stopped
        if step == intake.step and done < of and time.monotonic() - noted < _NOTED_EVERY:
            return
        intake.step = step
        if step == IntakeStep.CHECKING:
            intake.rows_done, intake.rows = done, of
        else:
            intake.accounts_done, intake.accounts = done, of
        _note(intake, now())
        noted = time.monotonic()

    def then(said: Report) -> None:
        tried = IntakeState.REFUSED if said.refused else IntakeState.TRIED
        _end(intake, now(), IntakeState.WRITTEN if said.written else tried, said=said)

    take(
        what=What(intake.what), actor=actor, now=now(), page=intake.page, sheet=sheet,
        incident_ref=intake.incident_ref, source=f"upload {intake.public_id}",
        dry_run=intake.dry_run, watch=watch, then=then,
    )  # fmt: skip


def _actor_of(intake: Intake) -> Actor:
    """Return who uploaded it, as they are now. Raises NotAllowed for a token that was ended."""
    if intake.token is not None:
        if intake.token.ended_at is not None:
            raise NotAllowed("The token it was sent with was ended before it was read.")
        return Bearer(intake.token)
    person = intake.asked_by
    if person is None:
        return MACHINE
    person.came_from, person.device = intake.came_from, intake.device
    return person


def _sheet(intake: Intake, raw: bytes) -> Sheet:
    if intake.kind == Intake.Kind.JSON:
        return read_customers(raw)
    columns = COLUMNS[What(intake.what)]
    return read_sheet(raw, required=columns.required, optional=columns.optional)


def _held(intake: Intake) -> Q:
    """What is true of the row as long as nobody took the claim over."""
    return Q(
        pk=intake.pk, state=IntakeState.READING, claimed_by=intake.claimed_by, tries=intake.tries
    )


def _note(intake: Intake, now: datetime) -> None:
    """Write down how far it is, and hold it longer. Raises _TakenOver."""
    columns = ("step", "rows_done", "rows", "accounts_done", "accounts")
    told = {name: getattr(intake, name) for name in columns}
    if not Intake.objects.filter(_held(intake)).update(lease_until=now + LEASE, **told):
        raise _TakenOver


def _give_back(intake: Intake) -> None:
    Intake.objects.filter(_held(intake)).update(
        state=IntakeState.WAITING, claimed_by="", lease_until=None
    )


def _end(
    intake: Intake,
    now: datetime,
    state: IntakeState,
    *,
    said: Report | None = None,
    refusal: str = "",
) -> None:
    """Write down what came of it. The file stays only where it can still be brought in.

    Raises _TakenOver, which undoes what was written in the same transaction.
    """
    words = sealed_words(refusal, said.ignored_columns if said else ())
    counts = ("added", "changed", "unchanged", "duplicates", "refused")
    told = {name: getattr(said, name) for name in counts} if said else {}
    if not Intake.objects.filter(_held(intake)).update(
        state=state, ended_at=now, told=words, claimed_by="", lease_until=None, **told
    ):
        raise _TakenOver
    if state != IntakeState.TRIED:
        intake.pieces.filter(kind=IntakePiece.Kind.FILE).delete()
    intake.pieces.filter(kind=IntakePiece.Kind.REFUSALS).delete()
    IntakePiece.objects.bulk_create(
        IntakePiece(intake=intake, kind=IntakePiece.Kind.REFUSALS, number=number, sealed=sealed)
        for number, sealed in enumerate(sealed_refusals(said.every_refusal if said else ()))
    )
