"""Lists of people that are uploaded: small ones are read at once, others by the worker."""

from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, Bearer, require
from afterword.audience.actions.customers import take_customers
from afterword.audience.actions.kinds import COLUMNS, What, take
from afterword.audience.actions.reports import Report
from afterword.audience.models import OPEN_INTAKES, Intake, IntakePiece, IntakeState
from afterword.audience.pieces import mark_of, sealed_file
from afterword.audience.records import read_customers
from afterword.audience.sheets import MAX_BYTES, check_shape, read_sheet
from afterword.components.models import Page
from afterword.kit.errors import BadInput, Conflict, WrongState

AT_ONCE_ROWS, AT_ONCE_BYTES = 500, 200_000
"""What is read while whoever sent it waits for the answer."""
MOST_WAITING = 20


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
    if _is_read_at_once(page, raw, dry_run=dry_run, later=later):
        if kind == Intake.Kind.JSON:
            sheet = read_customers(raw)
            return take_customers(actor=actor, now=now, page=page, sheet=sheet, dry_run=dry_run)
        return _taken_at_once(What.CUSTOMERS, "", actor, now, page, raw, dry_run)
    return _kept_to_be_read(What.CUSTOMERS, "", actor, now, page, raw, kind, dry_run)


def bring_list(
    *,
    what: What,
    actor: Actor,
    now: datetime,
    page: Page,
    raw: bytes,
    dry_run: bool,
    incident_ref: str = "",
) -> Report | Intake:
    """Read a CSV file of any list as ``bring_customers`` reads one of customers; ``incident_ref``
    is the public id of the incident whose affected people, or whose accounts, it tells of.
    """
    require(actor, "manage_audience", page=page.pk)
    if _is_read_at_once(page, raw, dry_run=dry_run):
        return _taken_at_once(what, incident_ref, actor, now, page, raw, dry_run)
    return _kept_to_be_read(what, incident_ref, actor, now, page, raw, Intake.Kind.CSV, dry_run)


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


def _is_read_at_once(page: Page, raw: bytes, *, dry_run: bool, later: bool = False) -> bool:
    return not (later or _is_large(raw) or (not dry_run and _any_open(page)))


def _taken_at_once(
    what: What, incident_ref: str, actor: Actor, now: datetime, page: Page, raw: bytes,
    dry_run: bool,
) -> Report:  # fmt: skip
    columns = COLUMNS[what]
    return take(
        what=what, actor=actor, now=now, page=page, incident_ref=incident_ref, source="desk",
        sheet=read_sheet(raw, required=columns.required, optional=columns.optional),
        dry_run=dry_run,
    )  # fmt: skip


def _kept_to_be_read(
    what: What, incident_ref: str, actor: Actor, now: datetime, page: Page, raw: bytes,
    kind: Intake.Kind, dry_run: bool,
) -> Intake:  # fmt: skip
    if len(raw) > MAX_BYTES:
        raise BadInput(f"More than {MAX_BYTES / 1e6:.0f} MB. Send it in parts.")
    if kind == Intake.Kind.CSV:
        check_shape(raw, required=COLUMNS[what].required)
    digest = mark_of(raw)
    with transaction.atomic():
        list(Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk"))
        waiting = list(Intake.objects.filter(page=page, state__in=OPEN_INTAKES).order_by("pk"))
        for each in waiting:
            told = (each.what, each.incident_ref, each.digest, each.dry_run, each.kind)
            if told == (what, incident_ref, digest, dry_run, kind):
                return each
        if len(waiting) >= MOST_WAITING:
            raise Conflict(f"{MOST_WAITING} uploads are waiting already. Wait for one to end.")
        intake = Intake.objects.create(
            page=page, what=what, incident_ref=incident_ref, kind=kind, dry_run=dry_run,
            digest=digest, created_at=now, **_whose(actor),
        )  # fmt: skip
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
