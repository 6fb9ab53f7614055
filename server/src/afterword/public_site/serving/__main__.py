"""``python -m afterword.public_site.serving FD SITE DESK OUTWARD``: serve on a socket handed over.

DESK and OUTWARD are paths of sockets, where the application answers the desk and readers; they are
the same where one process does both.

Ends on SIGTERM, and when the process that started it is gone.
"""

import asyncio
import contextlib
import os
import resource
import signal
import socket
import sys

import uvloop

from afterword.public_site.serving.answers import Answers
from afterword.public_site.serving.connection import Connection, House

_LOOK_EVERY = 1.0
_GOODBYE = 2.0


async def serve(listener: socket.socket, house: House) -> None:
    """Answer until told to stop; then let what is under way finish for a moment."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    server = await loop.create_server(lambda: Connection(house, loop), sock=listener, backlog=1024)
    parent = os.getppid()
    while not stop.is_set() and os.getppid() == parent:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _LOOK_EVERY)
        _drop_overdue(house, loop.time())
    server.close()
    await _say_goodbye(house, loop)


def _drop_overdue(house: House, now: float) -> None:
    for each in [each for each in house.connections if each.overdue(now)]:
        each.drop()


async def _say_goodbye(house: House, loop: asyncio.AbstractEventLoop) -> None:
    house.closing = True
    until = loop.time() + _GOODBYE
    while house.connections and loop.time() < until:
        for each in [each for each in house.connections if each.idle()]:
            each.close()
        await asyncio.sleep(0.05)


def _open_as_many_as_allowed() -> None:
    """Every reader holds a file handle; the usual limit of 1,024 would end that early."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def main(arguments: list[str]) -> None:
    handle, site_dir, desk, outward = arguments
    listener = socket.socket(fileno=int(handle))
    listener.setblocking(False)
    _open_as_many_as_allowed()
    house = House(Answers(site_dir), desk, outward)
    uvloop.run(serve(listener, house))


if __name__ == "__main__":
    main(sys.argv[1:])
