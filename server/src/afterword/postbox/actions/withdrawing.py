from collections.abc import Sequence

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


def withdraw_these(letters: "QuerySet[Letter]", reason: str) -> int:
    """Withdraw those of the letters that have not left; return how many."""
    return letters.filter(state__in=sources(Event.WITHDRAW)).update(
        state=LetterState.WITHDRAWN, lease_until=None, last_answer=reason[:500]
    )


def _withdraw_unsent(unsent: "QuerySet[Letter]", reason: str) -> int:
    with transaction.atomic():
        wait_for_posting()
        # One look holds them all: what is claimed or given back at this instant is not missed. In
        # the order of their ids, as everybody who holds several: else two may wait for each other.
        held = unsent.filter(state__in=sources(Event.WITHDRAW)).order_by("pk")
        held = held.select_for_update(of=("self",))
        states = dict(held.values_list("pk", "state"))
        claimed = {pk for pk, state in states.items() if state == LetterState.CLAIMED}
        Letter.objects.filter(pk__in=claimed).update(stop_asked=True)
        # They must not be taken back either, should it turn out that the server refused everybody.
        unsent.filter(state=LetterState.FAILED).update(stop_asked=True)
        return withdraw_these(Letter.objects.filter(pk__in=states.keys() - claimed), reason)
