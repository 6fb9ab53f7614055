"""Who is a customer, whose data was affected, who is on a frozen list, and how many."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from afterword.audience.models import (
    AccountImpact,
    AffectedPerson,
    Contact,
    Customer,
    FurtherAccount,
    RecipientList,
    RecipientListMember,
    Segment,
)
from afterword.audience.sealed import address_mark
from afterword.audience.sheets import write_sheet
from afterword.components.models import Page
from afterword.kit.asking import asked_once, grouped, know
from afterword.kit.errors import NotFound


@dataclass(frozen=True)
class Counts:
    """How many people are in each segment, each address once.

    ``sla`` leaves out ``sla_not_touched``: contacts of accounts known not to be affected.
    """

    everyone: int
    data_affected: int
    sla: int
    hardest: int = 0
    sla_not_touched: int = 0


@asked_once
def count_affected(page: Page, incident_ref: str) -> int:
    """Return how many people are on the incident's data-affected list."""
    return AffectedPerson.objects.filter(page=page, incident_ref=incident_ref).count()


def affected_people(page: Page, incident_ref: str) -> Iterator[tuple[str, str, str]]:
    """Yield (address, name, what of theirs) of everyone on the incident's data-affected list."""
    found = AffectedPerson.objects.filter(page=page, incident_ref=incident_ref)
    for person in found.order_by("pk").iterator(chunk_size=2000):
        yield person.opened()


def marks_with_a_letter(
    page: Page, incident_ref: str, left: Collection[str] = (), stopped: Collection[str] = ()
) -> set[str]:
    """Return the marks of everybody who gets a letter of their own about the incident, or had one:
    ``left`` are the public ids of lists to which one has left, in force or not; ``stopped`` are
    those whose letter was kept from leaving, and count for nobody.
    """
    in_force = Q(recipient_list__replaced_at=None) | Q(recipient_list__public_id__in=list(left))
    found = RecipientListMember.objects.filter(
        in_force, recipient_list__page=page, recipient_list__incident_ref=incident_ref
    )
    found = found.exclude(recipient_list__public_id__in=list(stopped)) if stopped else found
    return set(found.values_list("address_mark", flat=True))


def count_on_lists_in_force(page: Page, incident_ref: str) -> list[tuple[str, Segment, int]]:
    """Return the lists of an incident that hold now: public id, for whom, how many are on it."""
    found = RecipientList.objects.filter(page=page, incident_ref=incident_ref, replaced_at=None)
    counted = found.annotate(n=Count("members")).order_by("pk")
    return [
        (public_id, Segment(segment), n)
        for public_id, segment, n in counted.values_list("public_id", "segment", "n")
    ]


def marks_on(list_public_ids: Collection[str]) -> set[str]:
    """Return the marks of everybody on any of these lists."""
    found = RecipientListMember.objects.filter(recipient_list__public_id__in=list(list_public_ids))
    return set(found.values_list("address_mark", flat=True)) if list_public_ids else set()


def count_affected_not_on(page: Page, incident_ref: str, list_public_ids: Collection[str]) -> int:
    """Return how many on the incident's data-affected list are on none of these frozen lists."""
    on = RecipientListMember.objects.filter(
        recipient_list__public_id__in=list(list_public_ids), address_mark=OuterRef("address_mark")
    )
    found = AffectedPerson.objects.filter(page=page, incident_ref=incident_ref)
    return found.filter(~Exists(on)).count()


class Account(NamedTuple):
    """What the plan needs of a customer; ``pk`` is the customer's key."""

    pk: int
    account_id: str
    name: str
    sla_target: Decimal | None
    regions: tuple[str, ...]
    components: tuple[str, ...]


class Reached(NamedTuple):
    """A contact with its account, or an account with no address for which nobody stands; there may
    be a hundred thousand.
    """

    email: str
    name: str
    customer: Account


def contacts_of(page: Page) -> Iterator[Reached]:
    """Yield every contact of the page's customers, with the account, in a fixed order; for whom
    nobody stands once, without an address.
    """
    found = Customer.objects.filter(page=page).order_by("account_id", "contacts__pk")
    rows = found.values_list(
        "contacts__email", "contacts__name", "pk", "account_id", "name", "sla_target",
        Cast("regions", TextField()), Cast("components", TextField()),
    )  # fmt: skip
    account = None
    for email, name, pk, ref, called, target, regions, parts in rows.iterator(chunk_size=2000):
        if account is None or account.pk != pk:
            account = Account(pk, ref, called, target, _listed(regions), _listed(parts))
        yield Reached(email or "", name or "", account)


@lru_cache(maxsize=1000)
def _listed(text: str) -> tuple[str, ...]:
    """Return the words of a JSON list; many accounts have the same."""
    return tuple(json.loads(text))


@asked_once
def every_contact(page: Page) -> list[Reached]:
    """Return what ``contacts_of`` yields, for a page that needs it for many incidents."""
    return list(contacts_of(page))


def know_hit(page: Page, incident_refs: Sequence[str]) -> None:
    """Ask at once whom each of the incidents hit: accounts measured, people whose data it was."""
    impacts = AccountImpact.objects.filter(customer__page=page, incident_ref__in=incident_refs)
    of = grouped(impacts, lambda each: each.incident_ref)
    people = AffectedPerson.objects.filter(page=page, incident_ref__in=incident_refs)
    counted = dict(people.values_list("incident_ref").annotate(n=Count("pk")).order_by())
    for ref in incident_refs:
        know(impacts_of, page, ref, answer={each.customer_id: each for each in of[ref]})
        know(count_affected, page, ref, answer=counted.get(ref, 0))


@asked_once
def impacts_of(page: Page, incident_ref: str) -> dict[int, AccountImpact]:
    """Return what was measured of an incident, by the customer's key."""
    found = AccountImpact.objects.filter(customer__page=page, incident_ref=incident_ref)
    return {each.customer_id: each for each in found}


def impacts_besides(
    page: Page, incident_ref: str, customers: Collection[int]
) -> dict[int, list[AccountImpact]]:
    """Return what was measured of other incidents than this one, by the customer's key."""
    found = AccountImpact.objects.filter(customer__page=page, customer__in=list(customers))
    rows = found.exclude(incident_ref=incident_ref).order_by("incident_ref")
    return grouped(rows, lambda each: each.customer_id)


def are_measured(page: Page, incident_refs: Collection[str]) -> set[str]:
    """Return which of these incidents any account was measured of."""
    found = AccountImpact.objects.filter(customer__page=page, incident_ref__in=list(incident_refs))
    return set(found.order_by().values_list("incident_ref", flat=True).distinct())


def newest_impacts(page: Page, incident_ref: str, *, limit: int = 500) -> list[AccountImpact]:
    """Return what was measured of an incident, by the customers' names, at most ``limit``."""
    found = AccountImpact.objects.filter(customer__page=page, incident_ref=incident_ref)
    return list(found.select_related("customer").order_by("customer__name", "pk")[:limit])


def customers_of(page: Page, *, limit: int = 500) -> list[Customer]:
    """Return customers by name, with their contacts, at most ``limit``."""
    found = Customer.objects.filter(page=page).prefetch_related("contacts")
    return list(found.order_by("name", "pk")[:limit])


def customer_with(page: Page, account_id: str) -> Customer:
    """Return the customer with the account id. Raises NotFound."""
    found = Customer.objects.filter(page=page, account_id=account_id[:80]).first()
    if found is None:
        raise NotFound("There is no customer with this account id.")
    return found


def hold_customers(page: Page) -> None:
    """Let nobody bring or remove customers until the transaction ends."""
    list(Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk"))


def only_of(customer: Customer, emails: Sequence[str]) -> list[str]:
    """Return which of these addresses stand for no other customer of the page."""
    others = Contact.objects.filter(customer__page_id=customer.page_id, email__in=emails).exclude(
        customer=customer
    )
    elsewhere = set(others.values_list("email", flat=True))
    return [each for each in emails if each not in elsewhere]


def on_open_lists(customer: Customer, emails: Collection[str]) -> list[tuple[str, bool]]:
    """Return (public id of a list in force, whether it must be sent) for each place that these
    people have there on behalf of the customer.
    """
    found = RecipientListMember.objects.filter(
        recipient_list__page_id=customer.page_id, recipient_list__replaced_at=None,
        account=customer.account_id, address_mark__in=[address_mark(each) for each in emails],
    ).exclude(recipient_list__segment=Segment.DATA)  # fmt: skip
    return list(found.order_by("pk").values_list("recipient_list__public_id", "must"))


def customers_with(page: Page, accounts: Iterable[str]) -> Iterator[Customer]:
    """Yield the customers with these account ids."""
    wanted = sorted(set(accounts))
    for begin in range(0, len(wanted), 500):
        batch = wanted[begin : begin + 500]
        yield from Customer.objects.filter(page=page, account_id__in=batch).order_by("pk")


def customer_names(page: Page) -> list[str]:
    """Return the names of the page's customers, each once."""
    return list(Customer.objects.filter(page=page).order_by("name").values_list("name", flat=True))


def members(list_public_id: str, after_id: int, limit: int) -> list[RecipientListMember]:
    """Return members of a frozen list with id > after_id, by id, at most ``limit``."""
    found = RecipientListMember.objects.filter(
        recipient_list__public_id=list_public_id, pk__gt=after_id
    )
    return list(found.order_by("pk").prefetch_related("further")[:limit])


def member_of(page: Page, incident_ref: str, member_id: int) -> RecipientListMember:
    """Return somebody on a list about the incident, with the list. Raises NotFound."""
    found = RecipientListMember.objects.select_related("recipient_list").filter(
        pk=member_id, recipient_list__page=page, recipient_list__incident_ref=incident_ref
    )
    member = found.first()
    if member is None:
        raise NotFound("Nobody with this number is on a list of this incident.")
    return member


def figures_on(list_public_id: str) -> dict[str, dict[str, Any]]:
    """Return the frozen figures of each account on a list, reading no address."""
    found = RecipientListMember.objects.filter(recipient_list__public_id=list_public_id)
    further = FurtherAccount.objects.filter(member__recipient_list__public_id=list_public_id)
    return {
        **dict(further.order_by().values_list("account", "figures")),
        **dict(found.exclude(account="").values_list("account", "figures")),
    }


def recipients_of_accounts(list_public_id: str, accounts: Iterable[str]) -> dict[str, list[str]]:
    """Return who on a list stands for each of these accounts, by name or else by address."""
    wanted = sorted(accounts)
    found = RecipientListMember.objects.filter(
        recipient_list__public_id=list_public_id, account__in=wanted
    )
    further = FurtherAccount.objects.filter(
        member__recipient_list__public_id=list_public_id, account__in=wanted
    ).select_related("member")
    named: dict[str, list[str]] = {}
    for each in found.order_by("pk").iterator(chunk_size=2000):
        email, name, _ = each.opened()
        named.setdefault(each.account, []).append(name or email)
    for other in further.order_by("pk").iterator(chunk_size=2000):
        email, name, _ = other.member.opened()
        named.setdefault(other.account, []).append(name or email)
    return named


def accounts_on(list_public_id: str) -> set[str]:
    """Return the ids of the accounts that the letters to a list are about."""
    on = RecipientListMember.objects.filter(recipient_list__public_id=list_public_id)
    further = FurtherAccount.objects.filter(member__recipient_list__public_id=list_public_id)
    found = set(on.exclude(account="").values_list("account", flat=True))
    return found | set(further.values_list("account", flat=True))


def count_members(list_public_id: str) -> int:
    return RecipientListMember.objects.filter(recipient_list__public_id=list_public_id).count()


def is_of_affected(list_public_id: str) -> bool:
    """Whether it is a list of people whose data was affected."""
    return RecipientList.objects.filter(public_id=list_public_id, segment=Segment.DATA).exists()


def is_demanded_of(list_public_id: str) -> bool:
    """Whether the law or a contract demands that somebody on a list gets its letter. It counts as
    demanded when the members were deleted, as those of data-affected lists are.
    """
    on = RecipientListMember.objects.filter(recipient_list__public_id=list_public_id)
    return on.filter(must=True).exists() or not on.exists()


def not_demanded_on(list_public_id: str, marks: Iterable[str]) -> set[str]:
    """Return which of these marks of addresses are of members whose letter nothing demands."""
    on = RecipientListMember.objects.filter(
        recipient_list__public_id=list_public_id, must=False, address_mark__in=list(marks)
    )
    return set(on.values_list("address_mark", flat=True))


def people_on(list_public_id: str) -> dict[str, str]:
    """Return everyone on a frozen list: address to name."""
    found = RecipientListMember.objects.filter(recipient_list__public_id=list_public_id)
    return dict(each.opened()[:2] for each in found.order_by("pk").iterator(chunk_size=2000))


def customers_as_csv(page: Page) -> str:
    """Return every customer and contact as CSV that ``import_customers`` reads back unchanged.

    Safe to open in a spreadsheet: a cell that begins like a formula is written as text.
    """
    columns = (
        "account_id", "name", "tier", "sla_target", "sla_credit", "regions", "components",
        "contact_name", "contact_email",
    )  # fmt: skip
    found = Customer.objects.filter(page=page).prefetch_related("contacts").order_by("pk")
    rows: list[tuple[str, ...]] = []
    for customer in found.iterator(chunk_size=500):
        account = (
            customer.account_id, customer.name, customer.tier, _percent(customer.sla_target),
            _percent(customer.sla_credit), "; ".join(customer.regions),
            "; ".join(customer.components),
        )  # fmt: skip
        contacts = [(c.name, c.email) for c in customer.contacts.all()]
        rows += [(*account, *contact) for contact in contacts or [("", "")]]
    return write_sheet(columns, rows)


def _percent(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
