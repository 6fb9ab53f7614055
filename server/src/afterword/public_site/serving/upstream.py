"""The way to the application: one connection to it for each request that is passed on.

Bytes go through as they are. Since no two requests share a connection, nothing that one reader
sends can become part of another's request.
"""

import asyncio
import contextlib
import os
from typing import Protocol, cast

from afterword.public_site.serving.request import Asked

# How long a request waits for an application that is starting again, in seconds, and how often it
# looks.
PATIENCE, _BETWEEN = 10.0, 0.05
# The reader's address as the front saw it; the application takes it for the neighbour's own.
PEER = "X-Afterword-Peer"
# The most that is passed on, in bytes: as in the nginx of ``deploy/``, more than any form needs.
LARGEST_BODY = 20 * 1024 * 1024
_NOT_FOR_OTHERS = frozenset(
    {b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"upgrade"}
)


class Reader(Protocol):
    """The connection a request came by."""

    def upstream_ready(self, upstream: "Upstream") -> None: ...
    def upstream_away(self, asked: Asked) -> None: ...
    def upstream_done(self) -> None: ...
    def receive(self, data: bytes) -> None: ...
    def upload_held(self, *, held: bool) -> None: ...


class Upstream(asyncio.Protocol):
    """One request on its way and its answer on the way back."""

    def __init__(self, reader: Reader, asked: Asked, peer: str) -> None:
        self._reader = reader
        self._asked = asked
        self._peer = peer
        self._transport: asyncio.Transport | None = None
        self._left = asked.body_length
        self.answered = False
        self._handle = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports have the same methods and another ancestry.
        self._transport = cast(asyncio.Transport, transport)
        self._handle = os.dup(transport.get_extra_info("socket").fileno())
        self._transport.write(head_for(self._asked, self._peer))
        self._reader.upstream_ready(self)

    def send(self, data: bytes) -> None:
        """Send more of the request's body; what goes beyond its length is dropped."""
        if self._left is not None:
            data = data[: self._left]
            self._left -= len(data)
        if self._transport is not None and data:
            self._transport.write(data)

    def data_received(self, data: bytes) -> None:
        self.answered = True
        self._reader.receive(data)

    def connection_lost(self, exc: Exception | None) -> None:
        said = self._unread() if exc is not None else b""
        os.close(self._handle)
        if said:
            self.answered = True
            self._reader.receive(said)
        if self.answered:
            self._reader.upstream_done()
        else:
            self._reader.upstream_away(self._asked)

    def _unread(self) -> bytes:
        """Return what was said by an application that has hung up while we were still sending.

        One that refuses a body answers before it has read it; the transport closes at the first
        byte it cannot send, with the answer unread.
        """
        said = b""
        with contextlib.suppress(OSError):
            while more := os.read(self._handle, 65536):
                said += more
        return said

    def pause_writing(self) -> None:
        self._reader.upload_held(held=True)

    def resume_writing(self) -> None:
        self._reader.upload_held(held=False)

    def hold(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.pause_reading()

    def go_on(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()

    def abandon(self) -> None:
        if self._transport is not None:
            self._transport.abort()


def pass_on(
    reader: Reader, asked: Asked, peer: str, path: str, loop: asyncio.AbstractEventLoop
) -> None:
    """Send a request to the application that listens at a socket's path."""
    task = loop.create_task(_connect(reader, asked, peer, path, loop))
    _connecting.add(task)
    task.add_done_callback(_connecting.discard)


# The loop itself holds tasks weakly.
_connecting: set[asyncio.Task[None]] = set()


async def _connect(
    reader: Reader, asked: Asked, peer: str, path: str, loop: asyncio.AbstractEventLoop
) -> None:
    until = loop.time() + PATIENCE
    while True:
        try:
            await loop.create_unix_connection(lambda: Upstream(reader, asked, peer), path)
        except OSError:
            if loop.time() > until:
                reader.upstream_away(asked)
                return
            await asyncio.sleep(_BETWEEN)
        else:
            return


def head_for(asked: Asked, peer: str) -> bytes:
    """Return the head to send on, without what was meant for us alone.

    Names with an underscore are left out: in WSGI they cannot be told from those with a hyphen.
    """
    ours = PEER.lower().encode()
    kept = [
        name + b": " + value + b"\r\n"
        for name, value in asked.headers
        if name not in _NOT_FOR_OTHERS and name != ours and b"_" not in name
    ]
    told = f"{PEER}: {peer}\r\nConnection: close\r\n\r\n"
    first = f"{asked.method} {asked.target} HTTP/{asked.version}\r\n"
    return first.encode("latin-1") + b"".join(kept) + told.encode("latin-1")
