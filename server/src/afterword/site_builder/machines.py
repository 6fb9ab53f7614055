"""One builder at a time on all machines, by a lock of the database they share."""

import contextlib
from collections.abc import Iterator

from django.db import connection

# Any number will do, as long as nothing else in this database uses it.
_BUILDING = 7_305_808_869_229_538_921


@contextlib.contextmanager
def building(*, wait: bool) -> Iterator[None]:
    """Hold the lock of all machines. On SQLite there is one machine, and nothing to hold.

    It has a connection of its own: whatever happens to the other, ending this one gives the lock
    back. Raises BlockingIOError when another machine builds and ``wait`` is false.
    """
    if connection.vendor != "postgresql":
        yield
        return
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            verb = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
            cursor.execute(f"SELECT {verb}(%s)", [_BUILDING])
            if not wait and not cursor.fetchone()[0]:
                raise BlockingIOError("another machine builds the site")
        yield
    finally:
        own.close()
