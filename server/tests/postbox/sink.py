"""A real SMTP server on the loopback that can be told to answer badly."""

import contextlib
import email
import email.policy
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

logging.getLogger("mail.log").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Kept:
    sender: str
    recipient: str
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        found = email.message_from_bytes(self.raw, policy=email.policy.default)
        assert isinstance(found, EmailMessage)
        return found


@dataclass
class Sink:
    """Keeps what it accepts. ``at_rcpt`` and ``at_data`` hold answers per recipient, used up in
    turn; ``before_mail`` and ``before_answer`` are called with the count of mails kept so far.
    """

    port: int = 0
    kept: list[Kept] = field(default_factory=list)
    at_rcpt: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    at_data: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    at_mail: list[str] = field(default_factory=list)
    drop_at_data: set[str] = field(default_factory=set)
    before_mail: Callable[[int], None] = lambda count: None
    before_answer: Callable[[int], None] = lambda count: None
    connections: int = 0
    servers: list[SMTP] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "host": "127.0.0.1", "port": self.port, "username": "", "password": "",
            "use_ssl": False, "use_tls": False,
        }  # fmt: skip

    @property
    def recipients(self) -> Counter[str]:
        return Counter(each.recipient for each in self.kept)

    def hang_up(self) -> None:
        """Close every open connection from the server's side."""
        for server in self.servers:
            if server.transport is not None:
                server.loop.call_soon_threadsafe(server.transport.close)
        time.sleep(0.1)

    def wait_for(self, count: int, seconds: float = 20) -> None:
        """Return when that many mails are kept. Raises AssertionError when they do not come."""
        until = time.monotonic() + seconds
        while len(self.kept) < count:
            assert time.monotonic() < until, f"only {len(self.kept)} of {count} mails arrived"
            time.sleep(0.005)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.before_mail(len(self.kept))
        if self.at_mail:
            return self.at_mail.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_rcpt[address]:
            return self.at_rcpt[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        recipient = envelope.rcpt_tos[0]
        if recipient in self.drop_at_data:
            self.drop_at_data.discard(recipient)
            assert server.transport is not None
            server.transport.abort()
            return "421 never heard"
        if self.at_data[recipient]:
            return self.at_data[recipient].pop(0)
        assert isinstance(envelope.content, bytes)
        self.kept.append(Kept(envelope.mail_from or "", recipient, envelope.content))
        self.before_answer(len(self.kept))
        return f"250 kept as {len(self.kept)}"


class _Controller(Controller):
    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def factory(self) -> SMTP:
        sink: Sink = self.handler
        sink.connections += 1
        server: SMTP = super().factory()
        sink.servers.append(server)
        return server


@contextlib.contextmanager
def running_sink() -> Iterator[Sink]:
    """Yield a sink on a free port of the loopback."""
    sink = Sink()
    controller = _Controller(sink, hostname="127.0.0.1", port=0)
    controller.start()
    sink.port = controller.port
    # The controller has looked whether it answers.
    sink.connections = 0
    try:
        yield sink
    finally:
        controller.stop()
