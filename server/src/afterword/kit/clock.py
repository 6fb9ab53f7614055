"""The only place that asks what time it is; everyone else is told."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Return the current instant, zone-aware, in UTC, with microseconds."""
    return datetime.now(UTC)


def seconds_up() -> float:
    """Return seconds on a clock of this machine that nobody sets and that goes on while it sleeps.

    Only good for lengths of time, and only until the machine starts anew.
    """
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
