"""Orders about all letters of one thing: pause, go on, stop. They hold at once for every sender."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from afterword.postbox.actions.withdrawing import withdraw_these
from afterword.postbox.breaker import RESTS, RUN_RESTS
from afterword.postbox.models import Letter, LetterState, Order, Wish
from afterword.postbox.states import Event, sources

AT_A_TIME = 2_000
_STEPS_AT_ONCE = 3


def pause_about(*, about: str, now: datetime) -> None:
    """Let no letter about a thing be claimed any more, whether it is written or still to be.

    What a sender holds at this instant may leave; it looks about once a second. An order to stop
    stays what it is.
    """
    _order(about, Wish.PAUSE, now, "")


def rest_about(*, about: str, now: datetime, says: str) -> None:
    """Pause the letters about a thing for an hour, for the mail server refuses them while others
    leave; ``says`` is why. What a person ordered stays.
    """
    with transaction.atomic():
        Order.objects.select_for_update().get_or_create(
            about=about, defaults={"wish": Wish.PAUSE, "since": now, "says": says[:200]}
        )


def _end_rests(now: datetime) -> None:
    """Let those go on that rested for long enough; a person's pause says nothing and stays."""
    resting = Order.objects.filter(wish=Wish.PAUSE, since__lte=now - RUN_RESTS)
    resting.filter(says__startswith=RESTS).update(wish=Wish.GO_ON, since=now, says="")


def go_on_about(*, about: str, now: datetime) -> None:
    """Take back a pause. What was put aside is due again: the first few thousand at once, the
    others as ``carry_out`` gets to them. Without a pause nothing happens.
    """
    with transaction.atomic():
        held = Order.objects.select_for_update().filter(about=about, wish=Wish.PAUSE)
        if held.update(wish=Wish.GO_ON, since=now):
            _step_some(about, now)


def stop_about(*, about: str, now: datetime, says: str) -> None:
    """Withdraw every letter about a thing that has not left, for good. No letter about it may be
    written after this.
    """
    with transaction.atomic():
        _order(about, Wish.STOP, now, says)
        _step_some(about, now)


def carry_out(*, now: datetime) -> bool:
    """Move the next letters that orders are about, and end the rests of runs that are over; return
    whether more are left to move.
    """
    _end_rests(now)
    waiting = Order.objects.exclude(wish=Wish.PAUSE).order_by("pk")
    return any(_step(about, now) for about in list(waiting.values_list("about", flat=True)))


def held_back_for_now() -> frozenset[str]:
    """Return the things about which no letter leaves. Must be called in the claim's transaction:
    the orders stay as they are until it ends, so that no letter is put aside after its pause.
    """
    held = Order.objects.select_for_update().filter(wish__in=(Wish.PAUSE, Wish.STOP))
    return frozenset(held.values_list("about", flat=True))


def set_aside(*, letter_ids: Sequence[int], now: datetime) -> bool:
    """Put letters aside that were to be claimed; return whether there were any."""
    if not letter_ids:
        return False
    Letter.objects.filter(pk__in=letter_ids, state__in=sources(Event.PAUSE)).update(
        state=LetterState.PAUSED, lease_until=None, next_at=now
    )
    return True


def _order(about: str, wish: Wish, now: datetime, says: str) -> None:
    with transaction.atomic():
        order, fresh = Order.objects.select_for_update().get_or_create(
            about=about, defaults={"wish": wish, "since": now, "says": says[:200]}
        )
        if wish == Wish.PAUSE == order.wish and order.says:
            # It rested by itself, and a person pauses it now: until a person lets it go on.
            Order.objects.filter(pk=order.pk).update(says="", since=now)
        if fresh or order.wish in {wish, Wish.STOP}:
            return
        order.wish, order.since, order.says = wish, now, says[:200]
        order.save(update_fields=["wish", "since", "says"])


def _step_some(about: str, now: datetime) -> None:
    for _ in range(_STEPS_AT_ONCE):
        if not _step(about, now):
            return


def _step(about: str, now: datetime) -> bool:
    """Move some letters of an order, or cross it out; return whether the next step can do more.

    It never waits for a letter while it holds others, or it and whoever writes down results could
    wait for each other: one that somebody holds at this instant is left to a later step.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().filter(about=about).first()
        if order is None or order.wish == Wish.PAUSE:
            return False
        event = Event.GO_ON if order.wish == Wish.GO_ON else Event.WITHDRAW
        lying = Letter.objects.filter(about=about, state__in=set(sources(event)) - {"claimed"})
        ids = _free(lying)
        left = lying
        if order.wish == Wish.STOP:
            in_hand = Letter.objects.filter(
                about=about, state=LetterState.CLAIMED, stop_asked=False
            )
            Letter.objects.filter(pk__in=_free(in_hand)).update(stop_asked=True)
            # Those must not wait again either, should the server turn out to refuse everybody.
            given_up = Letter.objects.filter(
                about=about, state=LetterState.FAILED, stop_asked=False
            )
            Letter.objects.filter(pk__in=_free(given_up)).update(stop_asked=True)
            withdraw_these(Letter.objects.filter(pk__in=ids), order.says)
            left = lying | in_hand | given_up
        else:
            Letter.objects.filter(pk__in=ids).update(state=LetterState.WAITING, next_at=now)
        if left.exists():
            return bool(ids)
        order.delete()
        return False


def _free(letters: "QuerySet[Letter]") -> list[int]:
    """Hold some of the letters that nobody else holds, by their ids, and return those."""
    free = letters.order_by("pk").select_for_update(of=("self",), skip_locked=True)
    return list(free.values_list("pk", flat=True)[:AT_A_TIME])
