"""Removing a customer or a contact: what goes, what stays, and what is still owed to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.actions.removing import take_out
from afterword.audience.models import Contact, Customer
from afterword.audience.queries.customers import (
    customer_with,
    hold_customers,
    is_of_affected,
    on_open_lists,
    only_of,
)
from afterword.components.models import Page
from afterword.fanout.models import Mailing
from afterword.kit.errors import NotFound, WrongState
from afterword.postbox.actions import forget_recipients, withdraw
from afterword.postbox.addresses import known_address
from afterword.postbox.models import Stream
from afterword.postbox.queries import letters_to
from afterword.publishing.models import Publication

_TO_LISTS: Final = (Stream.NOTICE, Stream.COURTESY)
_REMOVED: Final = "The customer, or the contact, was removed before it was sent."


@dataclass(frozen=True)
class Removal:
    """What removing somebody does. ``owed`` counts letters that the law or a contract demands and
    that have not left; ``waiting`` further ones, which are withdrawn; ``kept`` those that left and
    stay counted, without an address.
    """

    customer: Customer
    contact: Contact | None
    contacts: int
    leaving: tuple[str, ...]
    owed: int
    waiting: int
    kept: int
    owed_lists: frozenset[str]
    abouts: frozenset[str]


def what_goes(*, page: Page, account_id: str, email: str = "") -> Removal:
    """Return what removing the customer, or the contact with the address, would do. Raises
    NotFound.
    """
    customer = customer_with(page, account_id)
    contacts = list(customer.contacts.order_by("pk"))
    contact = _contact(contacts, email) if email else None
    going = [contact.email] if contact else [each.email for each in contacts]
    leaving = only_of(customer, going)
    letters = letters_to(leaving, _TO_LISTS)
    affected = _of_affected({about for _, about, _, _ in letters})
    mine = [each for each in letters if each[1] not in affected]
    open_lists = on_open_lists(customer, leaving)
    told = _finished([name for name, _ in open_lists])
    pending = [(name, must) for name, must in open_lists if name not in told]
    unsent = [stream for _, _, stream, waits in mine if waits]
    return Removal(
        customer,
        contact,
        contacts=len(going),
        leaving=tuple(leaving),
        owed=unsent.count(Stream.NOTICE) + sum(must for _, must in pending),
        waiting=unsent.count(Stream.COURTESY) + sum(not must for _, must in pending),
        kept=sum(not waits for _, _, _, waits in mine),
        owed_lists=frozenset(name for name, must in pending if must),
        abouts=frozenset(about for _, about, _, _ in mine),
    )


def remove_customer(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    account_id: str,
    email: str = "",
    despite_owed: bool = False,
) -> Removal:
    """Remove a customer with all contacts and what was measured of them, or the one contact with
    the address; return what that did.

    Letters that nothing demands are withdrawn. Those that left stay in the ledger, without address
    and figures, and every decision keeps its counts. An address that also stands for another
    account, is subscribed, or is on a data-affected list stays there.

    Raises NotFound, and WrongState while a letter that the law or a contract demands is still to
    leave; with ``despite_owed`` that letter leaves all the same, and the rest is removed.
    """
    require(actor, "manage_audience", page=page.pk)
    with transaction.atomic():
        hold_customers(page)
        found = what_goes(page=page, account_id=account_id, email=email)
        if found.owed and not despite_owed:
            letters = "1 letter" if found.owed == 1 else f"{found.owed} letters"
            raise WrongState(
                f"{letters} to {found.customer.name} that the law or a contract demands still "
                "has to leave. Wait until it has, change the follow-up plan, or remove them all "
                "the same: then it still leaves, and its address is kept with it."
            )
        withdrawn = sum(
            withdraw(recipient=each, streams=(Stream.COURTESY,), reason=_REMOVED)
            for each in found.leaving
        )
        forgotten = sum(
            forget_recipients(about=about, recipients=found.leaving) for about in found.abouts
        )
        take_out(
            actor=actor, now=now, customer=found.customer, contact=found.contact,
            leaving=found.leaving, stay_on=found.owed_lists,
            detail={
                "contacts": found.contacts, "withdrawn": withdrawn, "forgotten": forgotten,
                "owed": found.owed,
            },
        )  # fmt: skip
    return found


def _contact(contacts: list[Contact], email: str) -> Contact:
    address = known_address(email)
    for each in contacts:
        if each.email == address:
            return each
    raise NotFound("This customer has no contact with that address.")


def _of_affected(abouts: set[str]) -> set[str]:
    """Return which of these letters are notices about people's own data."""
    keys = {about: about.split(":")[1] for about in abouts if about.startswith("publication:")}
    lists = dict(
        Publication.objects.filter(pk__in=[int(key) for key in keys.values() if key.isdigit()])
        .exclude(recipient_list="")
        .values_list("pk", "recipient_list")
    )
    return {
        about for about, key in keys.items()
        if key.isdigit() and (name := lists.get(int(key))) and is_of_affected(name)
    }  # fmt: skip


def _finished(lists: list[str]) -> set[str]:
    """Return the lists whose letters are all written."""
    found = Mailing.objects.filter(publication__recipient_list__in=lists, expanded_at__isnull=False)
    return set(found.values_list("publication__recipient_list", flat=True))
