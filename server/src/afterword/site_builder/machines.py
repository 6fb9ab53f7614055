"""One builder at a time on all machines, by a lock of the database they share."""

import contextlib
from collections.abc import Iterator

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

# Any number will do, as long as nothing else in this database uses it.
_BUILDING = 7_305_808_869_229_538_921
# A machine without power or network says no goodbye. By itself the server would keep its
# connection, and with it the lock, for two hours.
_NOTICE_THE_DEAD = (
    "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
)


@contextlib.contextmanager
def building(*, wait: bool) -> Iterator[BaseDatabaseWrapper | None]:
    """Hold the lock of all machines. On SQLite there is one machine, and nothing to hold.

    It has a connection of its own, which is given: whatever happens to the other, ending this one
    gives the lock back. Raises BlockingIOError when another machine builds and ``wait`` is false.
    """
    if connection.vendor != "postgresql":
        yield None
        return
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute(_NOTICE_THE_DEAD)
            verb = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
            cursor.execute(f"SELECT {verb}(%s)", [_BUILDING])
            if not wait and not cursor.fetchone()[0]:
                raise BlockingIOError("another machine builds the site")
        yield own
    finally:
        own.close()
