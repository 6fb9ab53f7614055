"""SQLite lets one connection write at a time. Whoever waits for it asks every few milliseconds.

SQLite's own waiting asks ever more rarely, in the end ten times a second. Beside somebody who
writes all the time, as a sender of many letters does, that is to come too late again and again.
"""

import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.db.backends.sqlite3 import base

_ASKS_FOR_MS = 8
"""SQLite asks after 1, 2 and 5 milliseconds more; then we let it begin anew."""
_T = TypeVar("_T")


class DatabaseWrapper(base.DatabaseWrapper):
    """``timeout`` of the options stays what it is: how many seconds somebody waits at most."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        found: sqlite3.Connection = super().get_new_connection(conn_params)
        found.execute(f"PRAGMA busy_timeout = {_ASKS_FOR_MS}")
        self.seconds = float(conn_params.get("timeout", 5.0))
        return found

    def create_cursor(self, name: str | None = None) -> "PatientCursor":
        cursor: PatientCursor = self.connection.cursor(factory=PatientCursor)
        cursor.seconds = self.seconds
        return cursor


class PatientCursor(base.SQLiteCursorWrapper):
    seconds = 5.0

    def execute(self, query: str, params: Any = None) -> Any:
        return _patiently(lambda: super(PatientCursor, self).execute(query, params), self.seconds)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Begin the transaction before, if there is none: what was written is not repeated."""
        if self.connection.in_transaction:
            return super().executemany(query, param_list)
        self.execute("BEGIN IMMEDIATE")
        try:
            done = super().executemany(query, param_list)
        except BaseException:
            self.connection.rollback()
            raise
        self.connection.commit()
        return done


def _patiently(do: Callable[[], _T], seconds: float) -> _T:
    """Do it as soon as nobody else writes; raises OperationalError after so many seconds."""
    until = 0.0
    while True:
        try:
            return do()
        except sqlite3.OperationalError as wrong:
            code = getattr(wrong, "sqlite_errorcode", 0)
            # Somebody wrote since this transaction read: it cannot go on, however long it waits.
            if code & 0xFF != sqlite3.SQLITE_BUSY or code == sqlite3.SQLITE_BUSY_SNAPSHOT:
                raise
            now = time.monotonic()
            until = until or now + seconds
            if now >= until:
                raise
            time.sleep(0.001)
