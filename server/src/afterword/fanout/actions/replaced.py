"""The text for everybody, for those it passed over because of a letter that a newer decision took
away from them before it was published.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from afterword.accounts.permissions import MACHINE
from afterword.audience.models import RecipientList
from afterword.audience.queries.customers import members
from afterword.audit.actions import record_act
from afterword.fanout.actions.instead import count_anew, is_written, write_instead
from afterword.fanout.choosing import texts_for_everybody
from afterword.fanout.models import ReplacedList
from afterword.postbox.states import STALE_AFTER
from afterword.publishing.models import Publication

_BATCH = 500


def tell_replaced(*, now: datetime, should_stop: Callable[[], bool]) -> None:
    """Write the texts for everybody that have left to whoever they passed over for a list that was
    replaced since, and to which nothing was published; some people at a time.

    Whoever decides has as long to decide again as letters wait to be cancelled.
    """
    decided = now - timedelta(seconds=settings.CANCEL_SECONDS)
    replaced = RecipientList.objects.filter(
        ~Exists(Publication.objects.filter(recipient_list=OuterRef("public_id"))),
        ~Exists(
            ReplacedList.objects.filter(recipient_list=OuterRef("pk"), ended_at__isnull=False)
        ),
        replaced_at__gt=now - STALE_AFTER, replaced_at__lte=decided,
    )  # fmt: skip
    for listed in list(replaced.select_related("page").order_by("pk")):
        while not should_stop() and _tell_some(listed, now):
            pass


def _tell_some(listed: RecipientList, now: datetime) -> bool:
    """Write to the next people on the list and move the cursor; return whether there are more."""
    with transaction.atomic():
        ReplacedList.objects.get_or_create(recipient_list=listed)
        row = ReplacedList.objects.select_for_update().get(recipient_list=listed)
        if row.ended_at is not None:
            return False
        texts = [
            each
            for each in texts_for_everybody(listed.page, listed.incident_ref, now)
            if listed.replaced_at is not None and each.published_at <= listed.replaced_at
        ]
        if any(not is_written(each) for each in texts):
            return False
        found = members(list_public_id=listed.public_id, after_id=row.cursor, limit=_BATCH)
        if not found or not texts:
            row.ended_at = now
            row.save(update_fields=["ended_at"])
            if texts:
                count_anew(texts)
                record_act(
                    actor=MACHINE, verb="fanout.told_replaced",
                    subject=f"incident:{listed.incident_ref}", now=now,
                    detail={"list": listed.public_id, "texts": len(texts)},
                )  # fmt: skip
            return False
        emails = [each.opened()[0] for each in found]
        for text in texts:
            write_instead(text=text, emails=emails, now=now)
        row.cursor = found[-1].pk
        row.save(update_fields=["cursor"])
        return True
