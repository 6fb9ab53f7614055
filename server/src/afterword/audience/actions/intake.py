"""Files of customers that are uploaded: small ones are read at once, others by the worker."""

from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, Bearer, require
from afterword.audience.actions.customers import COLUMNS, Report, import_customers, take_customers
from afterword.audience.models import OPEN_INTAKES, Intake, IntakePiece, IntakeState
from afterword.audience.pieces import mark_of, sealed_file
from afterword.audience.records import read_customers
from afterword.audience.sheets import MAX_BYTES, check_shape
from afterword.components.models import Page
from afterword.kit.errors import BadInput, Conflict, WrongState

AT_ONCE_ROWS, AT_ONCE_BYTES = 500, 200_000
"""What is read while whoever sent it waits for the answer."""
MOST_WAITING = 20
MOST_LISTED = 20_000
"""Rows of a list of affected people, or of what was measured, that are read while its sender waits:
some seconds, in which other lists of the page wait too."""


def bring_customers(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    raw: bytes,
    kind: Intake.Kind,
    dry_run: bool,
    later: bool = False,
) -> Report | Intake:
    """Read a file of customers by the rules of ``import_customers``: at once when it is small, and
    return the report; else keep it for the worker, and return how far it is.

    A small one waits too while an upload is open that was sent before it, and with ``later``
    whatever it is. The same file again, while it is open, is the same upload. Raises BadInput for
    a file that cannot be read as a whole, as far as that is seen at once, and Conflict when twenty
    are waiting.
    """
    require(actor, "manage_audience", page=page.pk)
    if not (later or _is_large(raw) or (not dry_run and _any_open(page))):
        if kind == Intake.Kind.CSV:
            return import_customers(actor=actor, now=now, page=page, csv_text=raw, dry_run=dry_run)
        sheet = read_customers(raw)
        return take_customers(actor=actor, now=now, page=page, sheet=sheet, dry_run=dry_run)
    if len(raw) > MAX_BYTES:
        raise BadInput(f"More than {MAX_BYTES / 1e6:.0f} MB. Send it in parts.")
    if kind == Intake.Kind.CSV:
        check_shape(raw, required=COLUMNS)
    return _kept(actor, now, page, raw, kind, dry_run)


def refuse_long_list(*, raw: bytes, kind: str, incident_ref: str) -> None:
    """Raise BadInput, with what to do, for a list that nobody should wait for: those of an incident
    are read at once. ``kind`` is ``affected`` or ``accounts``, as the command line has it.
    """
    lines = raw.count(b"\n") or raw.count(b"\r")
    if lines > MOST_LISTED + 1:
        raise BadInput(
            f"The file has {lines:,} lines; {MOST_LISTED:,} rows are read at once. Bring it in "
            "parts, each with the first row (what one part brought stays when the next comes), or "
            "have it brought in whole on the server: "
            f"afterword people import {kind} FILE --incident {incident_ref}"
        )


def bring_tried(*, actor: Actor, now: datetime, page: Page, intake: Intake) -> Intake:
    """Have an upload that was only tried, and is sound, brought in as it is.

    Raises WrongState when it is not, any more, or its file was deleted.
    """
    require(actor, "manage_audience", page=page.pk)
    with transaction.atomic():
        found = Intake.objects.select_for_update().get(pk=intake.pk, page=page)
        if found.state == IntakeState.WRITTEN or found.is_open:
            return found  # the same click again
        if found.state != IntakeState.TRIED or found.forgotten_at is not None:
            raise WrongState("This file is not kept any more. Choose it again, please.")
        for name, value in _whose(actor).items():
            setattr(found, name, value)
        found.state, found.dry_run, found.ended_at = IntakeState.WAITING, False, None
        found.tries = 0
        found.save()
    return found


def _kept(
    actor: Actor, now: datetime, page: Page, raw: bytes, kind: Intake.Kind, dry_run: bool
) -> Intake:
    digest = mark_of(raw)
    with transaction.atomic():
        list(Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk"))
        waiting = list(Intake.objects.filter(page=page, state__in=OPEN_INTAKES).order_by("pk"))
        for each in waiting:
            if (each.digest, each.dry_run, each.kind) == (digest, dry_run, kind):
                return each
        if len(waiting) >= MOST_WAITING:
            raise Conflict(f"{MOST_WAITING} uploads are waiting already. Wait for one to end.")
        intake = Intake.objects.create(
            page=page, kind=kind, dry_run=dry_run, digest=digest, created_at=now, **_whose(actor)
        )
        IntakePiece.objects.bulk_create(
            IntakePiece(intake=intake, kind=IntakePiece.Kind.FILE, number=number, sealed=sealed)
            for number, sealed in enumerate(sealed_file(raw))
        )
    return intake


def _whose(actor: Actor) -> dict[str, object]:
    """Return the columns that say who acts; all empty for the machine."""
    return {
        "asked_by": actor if isinstance(actor, Person) else None,
        "token": actor.token if isinstance(actor, Bearer) else None,
        "came_from": getattr(actor, "came_from", None) or "",
        "device": getattr(actor, "device", None) or "",
    }


def _is_large(raw: bytes) -> bool:
    """Whether a file, CSV or JSON, has more rows than are read at once, or might have."""
    return (
        len(raw) > AT_ONCE_BYTES
        or raw.count(b"\n") > AT_ONCE_ROWS + 1
        or raw.count(b'"account_id"') > AT_ONCE_ROWS
    )


def _any_open(page: Page) -> bool:
    return Intake.objects.filter(page=page, state__in=OPEN_INTAKES).exists()
