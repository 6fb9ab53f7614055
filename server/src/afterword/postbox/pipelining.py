"""Commands sent ahead of their answers (RFC 2920), so that a letter costs one round trip.

MAIL, RCPT and DATA leave in one write, together with the body of the letter before. Every answer is
held against the command it belongs to; one that cannot belong to it ends the connection.
"""

import contextlib
import re
import socket
import time
from collections import deque
from dataclasses import dataclass

_LONGEST_LINE = 4096
_MOST_LINES = 100
_AT_ONCE = 65536
_REPLY = re.compile(rb"([2-5][0-9][0-9])([ -]|$)(.*)", re.DOTALL)


class OutOfStep(Exception):
    """The server answers what it was not asked, or in a form that is none."""


class HungUp(OSError):
    """The server closed the connection."""


@dataclass(frozen=True, slots=True)
class Reply:
    code: int
    text: bytes

    @property
    def ends_connection(self) -> bool:
        return self.code == 421


class Replies:
    """Reads answers from a socket, each within a time, whatever pace its bytes come at."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._lines: deque[bytes] = deque()
        self._rest = b""

    @property
    def unread(self) -> bool:
        """Whether the server has said more than it was asked for so far."""
        return bool(self._lines or self._rest)

    def next(self, seconds: float) -> Reply:
        """Return the next answer. Raises OSError (TimeoutError, HungUp) and OutOfStep."""
        until = 0.0
        texts: list[bytes] = []
        code = 0
        for _ in range(_MOST_LINES):
            while not self._lines:
                until = until or time.monotonic() + seconds
                self._read(until - time.monotonic())
            found = _REPLY.match(self._lines.popleft())
            if found is None or (code and int(found[1]) != code):
                raise OutOfStep("the mail server's answer is none of SMTP")
            code = int(found[1])
            texts.append(found[3])
            if found[2] != b"-":
                return Reply(code, b" ".join(texts) if len(texts) > 1 else texts[0])
        raise OutOfStep(f"the mail server's answer has more than {_MOST_LINES} lines")

    def _read(self, seconds: float) -> None:
        if seconds <= 0:
            raise TimeoutError("the mail server took too long to answer")
        self._sock.settimeout(seconds)
        found = self._sock.recv(_AT_ONCE)
        if not found:
            raise HungUp("the mail server hung up")
        *lines, self._rest = (self._rest + found).split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            raise OutOfStep("the mail server's answer has no end")
        self._lines.extend(line[:_LONGEST_LINE].rstrip(b"\r") for line in lines)


class Pipe:
    """A connection over which envelopes go ahead. It owns the socket."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        # The end of a mail must not wait for the network to confirm its middle.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._replies = Replies(sock)
        self._open_transaction = False
        self._to_reset = False

    def write(self, seconds: float, *, body: bytes = b"", envelope: tuple[str, str] | None) -> None:
        """Send the rest of a transaction and the begin of the next one in one go."""
        parts = [stuffed(body), b".\r\n"] if body else []
        if envelope is not None:
            sender, recipient = envelope
            if self._open_transaction and not body:
                parts.append(b"RSET\r\n")
                self._to_reset = True
            parts.append(
                f"MAIL FROM:<{sender}>\r\nRCPT TO:<{recipient}>\r\nDATA\r\n".encode("ascii")
            )
            self._open_transaction = True
        else:
            self._open_transaction = False
        self._sock.settimeout(seconds)
        self._sock.sendall(b"".join(parts))

    def answers_to_envelope(self, seconds: float) -> tuple[Reply, Reply, Reply]:
        """Return the answers to MAIL, RCPT and DATA; the last is 354 or a refusal."""
        if self._to_reset:
            self._to_reset = False
            if self._replies.next(seconds).code != 250:
                raise OutOfStep("the mail server does not begin anew")
        mail = self._replies.next(seconds)
        if mail.ends_connection:
            return mail, mail, mail
        recipient = self._replies.next(seconds)
        data = recipient if recipient.ends_connection else self._replies.next(seconds)
        if mail.code == 354 or recipient.code == 354 or data.code < 354:
            raise OutOfStep("the mail server answers commands that were not given")
        if data.code == 354 and self._replies.unread:
            raise OutOfStep("the mail server says more than it was asked")
        return mail, recipient, data

    def answer_to_body(self, seconds: float) -> Reply:
        """Return the answer to a body. Raises OutOfStep for one that cannot be it."""
        reply = self._replies.next(seconds)
        if 300 <= reply.code < 400:
            raise OutOfStep("the mail server asks for more after the whole mail")
        return reply

    def take_back_data(self, seconds: float) -> None:
        """End a DATA that was let through without a recipient (RFC 2920, 3.1)."""
        self._sock.settimeout(seconds)
        self._sock.sendall(b".\r\n")
        self._replies.next(seconds)
        self._open_transaction = False

    def quit(self, seconds: float) -> None:
        with contextlib.suppress(OSError, OutOfStep):
            self._sock.settimeout(seconds)
            self._sock.sendall(b"QUIT\r\n")
            self._replies.next(seconds)


def stuffed(body: bytes) -> bytes:
    """Return the body with dots doubled where a line begins with one, ending in a line end."""
    doubled = body.replace(b"\r\n.", b"\r\n..")
    if doubled.startswith(b"."):
        doubled = b"." + doubled
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"
