"""Whoever waits for SQLite's write lock gets it soon after it is free, and gives up in the end."""

import sqlite3
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from afterword.kit.sqlite.base import DatabaseWrapper


@pytest.fixture(autouse=True)
def its_own_database(django_db_blocker: Any) -> Iterator[None]:
    """No table of ours is needed, but pytest-django holds whatever looks like a database shut."""
    with django_db_blocker.unblock():
        yield


def opened(folder: Path, seconds: float = 20.0) -> Any:
    options = {
        "timeout": seconds,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    return DatabaseWrapper(
        {
            "ENGINE": "afterword.kit.sqlite", "NAME": str(folder / "db.sqlite3"), "TIME_ZONE": None,
            "OPTIONS": options, "AUTOCOMMIT": True, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False,
            "ATOMIC_REQUESTS": False, "USER": "", "PASSWORD": "", "HOST": "", "PORT": "",
        },
        alias="apart",
    )  # fmt: skip


@contextmanager
def somebody_writing(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(
        sqlite3.connect(folder / "db.sqlite3", isolation_level=None, check_same_thread=False)
    ) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE IF NOT EXISTS rows (number INTEGER)")
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_the_lock_is_taken_soon_after_it_is_free(tmp_path: Path) -> None:
    late = []
    with closing(opened(tmp_path)) as mine:
        for seconds in (0.33, 0.36, 0.39, 0.42, 0.45, 0.48, 0.51):
            freed: list[float] = []
            with somebody_writing(tmp_path) as other:

                def free(
                    seconds: float = seconds,
                    other: sqlite3.Connection = other,
                    freed: list[float] = freed,
                ) -> None:
                    time.sleep(seconds)
                    freed.append(time.perf_counter())
                    other.execute("COMMIT")

                thread = threading.Thread(target=free)
                thread.start()
                with mine.cursor() as cursor:
                    cursor.execute("INSERT INTO rows VALUES (%s)", (1,))
                late.append(time.perf_counter() - freed[0])
                thread.join()
    assert statistics.median(late) < 0.02, late


def test_whoever_waits_too_long_is_told(tmp_path: Path) -> None:
    with closing(opened(tmp_path, 0.2)) as mine, somebody_writing(tmp_path):
        began = time.monotonic()
        with pytest.raises(OperationalError, match="locked"), mine.cursor() as cursor:
            cursor.execute("INSERT INTO rows VALUES (1)")
        assert time.monotonic() - began >= 0.2


def test_many_rows_are_written_once_however_long_they_wait(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as mine:
        with somebody_writing(tmp_path) as other:
            thread = threading.Timer(0.1, lambda: other.execute("COMMIT"))
            thread.start()
            with mine.cursor() as cursor:
                cursor.executemany("INSERT INTO rows VALUES (%s)", [(n,) for n in range(50)])
            thread.join()
        with mine.cursor() as cursor:
            cursor.execute("SELECT count(*), count(DISTINCT number) FROM rows")
            assert cursor.fetchall() == [(50, 50)]


def test_rows_of_which_one_cannot_be_written_leave_nothing_behind(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as mine, mine.cursor() as cursor:
        cursor.execute("CREATE TABLE once (number INTEGER UNIQUE)")
        with pytest.raises(Exception, match="UNIQUE"):
            cursor.executemany("INSERT INTO once VALUES (%s)", [(1,), (2,), (1,)])
        cursor.execute("SELECT count(*) FROM once")
        assert cursor.fetchall() == [(0,)]


def test_what_read_before_somebody_wrote_does_not_wait_in_vain(tmp_path: Path) -> None:
    """A transaction that began by reading sees an old state; no waiting lets it write."""
    with closing(opened(tmp_path, 5.0)) as mine, somebody_writing(tmp_path) as other:
        other.execute("COMMIT")
        with mine.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT count(*) FROM rows")
            cursor.fetchall()
            other.execute("INSERT INTO rows VALUES (1)")
            began = time.monotonic()
            with pytest.raises(OperationalError):
                cursor.execute("INSERT INTO rows VALUES (2)")
            assert time.monotonic() - began < 2
            cursor.execute("ROLLBACK")
