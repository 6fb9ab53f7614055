"""Bringing in readers who gave their consent elsewhere. They get no confirmation mail."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.models import Subscriber, SubscriberState
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.postbox.addresses import normalised_address

_BATCH = 500


def import_subscribers(
    *, actor: Actor, now: datetime, page: Page, emails: Iterable[str], source: str
) -> int:
    """Add confirmed subscribers; return how many are new. Who is known already stays as they are,
    also when they have unsubscribed. Raises BadInput for what is no address, writing nothing.
    """
    require(actor, "manage_audience", page=page.pk)
    wanted = {normalised_address(email) for email in emails}
    with transaction.atomic():
        list(Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk"))
        known = Subscriber.objects.filter(page=page, email__in=wanted)
        fresh = sorted(wanted - set(known.values_list("email", flat=True)))
        Subscriber.objects.bulk_create(
            (
                Subscriber(
                    page=page, email=email, state=SubscriberState.ACTIVE, created_at=now,
                    confirmed_at=now, source=source[:60],
                )
                for email in fresh
            ),
            batch_size=_BATCH,
        )  # fmt: skip
        if fresh:
            record_act(
                actor=actor, verb="audience.import_subscribers",
                subject=f"page:{page.public_id}", now=now, detail={"added": len(fresh)},
            )  # fmt: skip
    return len(fresh)
