"""How often Python looks for circles of objects that nothing else holds."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 100_000

_lock = threading.Lock()
_inside = 0
_usual = gc.get_threshold()


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for circles a hundred times more seldom, in the whole process, while this goes on.

    For work that makes and drops many plain values: each look goes through all that are alive.
    Several may be inside at a time; the last to leave puts back what was before the first.
    """
    global _inside, _usual  # noqa: PLW0603  the collector is one for the whole process
    with _lock:
        if not _inside:
            _usual = gc.get_threshold()
            gc.set_threshold(_SELDOM, *_usual[1:])
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside:
                gc.set_threshold(*_usual)
