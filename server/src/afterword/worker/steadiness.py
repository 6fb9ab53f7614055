"""Notices a clock that goes ahead at once, by which letters would seem old and leases run out."""

from collections.abc import Callable
from datetime import datetime, timedelta

from afterword.kit.steady_clock import seconds_up

JUMP = timedelta(hours=1)
DOUBT_SECONDS = 600


class Steadiness:
    """Holds the clock on the wall against one that cannot be set."""

    def __init__(self, now: datetime, steady: Callable[[], float] = seconds_up) -> None:
        self._steady = steady
        self._wall, self._passed = now, steady()
        self.ahead = timedelta(0)

    def jumped(self, now: datetime) -> bool:
        """Return whether the clock went ahead by more than an hour since it was asked before.

        One that is put back does no harm: letters from the future are dated back by the sweep.
        """
        passed = self._steady()
        self.ahead = now - self._wall - timedelta(seconds=passed - self._passed)
        self._wall, self._passed = now, passed
        return self.ahead > JUMP
