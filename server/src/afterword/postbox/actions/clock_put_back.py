"""Letters that were written while the clock was ahead do not wait until it is there again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Least

from afterword.postbox.models import Attempt, Letter, LetterState
from afterword.postbox.partly import READY

_AT_ONCE = 2_000
# Machines differ by as much, and it does no harm.
_LET_PASS = timedelta(minutes=1)


def date_back(*, now: datetime) -> int:
    """Count letters as written now that were written in the future; return how many.

    What they had to wait for beyond that (the moment in which a run can be cancelled, the end of a
    night) they wait for from now on. One that was tried in the future is due again. What is in a
    sender's hands is left alone.
    """
    changed = 0
    while found := _date_some_back(now):
        changed += found
    return changed


def _date_some_back(now: datetime) -> int:
    soon = now + _LET_PASS
    tries = Attempt.objects.filter(letter=OuterRef("pk")).order_by("-pk")
    waiting = Letter.objects.filter(READY, state=LetterState.WAITING, next_at__gt=now)
    ahead = waiting.annotate(tried_at=Subquery(tries.values("at")[:1])).filter(
        Q(attempts=0, created_at__gt=soon) | Q(attempts__gt=0, tried_at__gt=soon)
    )
    with transaction.atomic():
        rows = list(
            ahead.select_for_update(skip_locked=True, of=("self",)).values_list(
                "pk", "attempts", "created_at", "next_at"
            )[:_AT_ONCE]
        )
        waits: dict[timedelta, list[int]] = {}
        for pk, attempts, created_at, next_at in rows:
            wait = timedelta(0) if attempts else max(timedelta(0), next_at - created_at)
            waits.setdefault(wait, []).append(pk)
        for wait, ids in waits.items():
            found = Letter.objects.filter(pk__in=ids)
            found.update(created_at=Least("created_at", Value(now)), next_at=now + wait)
    return len(rows)
