"""Taking a customer, or one of a customer's contacts, out of what is known here."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.models import (
    Contact,
    Customer,
    FurtherAccount,
    RecipientListMember,
    Segment,
)
from afterword.audience.sealed import address_mark
from afterword.audit.actions import record_act


def take_out(
    *,
    actor: Actor,
    now: datetime,
    customer: Customer,
    contact: Contact | None,
    leaving: Collection[str],
    stay_on: Collection[str],
    detail: dict[str, int],
) -> None:
    """Delete the customer with contacts and measurements, or the one contact; ``leaving`` are the
    addresses of whoever stands for no other account. They are taken off the customer's lists but
    those in ``stay_on`` (public ids), whose letter they are still owed. Lists keep their size.
    Whoever stands for another account too stays on a list, without what it says of this one; where
    their letter must be sent, it says so as long as the list is in force.

    Called by ``fanout.actions.remove_customer``, which knows of letters and of what is owed.
    """
    require(actor, "manage_audience", page=customer.page_id)
    with transaction.atomic():
        on_lists = RecipientListMember.objects.filter(
            recipient_list__page_id=customer.page_id, account=customer.account_id,
            address_mark__in=[address_mark(each) for each in leaving],
        ).exclude(recipient_list__segment=Segment.DATA)  # fmt: skip
        on_lists.exclude(recipient_list__public_id__in=list(stay_on), must=True).delete()
        going = [contact.email] if contact else customer.contacts.values_list("email", flat=True)
        told = FurtherAccount.objects.filter(
            account=customer.account_id, member__recipient_list__page_id=customer.page_id,
            member__address_mark__in=[address_mark(each) for each in going],
        )  # fmt: skip
        told.exclude(member__must=True, member__recipient_list__replaced_at=None).delete()
        account = customer.account_id
        if contact is None:
            customer.delete()
        else:
            contact.delete()
        record_act(
            actor=actor,
            verb="audience.remove_customer" if contact is None else "audience.remove_contact",
            subject=f"customer:{account}", now=now, detail=detail,
        )  # fmt: skip
