"""Customers and their contacts from a CSV file. All of it or nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation

from afterword.accounts.permissions import Actor, require
from afterword.audience.actions.affected import add_affected
from afterword.audience.actions.lists import freeze_list
from afterword.audience.actions.reports import Report
from afterword.audience.actions.rows import address_in, bounded, name_once, names_in, parts_in
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
from afterword.audience.models import Contact, Customer, IntakeStep
from afterword.audience.sheets import Row, Sheet, read_sheet
from afterword.audit.actions import record_act
from afterword.audit.queries import newest_of
from afterword.components.models import Page
from afterword.components.queries import ids_by_name
from afterword.kit.errors import BadInput
from afterword.kit.many_rows import insert_rows

__all__ = ["Report", "add_affected", "freeze_list", "import_customers", "take_customers"]

# A field of a customer: text, percent, or the names in a list.
_Value = str | Decimal | list[str] | None

COLUMNS = ("account_id", "name")
"""The columns a file of customers has to have."""
_VERB = "audience.import_customers"
_LONGEST = {
    "account_id": 80, "name": 200, "tier": 40, "contact_name": 200, "regions": 400,
}  # fmt: skip
_FIELDS = ("name", "tier", "sla_target", "sla_credit", "regions", "components")
_UNTOLD: Mapping[str, _Value] = {
    "name": "", "tier": "", "sla_target": None, "sla_credit": None, "regions": [], "components": [],
}  # fmt: skip
"""What a new customer has where the file has no such column."""
OPTIONAL = (*_FIELDS[1:], "contact_name", "contact_email")


@dataclass
class _Wanted:
    """One customer as the file tells it, in one row or several. ``contacts``: address to name."""

    fields: dict[str, _Value]
    contacts: dict[str, str] = field(default_factory=dict)


@dataclass
class _Difference:
    """What has to be written at ``now`` so that the tables say what the file says; ``added`` are
    accounts that nobody knows yet.
    """

    page: Page
    now: datetime
    added: list[tuple[str, _Wanted]] = field(default_factory=list)
    changed: list[Customer] = field(default_factory=list)
    new_contacts: list[Contact] = field(default_factory=list)
    renamed_contacts: list[Contact] = field(default_factory=list)


def import_customers(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    csv_text: str | bytes,
    dry_run: bool = False,
    skip_refused: bool = False,
) -> Report:
    """Add and change customers from a CSV with the columns ``account_id`` and ``name``, and
    optionally ``tier``, ``sla_target`` (percent), ``sla_credit`` (percent of the month's fee),
    ``regions`` and ``components`` (names with ; between), ``contact_name``, ``contact_email``.

    A customer with several contacts takes several rows. Customers, contacts and columns that the
    file does not mention stay as they are. One refused row keeps the whole file out, unless
    ``skip_refused``. Raises BadInput when the file as a whole cannot be read.
    """
    require(actor, "manage_audience", page=page.pk)
    sheet = read_sheet(csv_text, required=COLUMNS, optional=OPTIONAL)
    return take_customers(
        actor=actor, now=now, page=page, sheet=sheet, dry_run=dry_run, skip_refused=skip_refused
    )


def take_customers(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    sheet: Sheet,
    dry_run: bool = False,
    skip_refused: bool = False,
    watch: Watch = unwatched,
    then: Then = untold,
) -> Report:
    """Add and change customers from rows that were read, by the rules of ``import_customers``.

    ``then`` gets the report in the transaction that writes: what it writes counts with it or not
    at all. Rows are checked and compared before that transaction, so that nobody waits for it.
    """
    require(actor, "manage_audience", page=page.pk)
    refused = list(sheet.refused)
    wanted, duplicates = _checked(page, sheet, refused, watch)
    # A customer with several contacts is several rows, and wrong once.
    refused = list(dict.fromkeys(refused))
    written = not dry_run and (skip_refused or not refused)

    def write(found: _Difference) -> None:
        _write(found)
        record_act(
            actor=actor, verb=_VERB, subject=_subject(page), now=now,
            detail={
                "added": len(found.added),
                "changed": len(found.changed),
                "refused": len(refused),
            },
        )  # fmt: skip

    return taken(
        page=page,
        checked=Checked(len(wanted), refused, duplicates, sheet.ignored_columns),
        comparing=Comparing(
            newest=lambda: _newest_import(page),
            compare=lambda watch: _difference(page, wanted, now, watch),
            write=write,
            counts=lambda found: (len(found.added), len(found.changed)),
        ),
        written=written,
        watch=watch,
        then=then,
    )


def _checked(
    page: Page, sheet: Sheet, refused: list[tuple[int, str]], watch: Watch
) -> tuple[dict[str, _Wanted], int]:
    """Return the customers a sheet tells of, and how many rows repeat others; note refused ones."""
    wanted: dict[str, _Wanted] = {}
    parts = ids_by_name(page) if "components" in sheet.columns else {}
    duplicates, unread = 0, len(sheet.refused)
    total = unread + len(sheet.rows)
    for number, row in enumerate(sheet.rows):
        if number % BATCH == 0:
            watch(IntakeStep.CHECKING, unread + number, total)
        try:
            duplicates += not _take(wanted, row, parts)
        except BadInput as wrong:
            refused.append((row.line, wrong.message))
    watch(IntakeStep.CHECKING, total, total)
    return wanted, duplicates


def _subject(page: Page) -> str:
    return f"page:{page.public_id}"


def _newest_import(page: Page) -> int:
    """Return what tells whether customers were written meanwhile: nobody writes any unlogged."""
    return newest_of(_VERB, _subject(page))


def _take(wanted: dict[str, _Wanted], row: Row, parts: Mapping[str, str]) -> bool:
    """Merge one row in; return whether it said anything new. Raises BadInput without a trace."""
    account = bounded(row, "account_id", _LONGEST["account_id"])
    if not account:
        raise BadInput("account_id is empty")
    fields = _fields(row, parts)
    email, contact_name = _contact(row)
    one = wanted.get(account)
    if one is None:
        wanted[account] = _Wanted(fields, {email: contact_name} if email else {})
        return True
    for key, value in fields.items():
        if one.fields[key] != value:
            raise BadInput(
                f"{key} of {account} is {_shown(value)} here and {_shown(one.fields[key])} above"
            )
    return bool(email) and name_once(one.contacts, email, contact_name)


def _fields(row: Row, parts: Mapping[str, str]) -> dict[str, _Value]:
    fields: dict[str, _Value] = {"name": bounded(row, "name", _LONGEST["name"])}
    if not fields["name"]:
        raise BadInput("name is empty")
    if "tier" in row.cells:
        fields["tier"] = bounded(row, "tier", _LONGEST["tier"])
    if "sla_target" in row.cells:
        fields["sla_target"] = _percent(row.cells["sla_target"], "sla_target")
    if "sla_credit" in row.cells:
        fields["sla_credit"] = _percent(row.cells["sla_credit"], "sla_credit")
    if "regions" in row.cells:
        fields["regions"] = names_in(bounded(row, "regions", _LONGEST["regions"]))
    if "components" in row.cells:
        fields["components"] = parts_in(row, "components", parts)
    return fields


def _contact(row: Row) -> tuple[str, str]:
    name = bounded(row, "contact_name", _LONGEST["contact_name"])
    if row.cells.get("contact_email"):
        return address_in(row, "contact_email"), name
    if name:
        raise BadInput(f"{name!r} has no contact_email, so nothing can be sent to them")
    return "", ""


def _percent(cell: str, column: str) -> Decimal | None:
    """Read ``99.9``, ``99,9`` or ``99.9 %``; an empty cell says that there is no target."""
    text = cell.removesuffix("%").strip().replace(",", ".")
    if not text:
        return None
    try:
        value = Decimal(text) if text.isascii() else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 < value <= 100:
        raise BadInput(f"{column} {cell[:20]!r} is no percentage above 0 and up to 100")
    if value != round(value, 4):
        raise BadInput(f"{column} {cell[:20]!r} has more than four decimals")
    return round(value, 4)


def _shown(value: _Value) -> str:
    if isinstance(value, list):
        value = "; ".join(value)
    return "empty" if value in {None, ""} else repr(str(value))


def _difference(page: Page, wanted: dict[str, _Wanted], now: datetime, watch: Watch) -> _Difference:
    found = _Difference(page, now)
    accounts = list(wanted)
    for begin in range(0, len(accounts), BATCH):
        watch(IntakeStep.COMPARING, begin, len(accounts))
        batch = accounts[begin : begin + BATCH]
        known = {
            c.account_id: c
            for c in Customer.objects.filter(page=page, account_id__in=batch).prefetch_related(
                "contacts"
            )
        }
        for account in batch:
            _compare(found, account, wanted[account], known.get(account))
    return found


def _compare(found: _Difference, account: str, one: _Wanted, customer: Customer | None) -> None:
    if customer is None:
        found.added.append((account, one))
        return
    contacts = {c.email: c for c in customer.contacts.all()}
    fresh = [(email, name) for email, name in one.contacts.items() if email not in contacts]
    renamed = []
    for email, name in one.contacts.items():
        contact = contacts.get(email)
        if contact is not None and name and contact.name != name:
            contact.name = name
            renamed.append(contact)
    differs = {key for key, value in one.fields.items() if getattr(customer, key) != value}
    if differs or fresh or renamed:
        for key in differs:
            setattr(customer, key, one.fields[key])
        customer.updated_at = found.now
        found.changed.append(customer)
        found.new_contacts += _contacts(customer, fresh)
        found.renamed_contacts += renamed


def _contacts(customer: Customer, people: Iterable[tuple[str, str]]) -> list[Contact]:
    return [Contact(customer=customer, email=email, name=name) for email, name in people]


def _add(found: _Difference) -> None:
    insert_rows(
        Customer,
        ("page", "account_id", "created_at", "updated_at", *_UNTOLD),
        (
            (
                found.page.pk, account, found.now, found.now,
                *(one.fields.get(name, untold) for name, untold in _UNTOLD.items()),
            )
            for account, one in found.added
        ),
    )  # fmt: skip
    insert_rows(Contact, ("customer", "email", "name"), _contacts_of_new(found))


def _contacts_of_new(found: _Difference) -> Iterator[tuple[int, str, str]]:
    for begin in range(0, len(found.added), BATCH):
        batch = found.added[begin : begin + BATCH]
        rows = Customer.objects.filter(page=found.page, account_id__in=[each for each, _ in batch])
        keys = dict(rows.order_by().values_list("account_id", "pk"))
        for account, one in batch:
            for email, name in one.contacts.items():
                yield keys[account], email, name


def _write(found: _Difference) -> None:
    _add(found)
    Customer.objects.bulk_update(found.changed, [*_FIELDS, "updated_at"], batch_size=BATCH)
    Contact.objects.bulk_create(found.new_contacts, batch_size=BATCH)
    Contact.objects.bulk_update(found.renamed_contacts, ["name"], batch_size=BATCH)
