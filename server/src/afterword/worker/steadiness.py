"""Notices a clock that goes ahead at once, by which letters would seem old and leases run out."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

JUMP = timedelta(hours=1)
DOUBT_SECONDS = 600


def _since_the_machine_started() -> float:
    """Return seconds that nobody sets, counting those for which the machine slept."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Steadiness:
    """Holds the clock on the wall against one that cannot be set."""

    def __init__(
        self, now: datetime, steady: Callable[[], float] = _since_the_machine_started
    ) -> None:
        self._steady = steady
        self._wall, self._passed = now, steady()
        self.ahead = timedelta(0)

    def jumped(self, now: datetime) -> bool:
        """Return whether the clock went ahead by more than an hour since it was asked before.

        One that is put back does no harm: what is due later is sent later.
        """
        passed = self._steady()
        self.ahead = now - self._wall - timedelta(seconds=passed - self._passed)
        self._wall, self._passed = now, passed
        return self.ahead > JUMP
