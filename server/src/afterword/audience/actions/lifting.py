"""Taking back what followed for addresses from mail that came back: the server was at fault."""

from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.models import Subscriber, SubscriberState, Suppression
from afterword.audience.queries.stopped import MOST_LIFTED, stopped_by
from afterword.audience.sealed import address_mark
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.kit.texts import required_text
from afterword.postbox.actions import settle_came_back

MAX_REASON = 500


def lift_stops(*, actor: Actor, now: datetime, page: Page, about: str, reason: str) -> int:
    """Let letters go again to the addresses that were stopped because letters about a thing were
    refused as gone, as if it had not been said; return how many addresses, at most two thousand.

    Left alone is whoever complained, asked for no more, or of whom other letters said the same.
    What a server said of those letters and nothing followed from yet is settled: nothing does.
    Raises NotAllowed, and BadInput without a reason.
    """
    require(actor, "manage_audience", page=page.pk)
    because = required_text(reason, field="reason", limit=MAX_REASON, single_line=False)
    with transaction.atomic():
        found = stopped_by(page, about)[:MOST_LIFTED]
        emails = [each.email for each in found]
        list(  # readers first, in the order of their ids, as by everybody
            Subscriber.objects.select_for_update(of=("self",))
            .filter(pk__in=[each.subscriber for each in found if each.subscriber])
            .order_by("pk").values_list("pk")
        )  # fmt: skip
        settle_came_back(about=about, recipients=emails)
        for each in found:
            Subscriber.objects.filter(pk=each.subscriber, state=SubscriberState.QUARANTINED).update(
                state=SubscriberState.ACTIVE, quarantined_because=""
            )
            Suppression.objects.filter(
                pk=each.suppression, reason=Suppression.Reason.BOUNCED
            ).delete()
        for email in emails:
            record_act(
                actor=actor, verb="audience.lift_stop", subject=f"address:{address_mark(email)}",
                now=now, detail={"because": because, "letters_about": about},
            )  # fmt: skip
    return len(found)
