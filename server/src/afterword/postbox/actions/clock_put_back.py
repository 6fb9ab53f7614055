"""Letters that were written while the clock was ahead do not wait until it is there again."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Least

from afterword.postbox.models import Letter, LetterState
from afterword.postbox.partly import READY
from afterword.postbox.states import MOST_ATTEMPTS, longest_before_retry, wait_before_retry

_AT_ONCE = 2_000
# Clocks of machines that share a database differ by as much: the letters of one whose clock is
# right must not lose a part of their wait to one whose clock is behind.
CLOCKS_DIFFER = timedelta(minutes=5)


def date_back(*, now: datetime) -> int:
    """Count letters as written now that were written in the future; return how many.

    What they had to wait for beyond that (the moment in which a run can be cancelled, the end of a
    night) they wait for from now on. One that was tried waits no longer than if it had been tried
    now, one that was given back untried not at all. What is in a sender's hands is left alone.
    """
    changed = 0
    while found := _date_some_back(now):
        changed += found
    return changed


def _date_some_back(now: datetime) -> int:
    ahead = _ahead(now)
    # Looked for outside the transaction: SQLite lets nobody else write while one is open, and
    # there is almost never any.
    ids = list(ahead.values_list("pk", flat=True)[:_AT_ONCE])
    if not ids:
        return 0
    with transaction.atomic():
        still = ahead.filter(pk__in=ids).select_for_update(skip_locked=True, of=("self",))
        rows = list(still.values_list("pk", "attempts", "claimed_by", "created_at", "next_at"))
        after_tries = [wait_before_retry(tries) for tries in range(MOST_ATTEMPTS)]
        waits: dict[timedelta, list[int]] = {}
        for pk, attempts, claimed_by, created_at, next_at in rows:
            if attempts:
                wait = after_tries[attempts]
            else:
                wait = timedelta(0) if claimed_by else max(timedelta(0), next_at - created_at)
            waits.setdefault(wait, []).append(pk)
        for wait, whose in waits.items():
            Letter.objects.filter(pk__in=whose).update(
                created_at=Least("created_at", Value(now)),
                next_at=Least("next_at", Value(now + wait)),
            )
    return len(rows)


def _ahead(now: datetime) -> "QuerySet[Letter]":
    """Return letters due at a moment that only a clock ahead of ours can have chosen. None is
    among them any more once it is dated back, so that a tried one is not tried without a pause.
    """
    latest = now + CLOCKS_DIFFER
    never_held = Q(attempts=0, claimed_by="", created_at__gt=latest)
    held = (
        Q(attempts=tries, next_at__gt=latest + longest_before_retry(tries))
        for tries in range(MOST_ATTEMPTS)
    )
    waiting = Letter.objects.filter(READY, state=LetterState.WAITING, next_at__gt=now)
    return waiting.filter(never_held | reduce(or_, held) & ~(Q(attempts=0, claimed_by="")))
