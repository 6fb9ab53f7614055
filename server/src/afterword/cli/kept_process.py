"""A child of `afterword serve` that is there for as long as we are: started again when it ends."""

import contextlib
import subprocess
import threading
from collections.abc import Callable, Iterator

_AGAIN_AFTER_SECONDS = 0.5
_END_WITHIN_SECONDS = 3

Start = Callable[[], "subprocess.Popen[bytes]"]


@contextlib.contextmanager
def kept(start: Start) -> Iterator[None]:
    """Run what ``start`` starts until left; then end it in order, and within 3 seconds."""
    stop = threading.Event()
    running = [start()]
    watch = threading.Thread(target=_watch, args=(running, start, stop), daemon=True)
    watch.start()
    try:
        yield
    finally:
        stop.set()
        running[-1].terminate()
        watch.join()
        with contextlib.suppress(subprocess.TimeoutExpired):
            running[-1].wait(timeout=_END_WITHIN_SECONDS)
        running[-1].kill()
        running[-1].wait()


def _watch(running: list["subprocess.Popen[bytes]"], start: Start, stop: threading.Event) -> None:
    while not stop.is_set():
        running[-1].wait()
        if not stop.wait(_AGAIN_AFTER_SECONDS):
            running.append(start())
