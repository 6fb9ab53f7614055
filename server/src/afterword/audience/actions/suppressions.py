"""Addresses that get no letters but those the law or a contract demands."""

from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.actions.opting_out import note_opt_out
from afterword.audience.actions.subscribers import READER
from afterword.audience.links import no_such_link, read_way_out
from afterword.audience.models import OptOut, Subscriber, Suppression
from afterword.audience.sealed import address_mark
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.kit.errors import BadInput
from afterword.postbox.actions import withdraw
from afterword.postbox.addresses import known_address, normalised_address
from afterword.postbox.models import Stream

NOT_DEMANDED = (Stream.STATUS, Stream.COURTESY)
"""What goes to nobody who asked for no mail, or whose mail came back."""
_LEFT: Final = MappingProxyType({
    Suppression.Reason.ASKED.value: OptOut.How.ASKED,
    Suppression.Reason.COMPLAINED.value: OptOut.How.COMPLAINED,
})  # fmt: skip
_TAKEN_BACK = "The address gets no more mail than what must be sent."


def suppress(*, actor: Actor, now: datetime, page: Page, email: str, reason: str) -> Suppression:
    """Write nothing more to the address than what must be sent, and take back what waits for it;
    repeating it is harmless. Who asks for no more, or complains, is held for that and no longer
    because mail came back.

    Raises BadInput for what is no address or no reason we know.
    """
    require(actor, "manage_audience", page=page.pk)
    if reason not in Suppression.Reason.values:
        raise BadInput(f"Say why: {', '.join(Suppression.Reason.values)}.", {"reason": "not known"})
    return _hold(actor, now, page, normalised_address(email), reason)


def leave_letters(*, now: datetime, token: str) -> str:
    """Write no more letters that nothing demands to the reader of one, who used the link in it, and
    take back what waits for them; return their address. Repeating it is harmless.

    Raises NotFound for a link that is not ours.
    """
    way_out = read_way_out(token)
    page = Page.objects.filter(pk=way_out.page).first() if way_out else None
    if way_out is None or page is None:
        raise no_such_link()
    _hold(READER, now, page, way_out.email, Suppression.Reason.ASKED)
    return way_out.email


def _hold(actor: Actor, now: datetime, page: Page, address: str, reason: str) -> Suppression:
    with transaction.atomic():
        row, fresh = Suppression.objects.get_or_create(
            page=page, email=address, defaults={"reason": reason, "since": now}
        )
        came_back = Subscriber.objects.filter(page=page, email=address, confirmed_at__gt=row.since)
        asks_more = row.reason == Suppression.Reason.BOUNCED and reason in _LEFT
        if not fresh and (asks_more or came_back.exists()):
            row.reason, row.since = reason, now
            row.save(update_fields=["reason", "since"])
            fresh = True
        withdraw(recipient=address, streams=NOT_DEMANDED, reason=_TAKEN_BACK)
        if fresh:
            if reason in _LEFT:
                note_opt_out(page=page, email=address, how=_LEFT[reason], now=now)
            record_act(
                actor=actor, verb="audience.suppress", subject=f"address:{address_mark(address)}",
                now=now, detail={"reason": reason},
            )  # fmt: skip
    return row


def lift_suppression(*, actor: Actor, now: datetime, page: Page, email: str) -> bool:
    """Let letters go to the address again; return whether it was held. That somebody had asked for
    no more stays counted (``OptOut``).
    """
    require(actor, "manage_audience", page=page.pk)
    address = known_address(email)
    with transaction.atomic():
        gone, _ = Suppression.objects.filter(page=page, email=address).delete()
        if gone:
            record_act(
                actor=actor, verb="audience.lift_suppression",
                subject=f"address:{address_mark(address)}", now=now,
            )  # fmt: skip
    return bool(gone)
