import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from afterword.postbox.actions.ordering import held_back_for_now, set_aside
from afterword.postbox.actions.overtaking import (
    OVERTAKEN,
    make_way,
    overtaken_among,
    put_back,
    why_stopped,
)
from afterword.postbox.actions.pacing import Allowed, allowed_now, count_claimed, count_given_back
from afterword.postbox.actions.plain_plans import by_indexes_alone
from afterword.postbox.actions.withdrawing import withdraw_these
from afterword.postbox.models import Lane, Letter, LetterState, Message, Stream
from afterword.postbox.outcomes import Bound, Claimed, Claims, InOrder, InTurn
from afterword.postbox.partly import AHEAD, READY
from afterword.postbox.states import NOTICES_STALE_AFTER, STALE_AFTER

TOO_OLD = "Not sent: it waited for more than 3 days, and old news only confuses."
NOTICE_TOO_OLD = "Not sent: it waited for more than 30 days."
UNWANTED = "Not sent: the address gets no more mail than what the law or a contract demands."
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
STEPS = 10
"""Looks at what is due, each a transaction, after which a claim that got nothing returns."""
BY_AGE_ALONE = 5
"""Of so many letters of a claim one is the oldest, whatever its lane: the rest never starves."""
_COLUMNS = "id, message_id, recipient, channel, fill, rfc_message_id, {}, attempts, about, lane"
# Each row's own time, made anew, takes longer than reading the rest of the row.
_CREATED = {"postgresql": "created_at::text", "sqlite": "created_at || '+00:00'"}
# PostgreSQL finds rows it has just locked by where they lie; SQLite's numbers are where they lie.
_PLACE = {"postgresql": "ctid", "sqlite": "id"}
_AMONG_PICKED = {
    "postgresql": "ctid = ANY(ARRAY(SELECT picked.place FROM picked))",
    "sqlite": "id IN (SELECT picked.place FROM picked)",
}

# What need not be sent: whoever asked for no mail, or whose mail came back, gets none of it.
_MAY_BE_UNWANTED = frozenset({Stream.STATUS, Stream.COURTESY})
Unwanted = Callable[[Sequence[Bound]], Collection[int]]


def at_once() -> int:
    """Return how many letters are best claimed at once: on SQLite others wait for as long."""
    return 1000 if connection.vendor == "postgresql" else 500


def claim(
    *,
    now: datetime,
    limit: int,
    lease_seconds: int,
    worker: str = "",
    channels: Collection[str] = ("email",),
    unwanted: Unwanted | None = None,
    ahead_only: bool = False,
    in_order: InOrder | None = None,
    expected: bool = False,
) -> Claims:
    """Take up to ``limit`` due letters of these channels and return them: first those of each lane
    (with ``ahead_only`` none but those), then the rest, oldest first.

    They are this worker's for ``lease_seconds``. Letters whose lease ran out are taken over. Those
    older than three days (notices: thirty) are withdrawn instead, and those that an order holds are
    put aside. ``unwanted`` is asked, in the claim's transaction, which of the letters that nothing
    demands must not go to their addresses any more; those are withdrawn. ``in_order`` is asked
    which words overtake which: older ones are withdrawn where newer ones left or are due, and newer
    ones wait for older ones in somebody's hands.

    Two workers never get the same letter: PostgreSQL skips locked rows, SQLite lets one writer in
    at a time. The claim is committed when this returns, unless a transaction is open. It takes a
    bounded number of steps: of a run of a million that was paused it puts some thousands aside, and
    says that it was cut short. ``expected`` spares it the look whether any are due, after which
    nothing is written.
    """
    due = _due(now, channels)
    # By lane as well: SQLite would walk through all that is due for those few.
    ahead = due.filter(AHEAD, lane__in=Lane.values)
    if ahead_only:
        due = ahead
    until = now + timedelta(seconds=lease_seconds)
    rows: list[tuple[Any, ...]] = []
    words: dict[int, Message] = {}
    aside, full, steps = True, False, 0
    while aside and not rows and steps < STEPS and ((expected and not steps) or due.exists()):
        steps += 1
        with transaction.atomic():
            held = held_back_for_now()
            most = Allowed(limit, limit)
            if "email" in channels:
                most = allowed_now(limit=limit, now=now)
            if not most.any:
                full = False
                break
            taken = []
            if ahead_only or ahead.exists():
                taken = _taken_ahead(ahead, most.any, until, worker[:120])
            if not ahead_only and (rest := min(most.any, most.last) - len(taken)) > 0:
                taken += _taken(due.order_by("next_at", "id")[:rest], until, worker[:120])
            full = len(taken) >= most.last
            rows = _without_stale(taken, now)
            aside = set_aside(letter_ids=[row[0] for row in rows if row[8] in held], now=now)
            aside = aside or len(rows) < len(taken)
            rows = [row for row in rows if row[8] not in held]
            words = Message.objects.in_bulk({row[1] for row in rows})
            if unwanted is not None and (dropped := _dropped(rows, words, unwanted)):
                aside = True
                rows = [row for row in rows if row[0] not in dropped]
            if in_order is not None and (kept := _kept_in_order(rows, in_order, now, held)):
                aside = True
                rows = [row for row in rows if row[0] not in kept]
            if "email" in channels:
                count_claimed(number=len(rows), now=now)
    rows.sort(key=lambda row: (row[9] is None, row[9] or 0, row[0]))
    found = Claims(
        Claimed(
            pk=row[0],
            message=words[row[1]],
            recipient=row[2],
            channel=row[3],
            fill=row[4],
            rfc_message_id=row[5],
            created_at=row[6],
            attempts=row[7],
            about=row[8],
            lease_until=until,
            claimed_by=worker[:120],
            claimed_at=now,
            goes_ahead=row[9] is not None,
        )
        for row in rows
    )
    found.more = full and (bool(rows) or steps == STEPS)
    return found


def _without_stale(rows: list[tuple[Any, ...]], now: datetime) -> list[tuple[Any, ...]]:
    first = now - STALE_AFTER
    old = [row for row in rows if row[6] < first]
    if not old:
        return rows
    words = Message.objects.filter(pk__in={row[1] for row in old}, stream=Stream.NOTICE)
    notices = set(words.values_list("pk", flat=True))
    news = {row[0] for row in old if row[1] not in notices}
    late = {row[0] for row in old if row[1] in notices and row[6] < now - NOTICES_STALE_AFTER}
    withdraw_these(Letter.objects.filter(pk__in=news), TOO_OLD)
    withdraw_these(Letter.objects.filter(pk__in=late), NOTICE_TOO_OLD)
    return [row for row in rows if row[0] not in news | late]


def _dropped(
    rows: list[tuple[Any, ...]], words: Mapping[int, Message], unwanted: Unwanted
) -> frozenset[int]:
    """Withdraw the letters that must not go to their addresses; return their numbers."""
    bound = [
        Bound(row[0], stream, row[2])
        for row in rows
        if (stream := words[row[1]].stream) in _MAY_BE_UNWANTED
    ]
    dropped = frozenset(unwanted(bound)) if bound else frozenset()
    if dropped:
        withdraw_these(Letter.objects.filter(pk__in=dropped), UNWANTED)
    return dropped


def _kept_in_order(
    rows: list[tuple[Any, ...]], in_order: InOrder, now: datetime, held: Collection[str]
) -> frozenset[int]:
    """Withdraw older words for newer ones, and let newer ones wait for older ones that may be
    leaving; return the numbers of all that are not to leave now.
    """
    line = in_order({row[8] for row in rows})
    if not (line.newer or line.older):
        return frozenset()
    letters = [InTurn(row[0], row[8], row[2], row[3]) for row in rows]
    gone = overtaken_among(letters=letters, line=line, now=now, held=held)
    if gone:
        withdraw_these(Letter.objects.filter(pk__in=gone), OVERTAKEN)
    waiting = make_way([each for each in letters if each.pk not in gone], line)
    if waiting:
        put_back(letter_ids=waiting, now=now)
    return gone | waiting


def release(*, letters: Sequence[Claimed], at: datetime, answer: str = "") -> None:
    """Give claimed letters back untried, due again at ``at``; no attempt is counted."""
    with transaction.atomic():
        for lease in {letter.lease_until for letter in letters}:
            ids = [letter.pk for letter in letters if letter.lease_until == lease]
            _release(Letter.objects.filter(pk__in=ids, lease_until=lease), at, answer)
        mails = (each for each in letters if each.channel == "email")
        count_given_back(claimed_at=[each.claimed_at for each in mails if each.claimed_at])


def release_claims_of(*, worker: str, now: datetime) -> int:
    """Give back what a worker of this name still holds, and return how many that were.

    Call it only when no living worker has the name (a lock says so); otherwise leases run out
    by themselves.
    """
    with transaction.atomic():
        # From the beginning of time: SQLite walks through an index only from somewhere on.
        held = Letter.objects.filter(
            READY, next_at__gt=_BEGINNING, claimed_by=worker[:120], state=LetterState.CLAIMED
        )
        return _release(held, now, "")


def sweep(*, now: datetime) -> int:
    """Withdraw letters that were asked to stop and whose sender is gone; return how many."""
    with transaction.atomic():
        left = (
            Letter.objects.filter(state=LetterState.CLAIMED, stop_asked=True, next_at__lte=now)
            .order_by("pk")
            .select_for_update(of=("self",), skip_locked=True)
            .values_list("pk", flat=True)
        )
        return Letter.objects.filter(pk__in=list(left)).update(
            state=LetterState.WITHDRAWN, lease_until=None, last_answer=why_stopped()
        )


def _due(now: datetime, channels: Collection[str]) -> "QuerySet[Letter]":
    return Letter.objects.filter(
        READY, next_at__lte=now, stop_asked=False, channel__in=list(channels)
    )


def _taken_ahead(
    ahead: "QuerySet[Letter]", most: int, until: datetime, worker: str
) -> list[tuple[Any, ...]]:
    """Claim letters that leave before the rest, a lane after the other."""
    found: list[tuple[Any, ...]] = []
    most -= most // BY_AGE_ALONE
    for lane in Lane:
        if len(found) < most:
            first = ahead.filter(lane=lane).order_by("next_at", "id")
            found += _taken(first[: most - len(found)], until, worker)
    return found


def _taken(due: "QuerySet[Letter]", until: datetime, worker: str) -> list[tuple[Any, ...]]:
    """Claim in one statement, and return its answer: ``_COLUMNS`` as Python values."""
    place = RawSQL(f"postbox_letter.{_PLACE[connection.vendor]}", ())  # noqa: S611  a name of ours
    picked, parameters = (
        due.select_for_update(skip_locked=True)
        .annotate(place=place)
        .values("place")
        .query.sql_with_params()
    )
    at = connection.ops.adapt_datetimefield_value(until)
    columns = _COLUMNS.format(_CREATED[connection.vendor])
    statement = (  # names and placeholders of ours, no words from outside
        f"WITH picked AS MATERIALIZED ({picked}) "  # noqa: S608
        "UPDATE postbox_letter SET state = %s, lease_until = %s, next_at = %s, claimed_by = %s "
        f"WHERE {_AMONG_PICKED[connection.vendor]} RETURNING {columns}"
    )
    by_indexes_alone()
    with connection.cursor() as cursor:
        cursor.execute(statement, (*parameters, LetterState.CLAIMED.value, at, at, worker))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    # All at once, and each time once: a mailing's letters were written at a few moments.
    fills = json.loads(f"[{','.join(row[4] for row in rows)}]")
    times = {found: datetime.fromisoformat(found) for found in {row[6] for row in rows}}
    return [
        (*row[:4], fill, row[5], times[row[6]], *row[7:])
        for row, fill in zip(rows, fills, strict=True)
    ]


def _release(held: "QuerySet[Letter]", at: datetime, answer: str) -> int:
    mine = held.filter(state=LetterState.CLAIMED)
    if connection.features.has_select_for_update:  # SQLite lets one writer in at a time
        locked = mine.order_by("pk").select_for_update(of=("self",))
        mine = Letter.objects.filter(pk__in=list(locked.values_list("pk", flat=True)))
    said = {"last_answer": answer[:500]} if answer else {}
    stopped = mine.filter(stop_asked=True).update(
        state=LetterState.WITHDRAWN, lease_until=None, last_answer=why_stopped()
    )
    freed = mine.filter(stop_asked=False).update(
        state=LetterState.WAITING, lease_until=None, next_at=at, **said
    )
    return stopped + freed
