import gc
from collections.abc import Iterator

import pytest

from afterword.kit.garbage import seldom_collecting


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_circles_are_looked_for_as_before_when_the_last_has_left() -> None:
    gc.set_threshold(711, 12, 13)
    with seldom_collecting():
        with seldom_collecting():
            assert gc.get_threshold()[0] > 10_000
        assert gc.get_threshold()[0] > 10_000
    assert gc.get_threshold() == (711, 12, 13)


def test_a_fault_inside_puts_it_back_too() -> None:
    gc.set_threshold(711, 12, 13)
    with pytest.raises(ValueError, match="inside"), seldom_collecting():
        raise ValueError("inside")
    assert gc.get_threshold() == (711, 12, 13)
