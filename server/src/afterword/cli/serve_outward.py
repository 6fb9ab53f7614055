"""The application that answers readers alone, under the database role that is theirs.

A process of its own, without the address of the team's connection, of the mail server and of the
sign-in: what is not there cannot be reached by anything a reader sends.
"""

import importlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from afterword.public_site.serving.peer import BehindTheFront

THREADS = 4
STOP_WITHIN_SECONDS = 3
_NOT_FOR_READERS = ("AFTERWORD_DATABASE_URL", "AFTERWORD_SMTP_URL", "AFTERWORD_OIDC_")


def start_outward(where: Path) -> "subprocess.Popen[bytes]":
    """Start the application for readers on a socket of this path."""
    # One that was killed leaves its socket behind.
    where.unlink(missing_ok=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(_NOT_FOR_READERS)}
    return subprocess.Popen(  # noqa: S603  our own module, no shell, nothing a reader wrote
        [sys.executable, "-P", "-m", "afterword.cli.main", "serve-outward", str(where)],
        env={**kept, "AFTERWORD_ANSWERS": "outward"},
        stdin=subprocess.DEVNULL,
    )


def serve_outward(where: Path) -> None:
    """Answer readers on a socket until SIGTERM, or until who started us is gone."""
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    Granian(
        "afterword.config.wsgi:application",
        uds=where,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        workers_kill_timeout=STOP_WITHIN_SECONDS,
        respawn_failed_workers=True,
        log_access=False,
        websockets=False,
    ).serve(target_loader=_load, wrap_loader=True)


def end_with(parent: int) -> None:
    """End this process when the one that watches over it was killed, or the port stays taken."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_WITHIN_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


def _load(target: str) -> Any:
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    module, _, name = target.partition(":")
    return BehindTheFront(getattr(importlib.import_module(module), name))
