from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet

from afterword.postbox.actions.turns import wait_for_posting
from afterword.postbox.models import Letter, LetterState, Stream
from afterword.postbox.states import Event, sources


def withdraw(*, recipient: str, streams: Sequence[Stream], reason: str) -> int:
    """Take back every unsent letter of these streams to the recipient; return how many.

    A letter in a sender's hands at this instant may still leave, but is never tried again.
    """
    unsent = Letter.objects.filter(recipient=recipient, message__stream__in=streams)
    return _withdraw_unsent(unsent, reason)


def withdraw_all(*, reasons: Mapping[str, str], streams: Sequence[Stream]) -> None:
    """Take back every unsent letter of these streams to any of the recipients, each with why."""
    unsent = Letter.objects.filter(recipient__in=list(reasons), message__stream__in=streams)
    with transaction.atomic():
        why: dict[str, list[int]] = {}
        for pk, recipient in _held_unsent(unsent).items():
            why.setdefault(reasons[recipient], []).append(pk)
        for reason, letters in why.items():
            withdraw_these(Letter.objects.filter(pk__in=letters), reason)


def withdraw_these(letters: "QuerySet[Letter]", reason: str) -> int:
    """Withdraw those of the letters that have not left; return how many."""
    return letters.filter(state__in=sources(Event.WITHDRAW)).update(
        state=LetterState.WITHDRAWN, lease_until=None, last_answer=reason[:500]
    )


def _withdraw_unsent(unsent: "QuerySet[Letter]", reason: str) -> int:
    with transaction.atomic():
        return withdraw_these(Letter.objects.filter(pk__in=_held_unsent(unsent)), reason)


def _held_unsent(unsent: "QuerySet[Letter]") -> dict[int, str]:
    """Hold the letters that have not left and return those in nobody's hands, with the recipient;
    the others are not tried again.
    """
    wait_for_posting()
    # One look holds them all: what is claimed or given back at this instant is not missed. In
    # the order of their ids, as everybody who holds several: else two may wait for each other.
    held = unsent.filter(state__in=sources(Event.WITHDRAW)).order_by("pk")
    rows = list(held.select_for_update(of=("self",)).values_list("pk", "state", "recipient"))
    claimed = [pk for pk, state, _ in rows if state == LetterState.CLAIMED]
    Letter.objects.filter(pk__in=claimed).update(stop_asked=True)
    # They must not be taken back either, should it turn out that the server refused everybody.
    unsent.filter(state=LetterState.FAILED).update(stop_asked=True)
    return {pk: recipient for pk, state, recipient in rows if state != LetterState.CLAIMED}
