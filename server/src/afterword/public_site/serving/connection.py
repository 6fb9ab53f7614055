"""One reader's connection: requests in turn, each answered here or passed on."""

import asyncio
from dataclasses import dataclass, field
from typing import cast

from afterword.public_site.serving.answers import Answers
from afterword.public_site.serving.request import LONGEST_HEAD, Asked, BadRequest, read
from afterword.public_site.serving.upstream import LARGEST_BODY, Upstream, pass_on

# Seconds: between requests, for a whole head, without a byte either way, for the last bytes.
IDLE, HEAD, SILENT, LAST = 75.0, 15.0, 120.0, 2.0
_REMEMBERED, _LONGEST_REMEMBERED = 2048, 2048
# Its pages, what they look like, and what programs with a token of the desk ask.
OF_THE_DESK = ("/desk/", "/static/", "/api/v1/")
_TOO_LARGE = "413 Content Too Large"
# Of one connection: a body may bring what follows it, and the edges of its chunks.
_MOST_UPLOADED = LARGEST_BODY + LONGEST_HEAD + 1024 * 1024


@dataclass
class House:
    """What the connections of one process share. ``heads`` are requests read before, by bytes.

    A program that looks every half minute sends the same bytes each time. ``desk`` and ``outward``
    are the sockets of the application that answers the team, and of the one that answers readers.
    """

    answers: Answers
    desk: str
    outward: str
    heads: dict[bytes, Asked] = field(default_factory=dict)
    connections: set["Connection"] = field(default_factory=set)
    closing: bool = False

    def application(self, asked: Asked) -> str:
        """Return the socket of the application that is to answer."""
        return self.desk if f"{asked.path}/".startswith(OF_THE_DESK) else self.outward

    def remember(self, head: bytes, asked: Asked) -> None:
        if len(head) <= _LONGEST_REMEMBERED and asked.body_length == 0:
            if len(self.heads) >= _REMEMBERED:
                self.heads.clear()
            self.heads[head] = asked


class Connection(asyncio.Protocol):
    """A connection is waiting for a request, passing one on, or ending."""

    def __init__(self, house: House, loop: asyncio.AbstractEventLoop) -> None:
        self._house = house
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self._rest = b""
        self._upstream: Upstream | None = None
        self._passing = False
        self._ending = False
        self._full = False
        self._uploaded = 0
        # How much a slow reader had still to take at the last look.
        self._left: int | None = None
        self.deadline = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports have the same methods and another ancestry.
        self._transport = cast(asyncio.Transport, transport)
        self._house.connections.add(self)
        self.deadline = self._loop.time() + HEAD

    def connection_lost(self, exc: Exception | None) -> None:
        self._house.connections.discard(self)
        if self._upstream is not None:
            self._upstream.abandon()

    def data_received(self, data: bytes) -> None:
        if not self._rest and not self._passing and not self._ending and not self._full:
            asked = self._house.heads.get(data)
            if asked is not None:
                self._answer(asked)
                return
        if self._ending:
            return
        if self._passing:
            self._onward(data)
            return
        if not self._rest:
            self.deadline = self._loop.time() + HEAD
        self._rest += data
        self._take()

    def pause_writing(self) -> None:
        """The reader is slower than we are: no more requests, and no more of an answer, for now."""
        self._full = True
        self._left = self._waiting()
        self.deadline = self._loop.time() + SILENT
        if not self._passing:
            self.upload_held(held=True)
        if self._upstream is not None:
            self._upstream.hold()

    def resume_writing(self) -> None:
        self._full = False
        if self._upstream is not None:
            self._upstream.go_on()
        if not self._passing:
            self.upload_held(held=False)
            self._take()

    def overdue(self, now: float) -> bool:
        return now > self.deadline

    def idle(self) -> bool:
        return not self._passing and not self._rest and not self._full

    def drop(self) -> None:
        """Give up. An application that has said nothing is given up first, and the reader told.

        A reader who is still taking what was said is slow, and not given up.
        """
        left = self._waiting()
        if left and (self._left is None or left < self._left):
            self._left = left
            self.deadline = self._loop.time() + SILENT
        elif self._upstream is not None and not self._upstream.answered and not self._ending:
            self._upstream.abandon()
        elif self._transport is not None:
            self._transport.abort()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    # Called by the upstream this connection's request went to.

    def upstream_ready(self, upstream: Upstream) -> None:
        self._upstream = upstream
        if self._transport is None or self._transport.is_closing():
            upstream.abandon()
            return
        if self._rest:
            early, self._rest = self._rest, b""
            self._onward(early)
        self._transport.resume_reading()

    def upstream_away(self, asked: Asked) -> None:
        if self._ending:
            return
        self._write(self._house.answers.away(asked))
        self._end()

    def receive(self, data: bytes) -> None:
        self.deadline = self._loop.time() + SILENT
        self._write(data)

    def upstream_done(self) -> None:
        self._end()

    def upload_held(self, *, held: bool) -> None:
        if self._transport is not None and not self._transport.is_closing():
            (self._transport.pause_reading if held else self._transport.resume_reading)()

    def _take(self) -> None:
        """Answer every whole request there is, until one is passed on."""
        while self._rest and not self._passing and not self._ending and not self._full:
            if self._rest.startswith(b"\r\n"):
                self._rest = self._rest[2:]
                continue
            end = self._rest.find(b"\r\n\r\n")
            if end < 0 and len(self._rest) <= LONGEST_HEAD:
                return
            if end < 0 or end > LONGEST_HEAD:
                self._refuse("431 Request Header Fields Too Large")
                return
            head, self._rest = self._rest[: end + 4], self._rest[end + 4 :]
            try:
                asked = self._house.heads.get(head) or read(head)
            except BadRequest as wrong:
                self._refuse(wrong.status)
                return
            self._house.remember(head, asked)
            self._answer(asked)

    def _answer(self, asked: Asked) -> None:
        answer = self._house.answers.built(asked) or self._house.answers.otherwise(asked)
        if answer is None and (asked.body_length or 0) > LARGEST_BODY:
            self._refuse(_TOO_LARGE)
            return
        if answer is None:
            self._pass_on(asked)
            return
        self._write(answer)
        if not asked.stays or asked.body_length != 0 or self._house.closing:
            self._end()
        else:
            self.deadline = self._loop.time() + IDLE

    def _pass_on(self, asked: Asked) -> None:
        """Give the request to the application; whatever it says ends this connection."""
        self._passing = True
        self.deadline = self._loop.time() + SILENT
        if self._transport is None:
            return
        self._transport.pause_reading()
        peer = self._transport.get_extra_info("peername")
        application = self._house.application(asked)
        pass_on(self, asked, peer[0] if peer else "", application, self._loop)

    def _onward(self, data: bytes) -> None:
        """Pass on more of a body. One in chunks does not say how long it is; too much ends it."""
        self.deadline = self._loop.time() + SILENT
        if self._upstream is None:
            self._rest += data
            return
        self._uploaded += len(data)
        if self._uploaded > _MOST_UPLOADED:
            self._refuse(_TOO_LARGE)
            self._upstream.abandon()
        else:
            self._upstream.send(data)

    def _refuse(self, status: str) -> None:
        self._write(self._house.answers.refusal(status))
        self._end()

    def _waiting(self) -> int:
        """Return how many bytes are not on their way to the reader yet."""
        return self._transport.get_write_buffer_size() if self._transport is not None else 0

    def _write(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def _end(self) -> None:
        """Say that nothing follows, and give the reader a moment to take what was said.

        Closed at once, an answer could be lost to what they are still sending.
        """
        self._rest, self._ending = b"", True
        self.deadline = self._loop.time() + (SILENT if self._full else LAST)
        if self._transport is None or self._transport.is_closing():
            return
        if self._transport.can_write_eof():
            self._transport.write_eof()
            self._transport.resume_reading()
        else:
            self._transport.close()
