"""A clock that jumps is noticed; one that was asleep with the machine is not suspected."""

from datetime import datetime, timedelta

import pytest

from afterword.worker.steadiness import Steadiness


@pytest.mark.parametrize(
    ("wall", "passed", "jumped"),
    [
        (timedelta(seconds=1), 1.0, False),
        (timedelta(hours=9), 9 * 3600.0, False),
        (timedelta(minutes=50), 1.0, False),
        (timedelta(days=4), 1.0, True),
        (timedelta(days=-4), 1.0, False),
    ],
)
def test_only_a_clock_that_goes_ahead_at_once_is_doubted(
    now: datetime, wall: timedelta, passed: float, jumped: bool
) -> None:
    seconds = [100.0]
    steady = Steadiness(now, lambda: seconds[0])
    assert not steady.jumped(now)
    seconds[0] += passed
    assert steady.jumped(now + wall) is jumped
    # It is told once; what comes after is held against the new time.
    assert not steady.jumped(now + wall)
