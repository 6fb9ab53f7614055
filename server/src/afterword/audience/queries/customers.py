"""Who is a customer, whose data was affected, who is on a frozen list, and how many."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from afterword.audience.models import (
    AffectedPerson,
    Contact,
    Customer,
    RecipientListMember,
)
from afterword.audience.queries.subscribers import count_active
from afterword.audience.sheets import write_sheet
from afterword.components.models import Page


@dataclass(frozen=True)
class Counts:
    """How many people each segment reaches now, each address once."""

    everyone: int
    data_affected: int
    sla: int


def counts(page: Page, incident_ref: str) -> Counts:
    """Count the people of each segment as they are at this moment."""
    return Counts(
        everyone=count_active(page),
        data_affected=AffectedPerson.objects.filter(page=page, incident_ref=incident_ref).count(),
        sla=_sla_contacts(page).values("email").distinct().count(),
    )


def affected_people(page: Page, incident_ref: str) -> Iterator[tuple[str, str]]:
    """Yield (address, name) of everyone on the incident's data-affected list."""
    found = AffectedPerson.objects.filter(page=page, incident_ref=incident_ref)
    yield from found.order_by("pk").values_list("email", "name").iterator(chunk_size=2000)


def sla_people(page: Page) -> Iterator[tuple[str, str]]:
    """Yield (address, name) of every contact of a customer with an SLA target.

    Somebody who stands for two customers comes twice; a frozen list keeps them once.
    """
    found = _sla_contacts(page).order_by("pk").values_list("email", "name")
    yield from found.iterator(chunk_size=2000)


def customers_of(page: Page, *, limit: int = 500) -> list[Customer]:
    """Return customers by name, with their contacts, at most ``limit``."""
    found = Customer.objects.filter(page=page).prefetch_related("contacts")
    return list(found.order_by("name", "pk")[:limit])


def members(list_public_id: str, after_id: int, limit: int) -> list[RecipientListMember]:
    """Return members of a frozen list with id > after_id, by id, at most ``limit``."""
    found = RecipientListMember.objects.filter(
        recipient_list__public_id=list_public_id, pk__gt=after_id
    )
    return list(found.order_by("pk")[:limit])


def count_members(list_public_id: str) -> int:
    return RecipientListMember.objects.filter(recipient_list__public_id=list_public_id).count()


def people_on(list_public_id: str) -> dict[str, str]:
    """Return everyone on a frozen list: address to name."""
    found = RecipientListMember.objects.filter(recipient_list__public_id=list_public_id)
    return dict(found.values_list("email", "name"))


def customers_as_csv(page: Page) -> str:
    """Return every customer and contact as CSV that ``import_customers`` reads back unchanged.

    Safe to open in a spreadsheet: a cell that begins like a formula is written as text.
    """
    columns = ("account_id", "name", "tier", "sla_target", "contact_name", "contact_email")
    found = Customer.objects.filter(page=page).prefetch_related("contacts").order_by("pk")
    rows: list[tuple[str, ...]] = []
    for customer in found.iterator(chunk_size=500):
        target = "" if customer.sla_target is None else f"{customer.sla_target:f}"
        account = (customer.account_id, customer.name, customer.tier, target)
        contacts = [(c.name, c.email) for c in customer.contacts.all()]
        rows += [(*account, *contact) for contact in contacts or [("", "")]]
    return write_sheet(columns, rows)


def _sla_contacts(page: Page) -> QuerySet[Contact]:
    return Contact.objects.filter(customer__page=page, customer__sla_target__isnull=False)
