"""Caps on how many letters are claimed in a minute and in an hour, for all workers together."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from afterword.postbox.actions.clock_put_back import CLOCKS_DIFFER
from afterword.postbox.models import Pace

HOUR = timedelta(hours=1)


def is_capped() -> bool:
    return bool(settings.LETTERS_A_MINUTE or settings.LETTERS_AN_HOUR)


def allowed_now(*, limit: int, now: datetime) -> int:
    """Return how many of ``limit`` letters may be claimed. Must be called in the claim's
    transaction: until it ends no other worker counts.
    """
    if not is_capped():
        return limit
    minute = now.replace(second=0, microsecond=0)
    Pace.objects.get_or_create(minute=minute)
    Pace.objects.filter(Q(minute__lt=now - 2 * HOUR) | Q(minute__gt=now + 2 * HOUR)).delete()
    recent = dict(
        Pace.objects.select_for_update()
        # What was counted while the clock was ahead holds up nothing once it is right again.
        .filter(minute__gt=now - HOUR, minute__lte=now + CLOCKS_DIFFER)
        .order_by("minute")
        .values_list("minute", "claimed")
    )
    if settings.LETTERS_A_MINUTE:
        limit = min(limit, settings.LETTERS_A_MINUTE - recent[minute])
    if settings.LETTERS_AN_HOUR:
        limit = min(limit, settings.LETTERS_AN_HOUR - sum(recent.values()))
    return max(0, limit)


def count_claimed(*, number: int, now: datetime) -> None:
    """Count letters that were claimed under ``allowed_now``, in its transaction."""
    if is_capped():
        minute = now.replace(second=0, microsecond=0)
        Pace.objects.filter(minute=minute).update(claimed=F("claimed") + number)


def count_given_back(*, claimed_at: Iterable[datetime]) -> None:
    """Take letters that were claimed at these times and not tried out of the count of their own
    minutes: out of another one's, as many more would leave in it than may.
    """
    if is_capped():
        minutes = Counter(each.replace(second=0, microsecond=0) for each in claimed_at)
        for minute, number in minutes.items():
            Pace.objects.filter(minute=minute, claimed__gte=number).update(
                claimed=F("claimed") - number
            )
