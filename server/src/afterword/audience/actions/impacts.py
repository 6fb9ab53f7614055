"""What an incident did to each account, as measured, from a CSV file. All of it or nothing."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from afterword.accounts.permissions import Actor, require
from afterword.audience.actions.reports import Report
from afterword.audience.actions.rows import bounded
from afterword.audience.actions.taking import (
    BATCH,
    Checked,
    Comparing,
    Then,
    Watch,
    taken,
    untold,
    unwatched,
)
from afterword.audience.models import AccountImpact, Customer, IntakeStep
from afterword.audience.sheets import Row, Sheet, read_sheet
from afterword.audit.actions import record_act
from afterword.audit.queries import newest_of
from afterword.components.models import Page
from afterword.kit.errors import BadInput
from afterword.kit.many_rows import insert_rows

COLUMNS, OPTIONAL = ("account_id",), ("began", "ended", "failed", "hardest", "loss")
_VERB = "audience.import_impacts"
_MOST_FAILED = 10**15
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"", "no", "n", "false", "0"})


@dataclass(frozen=True)
class _Impact:
    began: datetime | None
    ended: datetime | None
    failed: int | None
    hardest: bool
    loss: str


@dataclass
class _Difference:
    """What has to be written: what was measured of customers (by key), new or other than before."""

    added: list[tuple[int, _Impact]] = field(default_factory=list)
    changed: list[tuple[int, _Impact]] = field(default_factory=list)


def import_impacts(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    incident_ref: str,
    csv_text: str | bytes,
    dry_run: bool = False,
    skip_refused: bool = False,
) -> Report:
    """Add and change what an incident did to accounts, from a CSV with ``account_id`` and, if
    known, ``began`` and ``ended`` (ISO 8601 with an offset; UTC without), ``failed`` (a number of
    actions), ``hardest`` (yes or no) and ``loss`` (what they lost, in a few words).

    From then on, accounts that are not on the list count as not affected. One refused row keeps
    the whole file out, unless ``skip_refused``. Raises BadInput when the file as a whole cannot
    be read.
    """
    require(actor, "manage_audience", page=page.pk)
    return take_impacts(
        actor=actor, now=now, page=page, incident_ref=incident_ref,
        sheet=read_sheet(csv_text, required=COLUMNS, optional=OPTIONAL), dry_run=dry_run,
        skip_refused=skip_refused,
    )  # fmt: skip


def take_impacts(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    incident_ref: str,
    sheet: Sheet,
    dry_run: bool = False,
    skip_refused: bool = False,
    watch: Watch = unwatched,
    then: Then = untold,
) -> Report:
    """Add and change from rows that were read, by the rules of ``import_impacts``; ``watch`` and
    ``then`` as in ``taking``.
    """
    require(actor, "manage_audience", page=page.pk)
    refused = list(sheet.refused)
    wanted, duplicates = _checked(page, sheet, refused, watch)
    subject = f"incident:{incident_ref}"

    def write(found: _Difference) -> None:
        _write(incident_ref, found, now)
        record_act(
            actor=actor, verb=_VERB, subject=subject, now=now,
            detail={
                "added": len(found.added), "changed": len(found.changed), "refused": len(refused),
            },
        )  # fmt: skip

    return taken(
        page=page,
        checked=Checked(len(wanted), refused, duplicates, sheet.ignored_columns),
        comparing=Comparing(
            newest=lambda: (newest_of(_VERB, subject), Customer.objects.filter(page=page).count()),
            compare=lambda watch: _difference(page, incident_ref, wanted, watch),
            write=write,
            counts=lambda found: (len(found.added), len(found.changed)),
        ),
        written=not dry_run and (skip_refused or not refused),
        watch=watch,
        then=then,
    )


def _checked(
    page: Page, sheet: Sheet, refused: list[tuple[int, str]], watch: Watch
) -> tuple[dict[int, _Impact], int]:
    """Return what a sheet tells, by the customer's key, and how many rows repeat others; note
    refused ones.
    """
    customers = dict(Customer.objects.filter(page=page).values_list("account_id", "pk").iterator())
    wanted: dict[int, _Impact] = {}
    duplicates, unread = 0, len(sheet.refused)
    total = unread + len(sheet.rows)
    for number, row in enumerate(sheet.rows):
        if number % BATCH == 0:
            watch(IntakeStep.CHECKING, unread + number, total)
        try:
            account = bounded(row, "account_id", 80)
            if account not in customers:
                raise BadInput(f"{account!r} is no account here; bring the customer first")
            key, impact = customers[account], _impact(row)
            if wanted.get(key, impact) != impact:
                raise BadInput(f"{account} stands above with other figures")
            duplicates += key in wanted
            wanted[key] = impact
        except BadInput as wrong:
            refused.append((row.line, wrong.message))
    watch(IntakeStep.CHECKING, total, total)
    return wanted, duplicates


def _difference(
    page: Page, incident_ref: str, wanted: dict[int, _Impact], watch: Watch
) -> _Difference:
    """Raises BadInput when a customer was removed since the rows were checked."""
    found, keys = _Difference(), list(wanted)
    for begin in range(0, len(keys), BATCH):
        watch(IntakeStep.COMPARING, begin, len(keys))
        batch = keys[begin : begin + BATCH]
        if Customer.objects.filter(page=page, pk__in=batch).count() < len(batch):
            raise BadInput("A customer was removed while this was read. Bring the file again.")
        rows = AccountImpact.objects.filter(incident_ref=incident_ref, customer__in=batch)
        known = {each.customer_id: _as_told(each) for each in rows}
        found.added += [(key, wanted[key]) for key in batch if key not in known]
        found.changed += [
            (key, wanted[key]) for key in batch if key in known and known[key] != wanted[key]
        ]
    return found


def _write(incident_ref: str, found: _Difference, now: datetime) -> None:
    insert_rows(
        AccountImpact,
        ("customer", "incident_ref", "updated_at", *OPTIONAL),
        (
            (key, incident_ref, now, *(getattr(impact, name) for name in OPTIONAL))
            for key, impact in found.added
        ),
    )
    for begin in range(0, len(found.changed), BATCH):
        told = dict(found.changed[begin : begin + BATCH])
        rows = AccountImpact.objects.filter(incident_ref=incident_ref, customer__in=told)
        AccountImpact.objects.bulk_update(
            [_put(row, told[row.customer_id], now) for row in rows], [*OPTIONAL, "updated_at"]
        )


def _impact(row: Row) -> _Impact:
    began, ended = _instant(row, "began"), _instant(row, "ended")
    if began and ended and ended < began:
        raise BadInput("ended is before began")
    return _Impact(began, ended, _number(row), _flag(row), bounded(row, "loss", 200))


def _instant(row: Row, column: str) -> datetime | None:
    cell = row.cells.get(column, "")
    if not cell:
        return None
    try:
        read = datetime.fromisoformat(cell)
        return read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput(f"{column} {cell[:40]!r} is no time; write 2026-03-04T08:12:00Z") from None


def _number(row: Row) -> int | None:
    cell = row.cells.get("failed", "")
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and int(cell[:17]) <= _MOST_FAILED):
        raise BadInput(f"failed {cell[:20]!r} is no whole number")
    return int(cell)


def _flag(row: Row) -> bool:
    cell = row.cells.get("hardest", "").lower()
    if cell not in _YES | _NO:
        raise BadInput(f"hardest {cell[:20]!r} is neither yes nor no")
    return cell in _YES


def _as_told(row: AccountImpact) -> _Impact:
    return _Impact(row.began, row.ended, row.failed, row.hardest, row.loss)


def _put(row: AccountImpact, impact: _Impact, now: datetime) -> AccountImpact:
    for name, value in vars(impact).items():
        setattr(row, name, value)
    row.updated_at = now
    return row
