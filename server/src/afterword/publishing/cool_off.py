"""How long a text rests between its last change and its leaving. Pure; times UTC.

Source: our policy defaults. Summaries and letters rest an hour, and until nine in the morning when
they were written at night; a closure, a note, an interim text and a correction rest not at all, for
waiting would cost readers more. A data notice has a clock of the law and does not wait for ours.
What is mailed to many can be cancelled for five minutes.
"""

from datetime import datetime, time, timedelta
from typing import Final

from afterword.publishing.models import PublicationKind

REST: Final = timedelta(minutes=60)
NIGHT_FROM, NIGHT_TO, MORNING = time(22), time(6), time(9)
MANY: Final = 100
CANCEL_WINDOW: Final = timedelta(minutes=5)
_RESTS: Final = frozenset({PublicationKind.SUMMARY, PublicationKind.FOLLOW_UP})


def rests_until(kind: str, *, interim: bool, written_at: datetime) -> datetime | None:
    """Return until when a text of the kind rests, None when it does not."""
    if kind not in _RESTS or interim:
        return None
    return max(written_at + REST, _morning_after(written_at) or written_at)


def _morning_after(written_at: datetime) -> datetime | None:
    """Return nine o'clock after a night; None for what was written by day."""
    at = written_at.timetz().replace(tzinfo=None)
    if NIGHT_TO <= at < NIGHT_FROM:
        return None
    day = written_at.date() + timedelta(days=1 if at >= NIGHT_FROM else 0)
    return datetime.combine(day, MORNING, written_at.tzinfo)


def leaves_at(
    kind: str, *, interim: bool, written_at: datetime, recipients: int, now: datetime
) -> datetime:
    """Return the earliest time a text leaves when somebody presses publish now; ``now`` for at
    once.
    """
    rested = rests_until(kind, interim=interim, written_at=written_at)
    window = now + CANCEL_WINDOW if recipients > MANY else now
    return max(now, rested or now, window)
