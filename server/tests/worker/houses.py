"""One installation per test, with a database of its own, for processes to be killed in."""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

HANDS = Path(__file__).with_name("hands.py")
READERS = 200
# The suite runs on SQLite first; when it runs again on PostgreSQL, this is known already.
ON_SQLITE = pytest.param("sqlite", marks=pytest.mark.own_database)


def _die_with_the_tests() -> None:
    """Ask Linux to kill this process when the test run is killed, so that no worker outlives it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


@dataclass
class House:
    """One installation: its folder, its database, and the processes a test started in it."""

    environment: dict[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def act(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, str(HANDS), *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tally(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.act("tally"))
        return found

    def start(self, *verb: str) -> subprocess.Popen[bytes]:
        """Start `afterword <verb>` as the leader of a process group."""
        process = subprocess.Popen(
            [sys.executable, "-m", "afterword.cli.main", *verb],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_the_tests,  # noqa: PLW1509  one call into libc, no lock taken
        )
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill the whole group at once, the way a power cut or the kernel would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)

    def until(self, condition: Callable[[dict[str, Any]], bool], seconds: float = 60) -> None:
        """Return when the tally meets the condition. Raises AssertionError when it never does."""
        end = time.monotonic() + seconds
        while not condition(seen := self.tally()):
            assert time.monotonic() < end, f"still {seen}"

    def all_sent(self, count: int) -> None:
        """Return when that many letters are marked as sent and none is anything else."""
        self.until(lambda seen: seen["states"] == {"sent": count})


def environment_of(data_dir: Path, database_url: str = "") -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AFTERWORD_")}
    return kept | {
        "AFTERWORD_DATA_DIR": str(data_dir),
        "AFTERWORD_DATABASE_URL": database_url,
        "AFTERWORD_SECRET_KEY": "a key for tests, long enough to be accepted: 0123456789abcdef",
        "AFTERWORD_CANCEL_SECONDS": "0",
        "AFTERWORD_MAIL_FROM": "Larkbridge <status@larkbridge.example>",
        "DJANGO_SETTINGS_MODULE": "afterword.config.settings",
    }


@contextlib.contextmanager
def database(url: str, name: str, template: str = "template0") -> Iterator[None]:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield
    finally:
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
