"""Tests that look for live objects wake nothing else up."""

from tests.alive import alive


class Sleeper:
    """It says what class it is only by doing work, like a lazy object of a web framework."""

    @property
    def __class__(self) -> type:  # type: ignore[override]
        raise AssertionError("woken up")


class Kept:
    """What is looked for."""


def test_what_is_looked_for_is_found_and_a_lazy_object_sleeps_on() -> None:
    sleeper, kept = Sleeper(), Kept()
    assert alive(Kept) == [kept]
    assert type(sleeper) is Sleeper
