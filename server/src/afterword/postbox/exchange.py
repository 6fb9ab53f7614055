"""One thread that holds many conversations with a mail server, whichever has something to say.

A thread per connection spends more time on waking the others than on its letters: Python lets one
of them work at a time. Whoever has a conversation waits here until it is over.
"""

import contextlib
import logging
import select
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from afterword.postbox.pipelining import AT_ONCE, OutOfStep, Pipe, Reply, T, Talk, held

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.2


@dataclass
class _Call:
    """A conversation that is held: what of its words is to be sent, and until when it waits."""

    pipe: Pipe
    talk: Talk[Any]
    handle: int
    unsent: memoryview = field(default_factory=lambda: memoryview(b""))
    until: float = 0.0
    asks_to_write: bool = False
    over: threading.Event = field(default_factory=threading.Event)
    found: Any = None
    wrong: Exception | None = None


class Exchange:
    """Holds conversations in a thread of its own, which ends with the process."""

    def __init__(self) -> None:
        self._calls: dict[int, _Call] = {}
        self._new: list[_Call] = []
        self._poll = select.poll()
        self._woken, self._wake = socket.socketpair()
        self._woken.setblocking(False)
        self._poll.register(self._woken, select.POLLIN)
        self._looked_at = 0.0
        self._broken = False
        threading.Thread(target=self._work, name="afterword-exchange", daemon=True).start()

    def hold(self, pipe: Pipe, talk: Talk[T]) -> T:
        """Hold the conversation, and return or raise what it ends with.

        One over TLS is held in the caller's thread: its bytes come in records of their own.
        """
        if self._broken or isinstance(pipe.sock, ssl.SSLSocket):
            return held(pipe, talk)
        call = _Call(pipe, talk, pipe.sock.fileno())
        self._new.append(call)
        self._wake.send(b".")
        call.over.wait()
        if call.wrong is not None:
            raise call.wrong
        found: T = call.found
        return found

    def _work(self) -> None:
        try:
            while True:
                self._look()
        except Exception:
            log.exception("conversations are held in a thread each from now on")
            self._broken = True
            for call in (*self._calls.values(), *self._new):
                call.wrong = OSError("the conversation was broken off by a fault of ours")
                call.over.set()

    def _look(self) -> None:
        for handle, event in self._poll.poll(_LOOK_SECONDS * 1000):
            if handle == self._woken.fileno():
                self._take_new()
            elif (call := self._calls.get(handle)) is not None:
                self._see_to(call, event)
        self._look_at_times()

    def _take_new(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._woken.recv(AT_ONCE)
        while self._new:
            call = self._new.pop()
            call.pipe.wait_at_most(0)
            self._calls[call.handle] = call
            self._poll.register(call.handle, select.POLLIN)
            self._go_on(call, None)

    def _look_at_times(self) -> None:
        now = time.monotonic()
        if now - self._looked_at >= _LOOK_SECONDS:
            self._looked_at = now
            for call in [each for each in self._calls.values() if each.until < now]:
                self._go_on(call, TimeoutError("the mail server took too long to answer"))

    def _see_to(self, call: _Call, event: int) -> None:
        """Read or write what can be; the conversation goes on when that is what it waits for."""
        if event & ~select.POLLOUT:
            try:
                call.pipe.replies.hear(call.pipe.sock.recv(AT_ONCE))
            except BlockingIOError:
                pass
            except (OSError, OutOfStep) as wrong:
                self._go_on(call, wrong)
                return
        what = self._next_for(call)
        if what is not None:
            self._go_on(call, what)

    def _go_on(self, call: _Call, what: Reply | Exception | None) -> None:
        """Give the conversation what it waits for, and again as long as that is there at once."""
        talk = call.talk
        while True:
            try:
                if isinstance(what, Reply):
                    data, seconds = talk.send(what)
                elif what is None:
                    data, seconds = next(talk)
                else:
                    data, seconds = talk.throw(what)
            except StopIteration as done:
                self._end(call, done.value, None)
                return
            except Exception as wrong:  # noqa: BLE001  it is for who waits
                self._end(call, None, wrong)
                return
            call.until = time.monotonic() + seconds
            if data:
                call.unsent = memoryview(data)
            what = self._next_for(call)
            if what is None:
                return

    def _next_for(self, call: _Call) -> Reply | Exception | None:
        """Send what is to be sent; when all is, return the next answer if it is there."""
        try:
            if call.unsent or call.asks_to_write:
                self._write(call)
            return None if call.unsent else call.pipe.replies.next()
        except (OSError, OutOfStep) as wrong:
            return wrong

    def _write(self, call: _Call) -> None:
        with contextlib.suppress(BlockingIOError):
            while call.unsent:
                call.unsent = call.unsent[call.pipe.sock.send(call.unsent) :]
        if bool(call.unsent) != call.asks_to_write:
            call.asks_to_write = bool(call.unsent)
            self._poll.modify(
                call.handle, select.POLLIN | (select.POLLOUT if call.asks_to_write else 0)
            )

    def _end(self, call: _Call, found: Any, wrong: Exception | None) -> None:
        # By number: the conversation may have closed the socket.
        self._poll.unregister(call.handle)
        del self._calls[call.handle]
        call.found, call.wrong = found, wrong
        call.over.set()
