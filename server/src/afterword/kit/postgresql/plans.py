"""How PostgreSQL finds what is asked for by thousands of keys.

It takes a page found by an index to cost four times one that is read in turn, as on a disk with a
moving head, and reads through a whole history for the rows of a quarter.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

BY_INDEX: Final = "1.1"
"""What a page found by an index costs, with one read in turn as 1."""
AS_DELIVERED: Final = "4"


@contextmanager
def found_by_index() -> Iterator[None]:
    """Have a page found by an index cost about as much as one read in turn, while this goes on.

    Where somebody has said there what it costs, and on SQLite, it changes nothing.
    """
    if connection.vendor != "postgresql" or not _changed(AS_DELIVERED, BY_INDEX):
        yield
        return
    try:
        yield
    finally:
        # A transaction that failed takes the change back itself, and can be asked nothing more.
        if connection.connection.info.transaction_status.name != "INERROR":
            _changed(BY_INDEX, AS_DELIVERED)


def _changed(was: str, now: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('random_page_cost', %s, false) "
            "WHERE current_setting('random_page_cost') = %s",
            [now, was],
        )
        return bool(cursor.rowcount)
