"""The process that talks to the mail server while this one sees to the database: our end of it.

It gets letters and gives results, in lists of plain values over a pair of sockets. Nothing of the
database, of its address or of the site's secrets reaches it. When it ends unasked, what it found
is in the journal, as after any crash; when we end, it hears so and ends by itself.
"""

import os
import re
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Collection, Sequence
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any

from afterword.postbox.errands import Errand, Told, a_row, plain
from afterword.postbox.journal import Journal
from afterword.postbox.outcomes import Claimed, Result
from afterword.postbox.relay import Relay

_MAY_KNOW = re.compile(
    "PATH|HOME|LANG|LANGUAGE|LC_[A-Z]+|TZ|TZDIR|TMPDIR|LD_LIBRARY_PATH|LD_PRELOAD|MALLOC_[A-Z_]+"
    "|VIRTUAL_ENV|PYTHON[A-Z]+|SSL_CERT_FILE|SSL_CERT_DIR|OPENSSL_CONF|OPENSSL_MODULES"
)
_BEGIN_SECONDS, _END_SECONDS = 20.0, 150.0
_TAKE_SECONDS = 60


class CannotBegin(Exception):
    """The process does not come up. The text is fit for an operator."""


class Gone(Exception):
    """The process ended unasked; what it found is in the journal."""


class Apart:
    """A process that talks, for one run after the other. Raises Gone when it ended unasked."""

    def __init__(self, errand: Errand, lock: int | None = None) -> None:
        """Start it; ``lock`` is a handle it keeps open as long as it lives. Raises CannotBegin."""
        ours, theirs = socket.socketpair()
        # A write of ours that nothing of is taken for so long fails, instead of waiting for ever.
        limit = struct.pack("ll", _TAKE_SECONDS, 0)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        held = () if lock is None else (lock,)
        try:
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603  our own program
                    [sys.executable, "-P", "-m", "afterword.postbox.postman", str(theirs.fileno())],
                    env=_environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(), *held),
                )
        except OSError as wrong:
            ours.close()
            raise CannotBegin(str(wrong)) from wrong
        self._link = Connection(ours.detach())
        self._given: dict[int, Claimed] = {}
        self._dropped: list[Claimed] = []
        self._last = self._finishing = self.ended = False
        self.stopped = ""
        self._used_at = self._finishing_at = time.monotonic()
        self._errand = errand

    def come_up(self) -> None:
        """Wait until it is at work. Raises CannotBegin."""
        try:
            self._link.send(self._errand)
            if not self._link.poll(_BEGIN_SECONDS):
                raise TimeoutError(f"it says nothing for {_BEGIN_SECONDS:.0f} s")
            self._link.recv()
        except (OSError, EOFError) as wrong:
            self._process.kill()
            raise CannotBegin(str(wrong) or "it ended at once") from wrong

    @property
    def in_hand(self) -> int:
        return len(self._given)

    @property
    def idle_seconds(self) -> float:
        return time.monotonic() - self._used_at

    def begin(self, start: datetime, clock: float) -> None:
        """Begin a run: ``start`` is its time when ``seconds_up`` was ``clock``."""
        self._given, self._dropped = {}, []
        self._last = self._finishing = self.ended = False
        self.stopped = ""
        self._say("begin", start, clock)

    def hand_over(self, letters: Sequence[Claimed], *, more: bool) -> None:
        """Give letters to send; ``more`` says whether others may follow."""
        if letters:
            self._given.update((each.pk, each) for each in letters)
            words = {each.message.pk: each.message for each in letters}
            said = [plain(each) for each in words.values()]
            for lease in {each.lease_until for each in letters}:
                rows = [a_row(each) for each in letters if each.lease_until == lease]
                self._say("letters", said, lease, rows)
        # Said again after letters that leave before the last ones: with them it expects more.
        if not more and (letters or not self._last):
            self._last = True
            self._say("last")

    def listen(self, seconds: float) -> list[Result]:
        """Wait for word at most so long; return what tries came to, if that is what it says."""
        if self._finishing and time.monotonic() - self._finishing_at > _END_SECONDS:
            raise Gone("the process that talks to the mail server does not come to an end")
        try:
            if not self._link.poll(seconds):
                return []
            said, *what = self._link.recv()
        except (OSError, EOFError) as wrong:
            raise Gone("the process that talks to the mail server ended unasked") from wrong
        self._used_at = time.monotonic()
        if said == "told":
            return [self._result_of(each) for each in what[0] if each[0] in self._given]
        if said == "dropped":
            self._dropped += [self._given.pop(pk) for pk in what[0] if pk in self._given]
        elif said == "ended":
            self.ended, self.stopped = True, what[0]
        return []

    def noted(self) -> None:
        """Say that the results are in the database; only then others follow."""
        self._say("noted")

    def drop(self, ids: Collection[int], abouts: Collection[str]) -> None:
        """Ask to leave out letters of these numbers or about these things, if not begun with."""
        if ids or abouts:
            self._say("drop", set(ids), set(abouts))

    def dropped(self) -> list[Claimed]:
        """Return the letters that were left out since this was asked last."""
        found, self._dropped = self._dropped, []
        return found

    def finish(self) -> None:
        """Let it end the run: what is in the air is waited for, nothing more is begun."""
        if not self._finishing:
            self._finishing, self._finishing_at = True, time.monotonic()
            self._say("finish")

    def untried(self) -> list[Claimed]:
        return list(self._given.values())

    def close(self) -> None:
        """End it, after the answers to what is in the air."""
        try:
            self._say("leave")
            self._process.wait(_END_SECONDS)
        except (Gone, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        self._link.close()

    def _say(self, *words: Any) -> None:
        try:
            self._link.send(words)
        except BlockingIOError as wrong:
            # Part of the words may have been taken, so it would understand no others.
            self._process.kill()
            raise Gone(
                f"the process that talks to the mail server takes nothing for {_TAKE_SECONDS} s"
            ) from wrong
        except OSError as wrong:
            raise Gone("the process that talks to the mail server ended unasked") from wrong

    def _result_of(self, told: Told) -> Result:
        letter_id, outcome, at, code, answer = told
        letter = self._given.pop(letter_id)
        return Result(
            letter_id, letter.lease_until, outcome, at, code, answer, letter.rfc_message_id
        )


def errand_for(relay: Relay, journal: Journal, **rest: Any) -> Errand:
    """Return what a process needs to know to talk in the place of this relay."""
    return Errand(
        settings=dict(relay.settings),
        our_name=relay.our_name,
        timeouts=relay.timeouts,
        journal=str(journal.path),
        **rest,
    )


def _environment() -> dict[str, str]:
    """What the process gets of ours: what Python and TLS need to begin, nobody's secrets."""
    return {name: value for name, value in os.environ.items() if _MAY_KNOW.fullmatch(name)}
