"""`afterword worker`: the worker in a process of its own."""

import signal
import threading
from types import FrameType

from afterword.worker.loop import run_forever


def work() -> None:
    """Work until SIGTERM or Ctrl-C; the letter in hand is finished first."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    print("afterword worker: running; Ctrl-C stops it", flush=True)
    run_forever(stop)
