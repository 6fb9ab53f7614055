"""Commands sent ahead of their answers (RFC 2920), so that a letter costs one round trip.

MAIL, RCPT and DATA leave in one write, together with the body of the letter before. Every answer is
held against the command it belongs to; one that cannot belong to it ends the connection.

A conversation is a generator that asks for what is to be sent and heard, so that a thread can hold
one (``held``) or many (``exchange.Exchange``).
"""

import contextlib
import re
import socket
import time
from collections import deque
from collections.abc import Generator
from functools import lru_cache
from typing import NamedTuple, TypeVar

_LONGEST_LINE = 4096
_MOST_LINES = 100
AT_ONCE = 65536
_REPLY = re.compile(rb"([2-5][0-9][0-9])([ -]|$)(.*)", re.DOTALL)


class OutOfStep(Exception):
    """The server answers what it was not asked, or in a form that is none."""


class HungUp(OSError):
    """The server closed the connection."""


class Reply(NamedTuple):
    code: int
    text: bytes

    @property
    def ends_connection(self) -> bool:
        return self.code == 421


# What a conversation asks of whoever holds the socket: to send these bytes, if any, and to answer
# with the next reply within so many seconds, or to throw OSError or OutOfStep.
Ask = tuple[bytes, float]
T = TypeVar("T")
Talk = Generator[Ask, Reply, T]


class Replies:
    """Makes answers of the bytes a server says."""

    def __init__(self) -> None:
        self._lines: deque[bytes] = deque()
        self._rest = b""
        self._texts: list[bytes] = []
        self._code = 0

    @property
    def unread(self) -> bool:
        """Whether the server has said more than it was asked for so far."""
        return bool(self._lines or self._rest)

    def hear(self, found: bytes) -> None:
        """Take what was read from the socket. Raises HungUp when it is nothing, and OutOfStep."""
        if not found:
            raise HungUp("the mail server hung up")
        *lines, self._rest = (self._rest + found).split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            raise OutOfStep("the mail server's answer has no end")
        self._lines.extend(line[:_LONGEST_LINE].rstrip(b"\r") for line in lines)

    def next(self) -> Reply | None:
        """Return the next answer if it is there as a whole. Raises OutOfStep for what is none."""
        texts = self._texts
        while self._lines:
            line = self._lines.popleft()
            if not texts and (whole := _in_one_line(line)) is not None:
                return whole
            found = _REPLY.match(line)
            if found is None or (texts and int(found[1]) != self._code):
                raise OutOfStep("the mail server's answer is none of SMTP")
            self._code = int(found[1])
            texts.append(found[3])
            if found[2] != b"-":
                self._texts = []
                return Reply(self._code, b" ".join(texts) if len(texts) > 1 else texts[0])
            if len(texts) >= _MOST_LINES:
                raise OutOfStep(f"the mail server's answer has more than {_MOST_LINES} lines")
        return None


# Servers say the same few lines all the time.
@lru_cache(maxsize=64)
def _in_one_line(line: bytes) -> Reply | None:
    """Return the answer that the line is by itself, if it is one."""
    found = _REPLY.match(line)
    if found is None or found[2] == b"-":
        return None
    return Reply(int(found[1]), found[3])


class Pipe:
    """A connection over which envelopes go ahead. It owns the socket."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        # The end of a mail must not wait for the network to confirm its middle.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.replies = Replies()
        self._waits: float | None = None
        self._open_transaction = False
        self._to_reset = False

    def wait_at_most(self, seconds: float) -> None:
        """Let the socket wait so long; 0 for not at all."""
        # It costs a system call, and is the same again and again.
        if seconds != self._waits:
            self.sock.settimeout(seconds)
            self._waits = seconds

    def exchange(self, data: bytes, seconds: float) -> Reply:
        """Send, and wait for the next answer. Raises OSError (TimeoutError, HungUp), OutOfStep."""
        if data:
            self.wait_at_most(seconds)
            self.sock.sendall(data)
        until = 0.0
        while (reply := self.replies.next()) is None:
            now = time.monotonic()
            until = until or now + seconds
            if now >= until:
                raise TimeoutError("the mail server took too long to answer")
            self.wait_at_most(until - now)
            self.replies.hear(self.sock.recv(AT_ONCE))
        return reply

    def ahead(
        self, *, body: bytes = b"", is_calm: bool = False, envelope: tuple[str, str] | None
    ) -> bytes:
        """Return the rest of a transaction and the begin of the next one, to send in one go.

        ``is_calm`` means that no line of the body begins with a dot.
        """
        parts = [_ended(body) if is_calm else stuffed(body), b".\r\n"] if body else []
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
        return b"".join(parts)

    def answers_to_envelope(self, data: bytes, seconds: float) -> Talk[tuple[Reply, Reply, Reply]]:
        """Return the answers to MAIL, RCPT and DATA; the last is 354 or a refusal.

        ``data`` is the envelope, or nothing when it went ahead.
        """
        if self._to_reset:
            self._to_reset = False
            if (yield data, seconds).code != 250:
                raise OutOfStep("the mail server does not begin anew")
            data = b""
        # What went ahead is answered in one piece by most: it is here already.
        heard = self.replies.next
        mail = (None if data else heard()) or (yield data, seconds)
        if mail.ends_connection:
            return mail, mail, mail
        recipient = heard() or (yield b"", seconds)
        answer = recipient
        if not recipient.ends_connection:
            answer = heard() or (yield b"", seconds)
        if mail.code == 354 or recipient.code == 354 or answer.code < 354:
            raise OutOfStep("the mail server answers commands that were not given")
        if answer.code == 354 and self.replies.unread:
            raise OutOfStep("the mail server says more than it was asked")
        return mail, recipient, answer

    def answer_to_body(self, data: bytes, seconds: float) -> Talk[Reply]:
        """Send a body and what goes ahead, and return the answer to the body.

        Raises OutOfStep for one that cannot be it.
        """
        reply = yield data, seconds
        if 300 <= reply.code < 400:
            raise OutOfStep("the mail server asks for more after the whole mail")
        return reply

    def take_back_data(self, seconds: float) -> Talk[None]:
        """End a DATA that was let through without a recipient (RFC 2920, 3.1)."""
        yield b".\r\n", seconds
        self._open_transaction = False

    def quit(self, seconds: float) -> None:
        with contextlib.suppress(OSError, OutOfStep):
            self.exchange(b"QUIT\r\n", seconds)


def held(pipe: Pipe, talk: Talk[T]) -> T:
    """Hold a conversation in this thread, which waits for every answer."""
    try:
        ask = next(talk)
        while True:
            try:
                reply = pipe.exchange(*ask)
            except (OSError, OutOfStep) as wrong:
                ask = talk.throw(wrong)
            else:
                ask = talk.send(reply)
    except StopIteration as done:
        found: T = done.value
        return found


def stuffed(body: bytes) -> bytes:
    """Return the body with dots doubled where a line begins with one, ending in a line end."""
    doubled = body.replace(b"\r\n.", b"\r\n..")
    if doubled.startswith(b"."):
        doubled = b"." + doubled
    return _ended(doubled)


def _ended(body: bytes) -> bytes:
    return body if body.endswith(b"\r\n") else body + b"\r\n"
