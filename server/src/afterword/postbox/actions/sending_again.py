"""Letters that were given up, let go once more because somebody asks for it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from afterword.postbox.models import Attempt, CameBack, Letter, LetterState
from afterword.postbox.outcomes import Outcome
from afterword.postbox.states import Event, sources

_AT_A_TIME = 500


def send_again(*, letter_ids: Collection[int], now: datetime) -> int:
    """Let these letters by mail be tried once more that were given up; return how many.

    Each stays the row it is, with its Message-ID, its words and its tries, which go on being
    counted: one that was tried twelve times gets one more. Left alone is what a server ever took,
    what was asked to stop, and what is in any other state by now. That an address is gone, which
    the server said then and nothing followed from yet, is forgotten: it is about to be asked again.
    """
    wanted, done = sorted(letter_ids), 0
    with transaction.atomic():
        for begin in range(0, len(wanted), _AT_A_TIME):
            some = Letter.objects.filter(
                pk__in=wanted[begin : begin + _AT_A_TIME], channel="email", stop_asked=False,
                state__in=sources(Event.SEND_AGAIN),
            )  # fmt: skip
            held = set(
                some.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True)
            )
            held -= set(
                Attempt.objects.filter(letter__in=held, outcome=Outcome.ACCEPTED.value).values_list(
                    "letter", flat=True
                )
            )
            CameBack.objects.filter(letter__in=held, handled=False).delete()
            done += Letter.objects.filter(pk__in=held).update(
                state=LetterState.WAITING, next_at=now
            )
    return done
