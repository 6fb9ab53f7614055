"""The server gets the checker ready while it already answers."""

import threading

from afterword.cli import serve
from plaintalk.pattern import EVERY


def test_every_pattern_is_compiled_beside_the_first_answers() -> None:
    serve._warm_up()
    for thread in threading.enumerate():
        if thread.name == "afterword-warm-up":
            thread.join(60)
    assert len(EVERY) > 500
    assert all(one.search != one._first_search for one in EVERY)
