"""Caps on how many letters are claimed in a minute and in an hour, for all workers together."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, Q

from afterword.postbox.actions.clock_put_back import CLOCKS_DIFFER
from afterword.postbox.models import Pace

HOUR = timedelta(hours=1)
_KEPT_OF = 20


def is_capped() -> bool:
    return bool(settings.LETTERS_A_MINUTE or settings.LETTERS_AN_HOUR)


class Allowed(NamedTuple):
    """How many letters may be claimed: of any kind, and of those that leave after all others."""

    any: int
    last: int


def allowed_now(*, limit: int, now: datetime) -> Allowed:
    """Return how many of ``limit`` letters may be claimed. Must be called in the claim's
    transaction: until it ends no other worker counts.

    A twentieth of each cap is kept for letters that leave before the rest, or whoever signs up
    would wait until a run has used no more of it.
    """
    if not is_capped():
        return Allowed(limit, limit)
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
    last = limit
    for cap, used in (
        (settings.LETTERS_A_MINUTE, recent[minute]),
        (settings.LETTERS_AN_HOUR, sum(recent.values())),
    ):
        if cap:
            limit, last = min(limit, cap - used), min(last, cap - cap // _KEPT_OF - used)
    return Allowed(max(0, limit), max(0, last))


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
