"""Words that are older than others about the same thing: they do not leave after those."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, F, Q, Value, When

from afterword.kit.among import among
from afterword.postbox.actions.withdrawing import withdraw_these
from afterword.postbox.models import Letter, LetterState
from afterword.postbox.outcomes import InTurn, Succession

OVERTAKEN = "Not sent: newer words about the same incident leave instead."
STOPPED = "Withdrawn on request."
WAITS = timedelta(seconds=3)
"""How long newer words wait for older ones that are in a sender's hands to come out of them."""


def overtaken_among(
    *, letters: Sequence[InTurn], line: Succession, now: datetime, held: Collection[str]
) -> frozenset[int]:
    """Return the numbers of the letters whose recipients have newer words, or get them now: due, or
    tried already. ``held`` are the things about which no letter leaves.
    """
    older = [each for each in letters if each.about in line.newer]
    if not older:
        return frozenset()
    abouts = {about for each in older for about in line.newer[each.about]} - set(held)
    tried_or_due = Q(next_at__lte=now) | Q(attempts__gt=0)
    leaving = Q(stop_asked=False) & (
        Q(state=LetterState.CLAIMED) | Q(state=LetterState.WAITING) & tried_or_due
    )
    found = _to(older, abouts).filter(Q(state=LetterState.SENT) | leaving)
    newer = set(found.values_list("about", "recipient", "channel"))
    return frozenset(
        each.pk
        for each in older
        if any((about, each.recipient, each.channel) in newer for about in line.newer[each.about])
    )


def make_way(letters: Sequence[InTurn], line: Succession) -> frozenset[int]:
    """Withdraw the older words to whom these letters are about to leave; return the numbers of
    those that have to wait, for the older ones are in somebody's hands and may leave.

    Those are asked back: a letter that its sender has not begun with is withdrawn, and one that
    does not arrive is not tried again. It must be called in the claim's transaction. It waits for
    no letter, or two claims could wait for each other.
    """
    newer = [each for each in letters if each.about in line.older]
    if not newer:
        return frozenset()
    wanted = {
        (about, each.recipient, each.channel)
        for each in newer
        for about in line.older[each.about]
    }  # fmt: skip
    unsent = (LetterState.WAITING, LetterState.PAUSED, LetterState.CLAIMED)
    found = _to(newer, {about for about, _, _ in wanted}).filter(state__in=unsent)
    rows = found.values_list("pk", "about", "recipient", "channel")
    in_the_way = {row[0]: row[1:] for row in rows if row[1:] in wanted}
    if not in_the_way:
        return frozenset()
    mine = Letter.objects.filter(pk__in=in_the_way, state__in=unsent).order_by("pk")
    states = dict(
        mine.select_for_update(of=("self",), skip_locked=True).values_list("pk", "state")
    )  # fmt: skip
    in_hands = {pk for pk, state in states.items() if state == LetterState.CLAIMED}
    Letter.objects.filter(pk__in=in_hands).update(stop_asked=True, last_answer=OVERTAKEN)
    free = states.keys() - in_hands
    withdraw_these(Letter.objects.filter(pk__in=free), OVERTAKEN)
    left = {key for pk, key in in_the_way.items() if pk not in free}
    return frozenset(
        each.pk
        for each in newer
        if any((about, each.recipient, each.channel) in left for about in line.older[each.about])
    )


def put_back(*, letter_ids: Collection[int], now: datetime) -> None:
    """Let letters that were just claimed wait for a moment."""
    Letter.objects.filter(pk__in=letter_ids, state=LetterState.CLAIMED).update(
        state=LetterState.WAITING, lease_until=None, next_at=now + WAITS
    )


def why_stopped() -> Case:
    """Return what a letter says that was asked to stop while it was in somebody's hands."""
    return Case(When(last_answer=OVERTAKEN, then=F("last_answer")), default=Value(STOPPED))


def _to(letters: Sequence[InTurn], abouts: Collection[str]) -> Any:
    recipients = {each.recipient for each in letters}
    found = Letter.objects.filter(among("recipient", recipients), about__in=abouts)
    return found.order_by()
