"""Addresses that get no letters but those the law or a contract demands."""

from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.models import Subscriber, Suppression
from afterword.audience.sealed import address_mark
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.kit.errors import BadInput
from afterword.postbox.actions import withdraw
from afterword.postbox.addresses import normalised_address
from afterword.postbox.models import Stream

NOT_DEMANDED = (Stream.STATUS, Stream.COURTESY)
"""What goes to nobody who asked for no mail, or whose mail came back."""
_TAKEN_BACK = "The address gets no more mail than what must be sent."


def suppress(*, actor: Actor, now: datetime, page: Page, email: str, reason: str) -> Suppression:
    """Write nothing more to the address than what must be sent, and take back what waits for it;
    repeating it is harmless.

    Raises BadInput for what is no address or no reason we know.
    """
    require(actor, "manage_audience", page=page.pk)
    if reason not in Suppression.Reason.values:
        raise BadInput(f"Say why: {', '.join(Suppression.Reason.values)}.", {"reason": "not known"})
    address = normalised_address(email)
    with transaction.atomic():
        row, fresh = Suppression.objects.get_or_create(
            page=page, email=address, defaults={"reason": reason, "since": now}
        )
        came_back = Subscriber.objects.filter(page=page, email=address, confirmed_at__gt=row.since)
        if not fresh and came_back.exists():
            row.reason, row.since = reason, now
            row.save(update_fields=["reason", "since"])
            fresh = True
        withdraw(recipient=address, streams=NOT_DEMANDED, reason=_TAKEN_BACK)
        if fresh:
            record_act(
                actor=actor, verb="audience.suppress", subject=f"address:{address_mark(address)}",
                now=now, detail={"reason": reason},
            )  # fmt: skip
    return row


def lift_suppression(*, actor: Actor, now: datetime, page: Page, email: str) -> bool:
    """Let letters go to the address again; return whether it was held."""
    require(actor, "manage_audience", page=page.pk)
    address = normalised_address(email)
    with transaction.atomic():
        gone, _ = Suppression.objects.filter(page=page, email=address).delete()
        if gone:
            record_act(
                actor=actor, verb="audience.lift_suppression",
                subject=f"address:{address_mark(address)}", now=now,
            )  # fmt: skip
    return bool(gone)
