"""The front as a child of `afterword serve`: started first, started again, ended last."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from afterword.cli.kept_process import kept

_PREFIX, _HELD = "afterword-serve-", "held"
# A folder this young may not be locked yet.
_BEING_MADE_SECONDS = 60


def listen(host: str, port: int) -> socket.socket:
    """Take the port. Raises OSError when it is not to be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=1024)


@dataclass(frozen=True)
class Sockets:
    """Where the front looks for the application that answers the team, and readers."""

    desk: Path
    outward: Path


@contextlib.contextmanager
def front(listener: socket.socket, site_dir: Path, *, apart: bool) -> Iterator[Sockets]:
    """Run the front until left; gives the sockets where it looks for the application.

    ``apart``: whether readers have an application of their own. The port stays ours while the
    front is started again, so readers wait instead of failing.
    """
    # Until the server has handlers of its own: end in order, or the front would outlive us.
    signal.signal(signal.SIGTERM, _end)
    with _own_folder() as folder:
        desk = folder / "app"
        sockets = Sockets(desk, folder / "outward" if apart else desk)
        with kept(lambda: _start(listener, site_dir, sockets)):
            yield sockets


@contextlib.contextmanager
def _own_folder() -> Iterator[Path]:
    """Give a folder for the socket, and remove those of servers that were killed.

    Not in the data folder: the path of a socket may have a hundred letters and no more.
    """
    _remove_left_behind(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        with (folder / _HELD).open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_left_behind(where: Path) -> None:
    """Remove folders of our own that no process holds any more: the lock goes with its process."""
    for folder in where.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            state = folder.lstat()
            if state.st_uid != os.geteuid() or time.time() - state.st_mtime < _BEING_MADE_SECONDS:
                continue
            with (folder / _HELD).open() as held:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)


def _start(listener: socket.socket, site_dir: Path, where: Sockets) -> subprocess.Popen[bytes]:
    handle = listener.fileno()
    module = "afterword.public_site.serving"
    paths = [str(each) for each in (site_dir, where.desk, where.outward)]
    return subprocess.Popen(  # noqa: S603  our own module, no shell, nothing a reader wrote
        # -P: nothing that lies in the folder we were called in is imported.
        [sys.executable, "-P", "-m", module, str(handle), *paths],
        pass_fds=[handle],
        stdin=subprocess.DEVNULL,
    )


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
