"""The front as a child of `afterword serve`: started first, started again, ended last."""

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

_AGAIN_AFTER_SECONDS = 0.5
_END_WITHIN_SECONDS = 3


def listen(host: str, port: int) -> socket.socket:
    """Take the port. Raises OSError when it is not to be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=1024)


@contextlib.contextmanager
def front(listener: socket.socket, site_dir: Path) -> Iterator[Path]:
    """Run the front until left; gives the path of the socket where it looks for the application.

    The port stays ours while the front is started again, so readers wait instead of failing.
    """
    # Not in the data folder: the path of a socket may have a hundred letters and no more.
    folder = Path(tempfile.mkdtemp(prefix="afterword-"))
    application = folder / "app"
    stop = threading.Event()
    # Until the server has handlers of its own: end in order, or the front would outlive us.
    signal.signal(signal.SIGTERM, _end)
    running = [_start(listener, site_dir, application)]
    watch = threading.Thread(
        target=_watch, args=(running, listener, site_dir, application, stop), daemon=True
    )
    watch.start()
    try:
        yield application
    finally:
        stop.set()
        running[-1].terminate()
        watch.join()
        with contextlib.suppress(subprocess.TimeoutExpired):
            running[-1].wait(timeout=_END_WITHIN_SECONDS)
        running[-1].kill()
        running[-1].wait()
        shutil.rmtree(folder, ignore_errors=True)


def _start(listener: socket.socket, site_dir: Path, application: Path) -> subprocess.Popen[bytes]:
    handle = listener.fileno()
    module = "afterword.public_site.serving"
    return subprocess.Popen(  # noqa: S603  our own module, no shell, nothing a reader wrote
        [sys.executable, "-m", module, str(handle), str(site_dir), str(application)],
        pass_fds=[handle],
        stdin=subprocess.DEVNULL,
    )


def _watch(
    running: list[subprocess.Popen[bytes]],
    listener: socket.socket,
    site_dir: Path,
    application: Path,
    stop: threading.Event,
) -> None:
    while not stop.is_set():
        running[-1].wait()
        if not stop.wait(_AGAIN_AFTER_SECONDS):
            running.append(_start(listener, site_dir, application))


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
