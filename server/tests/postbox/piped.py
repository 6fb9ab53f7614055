"""A mail server in plain sockets that announces PIPELINING and can be told to misbehave.

It counts what it accepted by Message-ID. Every connection has a thread; ``answer`` may replace what
is said to a command, ``None`` hangs up instead, and a number waits so many seconds first.
"""

import contextlib
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE | re.IGNORECASE)
# What to say to a verb ("MAIL", "RCPT", "DATA", "body", "RSET") for a recipient: bytes as they are,
# None to hang up, a number of seconds to wait before the usual answer.
Said = bytes | float | None
USUAL = {
    "MAIL": b"250 2.1.0 fine\r\n",
    "RCPT": b"250 2.1.5 fine\r\n",
    "DATA": b"354 go on\r\n",
    "body": b"250 2.0.0 kept\r\n",
    "RSET": b"250 2.0.0 fine\r\n",
}


@dataclass
class Piped:
    answer: Callable[[str, str, int], Said] = lambda verb, recipient, count: USUAL[verb]
    pipelining: bool = True
    accepted: Counter[str] = field(default_factory=Counter)
    bodies: dict[str, bytes] = field(default_factory=dict)
    arrived: list[tuple[str, bytes]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    connections: int = 0
    looks_ahead: bool = False
    early: bytes = b""
    ahead: int = 0
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    open: list[socket.socket] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, object]:
        return {
            "host": "127.0.0.1", "port": self.port, "username": "", "password": "",
            "use_ssl": False, "use_tls": False,
        }  # fmt: skip

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def hang_up(self) -> None:
        with self.lock:
            for each in self.open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.closing(sock):
            self._talk(sock)

    def _talk(self, sock: socket.socket) -> None:
        reader = sock.makefile("rb")
        sock.sendall(b"220 piped\r\n")
        recipient = ""
        while line := self.early or reader.readline():
            self.early = b""
            verb = line[:4].upper().decode("ascii", "replace").strip()
            if verb in {"EHLO", "HELO"}:
                offered = (
                    b"250-piped\r\n250 PIPELINING\r\n" if self.pipelining else b"250 piped\r\n"
                )
                sock.sendall(offered)
                continue
            if verb == "QUIT":
                sock.sendall(b"221 bye\r\n")
                return
            if verb == "RCPT":
                recipient = line.split(b"<")[1].split(b">")[0].decode()
            said = self._say(sock, verb, recipient)
            if said is None:
                return
            if (
                verb == "DATA"
                and said.startswith(b"354")
                and not self._take(sock, reader, recipient)
            ):
                return

    def _take(self, sock: socket.socket, reader: object, recipient: str) -> bool:
        body = b""
        while not body.endswith(b"\r\n.\r\n") and body != b".\r\n":
            line = reader.readline()  # type: ignore[attr-defined]
            if not line:
                return False
            body += line
        found = _ID.search(body)
        key = found[1].decode() if found else ""
        with self.lock:
            count = sum(self.accepted.values())
        if self.looks_ahead:
            # Before the answer to this mail: only what was sent ahead can be there.
            sock.settimeout(2)
            self.early = reader.readline()  # type: ignore[attr-defined]
            sock.settimeout(None)
            self.ahead += self.early.startswith(b"MAIL")
        said = self.answer("body", recipient, count)
        if body == b".\r\n":
            said = b"554 5.5.1 nobody to send that to\r\n"
        if isinstance(said, float | int):
            time.sleep(said)
            said = USUAL["body"]
        if said is None:
            return False
        with self.lock:
            if said.startswith(b"250"):
                self.accepted[key] += 1
                self.bodies[recipient] = body
                self.arrived.append((recipient, body))
            else:
                self.refused[key] += 1
        sock.sendall(said)
        return True

    def _say(self, sock: socket.socket, verb: str, recipient: str) -> bytes | None:
        with self.lock:
            count = sum(self.accepted.values())
        said = self.answer(verb, recipient, count)
        if isinstance(said, float | int):
            time.sleep(said)
            said = USUAL[verb]
        if said is not None:
            sock.sendall(said)
        return said


@contextlib.contextmanager
def running_piped(server: Piped | None = None) -> Iterator[Piped]:
    """Yield a server on a free port of the loopback; it ends with its connections."""
    server = server or Piped()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.port = listening.getsockname()[1]

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    sock, _ = listening.accept()
                    with server.lock:
                        server.connections += 1
                        server.open.append(sock)
                    threading.Thread(target=server.serve, args=(sock,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield server
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            server.hang_up()
