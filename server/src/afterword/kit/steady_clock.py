"""How long something took, on a clock that nobody sets."""

import time


def seconds_up() -> float:
    """Return seconds on a clock of this machine that nobody sets and that goes on while it sleeps.

    Only good for lengths of time, and only until the machine starts anew.
    """
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
