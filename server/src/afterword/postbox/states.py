"""What may happen to a letter, as one pure table. Sent and withdrawn are final, and so is failed,
except where the server turns out to refuse nearly everybody, and where somebody sends it again.
"""

import random
from datetime import timedelta
from enum import StrEnum

from afterword.postbox.models import LetterState
from afterword.postbox.outcomes import Outcome

WAITING, CLAIMED = LetterState.WAITING, LetterState.CLAIMED
PAUSED, SENT, FAILED, WITHDRAWN = (
    LetterState.PAUSED, LetterState.SENT, LetterState.FAILED, LetterState.WITHDRAWN,
)  # fmt: skip

MOST_ATTEMPTS = 12
"""Tries that reached the other side before a letter is given up: about 20 hours of retrying."""

STALE_AFTER = timedelta(days=3)
"""Letters and publications older than this are never sent: old news only confuses, and a
restored backup would otherwise mail the past again. Notices wait longer."""

NOTICES_STALE_AFTER = timedelta(days=30)
"""The same for notices: the law or a contract demands that they arrive, however long they had to
wait, and until then the files of what left guard against a restored backup."""

_FIRST_WAIT, _LONGEST_WAIT = 60.0, 4 * 3600.0


class Event(StrEnum):
    CLAIM = "claim"
    ACCEPTED = "accepted"
    RETRY = "retry"
    GIVE_UP = "give_up"
    TAKE_BACK = "take_back"
    SEND_AGAIN = "send_again"
    RELEASE = "release"
    PAUSE = "pause"
    GO_ON = "go_on"
    WITHDRAW = "withdraw"


TRANSITIONS: dict[tuple[LetterState, Event], LetterState] = {
    (WAITING, Event.CLAIM): CLAIMED,
    # The lease ran out: whoever held the letter is gone, and another sender takes it over.
    (CLAIMED, Event.CLAIM): CLAIMED,
    (CLAIMED, Event.ACCEPTED): SENT,
    # A sender that lost its lease still knows that the letter left; the letter must not go again.
    (WAITING, Event.ACCEPTED): SENT,
    (PAUSED, Event.ACCEPTED): SENT,
    (CLAIMED, Event.RETRY): WAITING,
    (CLAIMED, Event.GIVE_UP): FAILED,
    # The server refuses too many: it was not about this recipient, and the letter never left.
    (FAILED, Event.TAKE_BACK): WAITING,
    # A person asks for it, with a reason: the server was wrong, or has mended itself.
    (FAILED, Event.SEND_AGAIN): WAITING,
    (CLAIMED, Event.RELEASE): WAITING,
    # Whoever would claim a letter that an order holds puts it aside instead.
    (WAITING, Event.PAUSE): PAUSED,
    (CLAIMED, Event.PAUSE): PAUSED,
    (PAUSED, Event.GO_ON): WAITING,
    (WAITING, Event.WITHDRAW): WITHDRAWN,
    (PAUSED, Event.WITHDRAW): WITHDRAWN,
    (CLAIMED, Event.WITHDRAW): WITHDRAWN,
}


def sources(event: Event) -> tuple[LetterState, ...]:
    """Return the states in which the event may happen."""
    return tuple(state for (state, e) in TRANSITIONS if e is event)


def event_after(outcome: Outcome, attempts: int) -> Event:
    """Return what an outcome means for a letter, ``attempts`` counting the try that ended so."""
    if outcome is Outcome.ACCEPTED:
        return Event.ACCEPTED
    if outcome is Outcome.REFUSED or attempts >= MOST_ATTEMPTS:
        return Event.GIVE_UP
    return Event.RETRY


def wait_before_retry(attempts: int) -> timedelta:
    """Return how long to wait after the given number of tries: 1 minute doubling to 4 hours.

    Up to a quarter is added by chance, so that letters deferred together do not return together.
    """
    return _least_wait(attempts) * (1 + random.random() / 4)  # noqa: S311


def longest_before_retry(attempts: int) -> timedelta:
    """Return the most that ``wait_before_retry`` can return."""
    return _least_wait(attempts) * 1.25


def _least_wait(attempts: int) -> timedelta:
    return timedelta(seconds=min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** max(0, attempts - 1)))
