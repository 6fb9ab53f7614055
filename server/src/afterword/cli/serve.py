"""`afterword serve`: the page, the desk and, unless switched off, the worker, as one command.

The front holds the port in a process of its own; the application listens on a socket that only the
front can reach. Where readers have a database role of their own, a second application answers them
(``serve_outward``), and this one the desk alone.
"""

import contextlib
import importlib
import os
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import typer
from django.conf import settings
from django.db import DatabaseError, connection
from granian import Granian
from granian.constants import Interfaces

from afterword.cli.front_process import front, listen
from afterword.cli.kept_process import kept
from afterword.cli.migrate import pending
from afterword.cli.outward_role import what_is_wrong
from afterword.cli.serve_outward import end_with, start_outward
from afterword.public_site.serving.peer import BehindTheFront
from afterword.wording.queries import warm_up
from afterword.worker.embedded import start_embedded

APPLICATION = "afterword.config.wsgi:application"
THREADS, MOST_PROCESSES = 4, 4
# Within it the worker finishes the letter in hand; a mail server that hangs does not hold us up.
STOP_WITHIN_SECONDS = 3


def serve(*, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until SIGTERM or Ctrl-C. Ends with status 1 and one line when it cannot start."""
    # whitenoise warns about a folder that is missing, though it finds the files without it.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    has_database = _database_is_there()
    apart = bool(settings.OUTWARD_ROLE)
    if apart and has_database:
        _role_is_in_order()
    # Processes are forked from this one, and a database connection must not be shared.
    connection.close()
    with (
        _taken(host, port) as listener,
        front(listener, Path(settings.SITE_DIR), apart=apart) as sockets,
        kept(partial(start_outward, sockets.outward)) if apart else contextlib.nullcontext(),
        _mending() if has_database else contextlib.nullcontext(),
    ):
        typer.echo(f"afterword: http://{host}:{port}/ (desk: http://{host}:{port}/desk/)")
        # The processes of the server take it from here.
        os.environ["AFTERWORD_ANSWERS"] = "desk" if apart else "everything"
        _serve_application(sockets.desk)


def _serve_application(application: Path) -> None:
    embedded = bool(settings.EMBEDDED_WORKER)
    server = Granian(
        APPLICATION,
        uds=application,
        interface=Interfaces.WSGI,
        # The embedded worker is one of a kind; without it, processes only answer.
        workers=1 if embedded else min(MOST_PROCESSES, os.cpu_count() or 1),
        blocking_threads=THREADS,
        workers_kill_timeout=STOP_WITHIN_SECONDS,
        respawn_failed_workers=True,
        log_access=False,
        websockets=False,
    )
    server.serve(target_loader=_load_with_worker if embedded else _load, wrap_loader=True)


def _role_is_in_order() -> None:
    """End with what to do when readers' role may do too much, or not enough to answer them."""
    wrong = what_is_wrong()
    if wrong:
        typer.echo(f"afterword: {wrong[0]}", err=True)
        typer.echo("Run `afterword outward-role`, then start again.", err=True)
        raise typer.Exit(1)


def _taken(host: str, port: int) -> socket.socket:
    try:
        return listen(host, port)
    except OSError as wrong:
        typer.echo(f"afterword: cannot listen on {host}:{port}: {wrong.strerror}", err=True)
        raise typer.Exit(1) from wrong


def _database_is_there() -> bool:
    """Return False when it cannot be reached but a site is built: readers need no database.

    The worker goes on trying. Without a site, or with a database of another version, there is
    nothing to serve, and the command ends.
    """
    try:
        waiting = pending()
    except (DatabaseError, sqlite3.Error, OSError) as wrong:
        typer.echo(f"afterword: the database cannot be used: {wrong}", err=True)
        if not (settings.SITE_DIR / "index.html").exists():
            raise typer.Exit(1) from wrong
        typer.echo(
            "afterword: pages are answered as they were built last; the rest follows when the "
            "database is back. `afterword doctor` says more.",
            err=True,
        )
        return False
    if waiting:
        typer.echo(
            f"afterword: the database lacks {len(waiting)} steps of this version. "
            "Run `afterword migrate`, then start again.",
            err=True,
        )
        raise typer.Exit(1)
    return True


@contextlib.contextmanager
def _mending() -> Iterator[None]:
    """Build what a crash or another version left out, in a process of its own.

    A new version builds everything, which takes minutes where much has happened; neither readers
    nor the desk wait for it. A killed server leaves it to end by itself.
    """
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "afterword.cli.main", "mend-site"], stdin=subprocess.DEVNULL
    ) as mender:
        try:
            yield
        finally:
            mender.terminate()


def _load(target: str) -> Any:
    """Import the application. Runs in the server's own process."""
    parent = os.getppid()
    threading.Thread(target=end_with, args=(parent,), name="afterword-orphan", daemon=True).start()
    module, _, name = target.partition(":")
    application = BehindTheFront(getattr(importlib.import_module(module), name))
    _warm_up()
    return application


def _warm_up() -> None:
    """Get ready to check texts beside the first answers, so that no writer waits for it."""
    threading.Thread(target=warm_up, name="afterword-warm-up", daemon=True).start()


def _load_with_worker(target: str) -> Any:
    application = _load(target)
    start_embedded()
    return application
