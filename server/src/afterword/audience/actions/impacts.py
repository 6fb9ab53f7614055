"""What an incident did to each account, as measured, from a CSV file. All of it or nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.actions.reports import Report, report
from afterword.audience.actions.rows import bounded
from afterword.audience.models import AccountImpact, Customer
from afterword.audience.sheets import Row, read_sheet
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.kit.errors import BadInput

_BATCH = 500
_MOST_FAILED = 10**15
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"", "no", "n", "false", "0"})
_COLUMNS = ("began", "ended", "failed", "hardest", "loss")


@dataclass(frozen=True)
class _Impact:
    began: datetime | None
    ended: datetime | None
    failed: int | None
    hardest: bool
    loss: str


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
    sheet = read_sheet(csv_text, required=("account_id",), optional=_COLUMNS)
    refused = list(sheet.refused)
    customers = {each.account_id: each for each in Customer.objects.filter(page=page)}
    wanted: dict[int, _Impact] = {}
    duplicates = 0
    for row in sheet.rows:
        try:
            customer, impact = _customer(row, customers), _impact(row)
            if wanted.get(customer.pk, impact) != impact:
                raise BadInput(f"{customer.account_id} stands above with other figures")
            duplicates += customer.pk in wanted
            wanted[customer.pk] = impact
        except BadInput as wrong:
            refused.append((row.line, wrong.message))
    written = not dry_run and (skip_refused or not refused)
    with transaction.atomic():
        list(Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk"))
        found = AccountImpact.objects.filter(customer__page=page, incident_ref=incident_ref)
        known = {each.customer_id: each for each in found}
        fresh = [
            AccountImpact(
                customer_id=key, incident_ref=incident_ref, updated_at=now, **vars(impact)
            )
            for key, impact in wanted.items()
            if key not in known
        ]
        changed = [
            _put(known[key], impact, now)
            for key, impact in wanted.items()
            if key in known and _as_told(known[key]) != impact
        ]
        if written:
            AccountImpact.objects.bulk_create(fresh, batch_size=_BATCH)
            AccountImpact.objects.bulk_update(changed, [*_COLUMNS, "updated_at"], batch_size=_BATCH)
            record_act(
                actor=actor, verb="audience.import_impacts", subject=f"incident:{incident_ref}",
                now=now, detail={
                    "added": len(fresh), "changed": len(changed), "refused": len(refused),
                },
            )  # fmt: skip
    return report(
        added=len(fresh),
        changed=len(changed),
        total=len(wanted),
        refused=refused,
        duplicates=duplicates,
        ignored_columns=sheet.ignored_columns,
        written=written,
    )


def _customer(row: Row, known: dict[str, Customer]) -> Customer:
    account = bounded(row, "account_id", 80)
    if account not in known:
        raise BadInput(f"{account!r} is no account here; bring the customer first")
    return known[account]


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
