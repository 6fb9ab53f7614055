"""`python -m afterword.postbox.postman`: talks to the mail server for a process that does not.

It knows no database. What it hears is written to the journal before anything else is said over that
connection, and told in batches. It ends when it is asked to, and when whoever began it is gone.
"""

import gc
import logging
import os
import signal
import sys
import threading
import time
from collections import deque
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from afterword.postbox.errands import Errand, PlainMessage, Row, letter_of, told_of
from afterword.postbox.exchange import Exchange
from afterword.postbox.hands import Run, Writer, at_work
from afterword.postbox.journal import Journal
from afterword.postbox.relay import Relay

log = logging.getLogger(__name__)

_NAP_SECONDS = 0.004
_TELL_SECONDS = 0.5
_ORPHAN_SECONDS = 1.0
_IDLE_SECONDS = 30.0
_CIRCLES = 100_000


class Postman:
    """Hears orders in one thread and tells results in another; each connection has a third."""

    def __init__(self, link: Connection, errand: Errand) -> None:
        self._link = link
        self._journal = Journal(Path(errand.journal))
        first = Relay(
            errand.settings,
            our_name=errand.our_name,
            timeouts=errand.timeouts,
            hold=Exchange().hold,
        )
        self._relays = [first, *(first.twin() for _ in range(errand.connections - 1))]
        self._at_once = errand.at_once
        self._most_lost = errand.most_lost
        self._finish = errand.finish
        self._noted = threading.Event()
        self._dropped: deque[int] = deque()
        self._run: Run | None = None
        self._hands: list[threading.Thread] = []

    def work(self) -> None:
        """Do as told until told to leave, or until nobody is there to tell."""
        orphaned = False
        try:
            while (said := self._link.recv())[0] != "leave":
                getattr(self, f"_hear_{said[0]}")(*said[1:])
        except (EOFError, OSError):
            orphaned = True
        if self._run is not None:
            self._run.finish()
        until = time.monotonic() + _ORPHAN_SECONDS
        for hand in self._hands:
            hand.join(max(0.0, until - time.monotonic()) if orphaned else None)
        if not any(hand.is_alive() for hand in self._hands):
            for relay in self._relays:
                relay.quit()

    def _hear_begin(self, start: datetime, clock: float) -> None:
        self._dropped.clear()
        self._run = Run(start, sys.maxsize, self._journal, most_lost=self._most_lost, clock=clock)
        for relay in self._relays:
            relay.close_if_idle(_IDLE_SECONDS)
        self._hands = at_work(self._run, self._relays, Writer(self._finish))
        self._noted.set()
        threading.Thread(target=self._tell, args=(self._run,), daemon=True).start()

    def _hear_letters(self, words: list[PlainMessage], lease: datetime, rows: list[Row]) -> None:
        messages = {each.pk: each for each in words}
        letters = [letter_of(row, messages[row[1]], lease) for row in rows]
        if self._run is not None:
            self._run.add(letters, more=True)

    def _hear_last(self) -> None:
        if self._run is not None:
            self._run.add([], more=False)

    def _hear_noted(self) -> None:
        self._journal.clear_turned()
        self._noted.set()

    def _hear_drop(self, ids: set[int], abouts: set[str]) -> None:
        # Said by the other thread: who hears must not wait to be heard, or both wait for ever.
        if self._run is not None:
            self._dropped.extend(each.pk for each in self._run.drop(ids, abouts))

    def _hear_finish(self) -> None:
        if self._run is not None:
            self._run.finish()

    def _tell(self, run: Run) -> None:
        """Tell results while there are any, the next ones when the ones before are noted."""
        told_at = time.monotonic()
        while run.busy:
            passed = time.monotonic() - told_at > _TELL_SECONDS
            if self._noted.is_set() and (passed or run.has_found(self._at_once)):
                self._tell_once(run)
                told_at = time.monotonic()
            self._tell_dropped()
            time.sleep(_NAP_SECONDS)
        self._noted.wait()
        self._tell_once(run)
        self._noted.wait()
        self._tell_dropped()
        self._say("ended", run.sent.stopped)

    def _tell_once(self, run: Run) -> None:
        if results := run.results_to_commit():
            self._noted.clear()
            self._say("told", [told_of(each) for each in results])

    def _tell_dropped(self) -> None:
        if count := len(self._dropped):
            self._say("dropped", [self._dropped.popleft() for _ in range(count)])

    def _say(self, *words: Any) -> None:
        self._link.send(words)


def main() -> None:
    # Whoever began us hears signals and says what follows from them.
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    logging.basicConfig(
        level=logging.INFO, style="{", format="{asctime} {levelname} {name} {message}"
    )
    # Letters come and go by the thousand and hold no circles: to look for some costs more than all
    # else that is done with them here.
    gc.freeze()
    gc.set_threshold(_CIRCLES)
    link = Connection(int(sys.argv[1]))
    postman = Postman(link, link.recv())
    link.send(("ready",))
    try:
        postman.work()
    except Exception:
        log.exception("the process that talks to the mail server fell over")
    finally:
        # A connection may hang in the network; the journal holds what was heard.
        os._exit(0)


if __name__ == "__main__":
    main()
