"""The worker as a thread of the server process, for one process on one machine."""

import logging
import threading

from afterword.worker.loop import run_forever

log = logging.getLogger(__name__)

_PAUSE_AFTER_A_CRASH = 5.0


def start_embedded() -> threading.Event:
    """Start the worker beside the server; it stops when the main thread ends.

    Returns the event that stops it earlier. The thread is no daemon: the interpreter waits for
    it, so that the letter in hand is finished and written down before the process ends.
    """
    stop = threading.Event()
    threading.Thread(target=_stop_with_main, args=(stop,), name="afterword-stop").start()
    threading.Thread(target=_work, args=(stop,), name="afterword-worker").start()
    return stop


def _stop_with_main(stop: threading.Event) -> None:
    threading.main_thread().join()
    stop.set()


def _work(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            run_forever(stop)
        except Exception:
            log.exception("the worker fell over and starts again in %s s", _PAUSE_AFTER_A_CRASH)
            stop.wait(_PAUSE_AFTER_A_CRASH)
