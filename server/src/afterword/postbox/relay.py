"""One persistent SMTP connection, and its answers as values instead of exceptions."""

import contextlib
import logging
import smtplib
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from afterword.postbox.lines import one_line
from afterword.postbox.outcomes import Claimed, Outcome
from afterword.postbox.pipelining import OutOfStep, Pipe, Reply, Talk, held

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Timeouts:
    """Seconds to wait: for the connection, for each command, and after a mail's last byte.

    The last is long on purpose: giving up while the server still files the mail would send it
    twice (RFC 5321, 4.5.3.2.6).
    """

    connect: float = 15
    command: float = 30
    filing: float = 120


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    code: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter as it goes over the wire."""

    letter: Claimed
    sender: str
    raw: bytes
    is_calm: bool = False
    """It is known that no line of it begins with a dot."""

    @property
    def recipient(self) -> str:
        return self.letter.recipient


# Holds a conversation over a pipe to its end.
Hold = Callable[[Pipe, Talk["Mail | None"]], "Mail | None"]
# Asked for the next mail; whether to wait for one that may still come.
Take = Callable[[bool], Mail | None]
Told = Callable[[Mail, Answer], None]


class Carrier(Protocol):
    """What takes letters to the other side of a channel, for one thread at a time."""

    def twin(self) -> "Carrier": ...

    def deliver(self, take: Take, told: Told) -> None: ...

    def close_if_idle(self, seconds: float) -> None: ...

    def quit(self) -> None: ...


class RelayDown(Exception):
    """The relay cannot be reached or does not let us in. The text is fit for an operator."""


class Relay:
    """The mail server letters are handed to. Not safe to share between threads."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        *,
        our_name: str,
        timeouts: Timeouts | None = None,
        hold: Hold = held,
    ) -> None:
        self.settings = settings
        self.our_name = our_name
        self.timeouts = timeouts or Timeouts()
        self._smtp: smtplib.SMTP | None = None
        self._pipe: Pipe | None = None
        self._hold = hold
        self._may_pipeline = True
        self._handed_over = 0
        self._used_at = 0.0

    def twin(self) -> "Relay":
        """Return another connection to the same server."""
        return Relay(self.settings, our_name=self.our_name, timeouts=self.timeouts, hold=self._hold)

    def deliver(self, take: Take, told: Told) -> None:
        """Hand over mails until ``take`` has no more, telling how each one ended.

        Raises RelayDown, saying what to check; the mail that was taken and not told of is untried.
        """
        mail = take(True)
        again = None
        while mail is not None:
            self.open()
            if self._pipe is None:
                told(mail, self.hand_over(mail.sender, mail.recipient, mail.raw))
                mail = take(True)
                continue
            try:
                untried = self._hold(self._pipe, self._stream(self._pipe, mail, take, told))
            except BaseException:
                self.close()
                raise
            if untried is not None and untried is again:
                # Twice on a fresh connection: it is this mail that the server hangs up on.
                told(untried, Answer(Outcome.LOST, None, "connection lost before the answer"))
                untried = None
            again = untried
            mail = untried or take(True)

    def open(self) -> None:
        """Connect, unless the connection is up. Raises RelayDown, saying what to check."""
        if self._smtp is not None:
            return
        try:
            self._smtp = self._connected()
        except smtplib.SMTPAuthenticationError as wrong:
            self.close()
            raise RelayDown(
                f"The mail server refused the user name or password ({wrong.smtp_code}). "
                "Check AFTERWORD_SMTP_URL."
            ) from wrong
        except (OSError, smtplib.SMTPException) as wrong:
            self.close()
            where = f"{self.settings['host']}:{self.settings['port']}"
            raise RelayDown(
                one_line(f"The mail server {where} cannot be used: {wrong}. "
                         "Check that it runs and that AFTERWORD_SMTP_URL names it.", 500)
            ) from wrong  # fmt: skip
        self._used_at = time.monotonic()

    def hand_over(self, sender: str, recipient: str, mail: bytes) -> Answer:
        """Try to hand over one mail and return the answer. Never raises for what a server does.

        A connection the server closed while it was idle is opened again once, for nothing was
        said on it about this mail. Raises RelayDown when that fails, and when the server refuses
        us as a sender.
        """
        self.open()
        fresh = time.monotonic() - self._used_at < 1
        self._used_at = time.monotonic()
        try:
            code, text = self._begin(sender)
        except (OSError, smtplib.SMTPException) as lost:
            self.close()
            if fresh:
                return _lost(lost)
            self.open()
            return self.hand_over(sender, recipient, mail)
        try:
            return self._transaction(code, text, recipient, mail)
        except (OSError, smtplib.SMTPException) as lost:
            self.close()
            return _lost(lost)
        finally:
            self._used_at = time.monotonic()

    def close_if_idle(self, seconds: float) -> None:
        """Say goodbye when the connection was not used for that long."""
        if self._smtp is not None and time.monotonic() - self._used_at > seconds:
            self.quit()

    def quit(self) -> None:
        if self._pipe is not None:
            self._pipe.quit(self.timeouts.command)
        elif self._smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self.close()

    def close(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = self._pipe = None

    def _connected(self) -> smtplib.SMTP:
        settings, wait = self.settings, self.timeouts
        where = (settings["host"], settings["port"], self.our_name)
        smtp: smtplib.SMTP
        if settings.get("use_ssl"):
            context = ssl.create_default_context()
            smtp = smtplib.SMTP_SSL(*where, timeout=wait.connect, context=context)
        else:
            smtp = smtplib.SMTP(*where, timeout=wait.connect)
        self._smtp = smtp
        if settings.get("use_tls"):
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if settings.get("username"):
            smtp.login(settings["username"], settings["password"])
        self._wait_at_most(wait.command, smtp)
        self._handed_over = 0
        # Its reader may hold nothing by now: a server that speaks before it is asked is refused.
        if self._may_pipeline and smtp.has_extn("pipelining") and smtp.sock is not None:
            self._pipe = Pipe(smtp.sock)
        return smtp

    def _stream(self, pipe: Pipe, mail: Mail, take: Take, told: Told) -> Talk[Mail | None]:
        """Hand over mails as long as there are any at once. Returns one that is untried, if any:
        nothing of it but its envelope was sent, and the connection is closed.
        """
        current: Mail | None = mail
        data = pipe.ahead(envelope=(mail.sender, mail.recipient))
        try:
            while current is not None:
                mail = current
                refused = yield from self._refused_envelope(pipe, data)
                data = b""
                if refused is _UNTRIED:
                    self.close()
                    return mail
                current = take(False)
                ahead = (current.sender, current.recipient) if current is not None else None
                if refused is not None:
                    told(mail, refused)
                    if refused.code == 421:
                        self.close()
                        return current
                    if ahead is not None:
                        data = pipe.ahead(envelope=ahead)
                    continue
                answer = yield from self._answer_to_body(pipe, mail, ahead)
                self._used_at = time.monotonic()
                self._handed_over += 1
                told(mail, answer)
                if answer.code in {None, 421}:
                    self.close()
                    return current
        except OutOfStep as wrong:
            log.warning("%s: it is asked one thing at a time from now on", wrong)
            self._may_pipeline = False
            self.close()
            return current
        except OSError as lost:
            log.info("the connection to the mail server was lost: %s", lost)
            self.close()
            return current
        return None

    def _refused_envelope(self, pipe: Pipe, data: bytes) -> Talk[Answer | None]:
        """Return None when the body may follow, a refusal, or that nothing was tried.

        Raises RelayDown when a fresh connection refuses our sender.
        """
        wait = self.timeouts.command
        sender, recipient, begun = yield from pipe.answers_to_envelope(data, wait)
        if sender.code != 250:
            if self._handed_over:
                # Servers end a long conversation so; a new one tells whether it is about us.
                return _UNTRIED
            self.close()
            raise _refuses_sender(sender)
        if recipient.code in {250, 251} and begun.code == 354:
            return None
        if begun.code == 354:
            yield from pipe.take_back_data(wait)
        return _answer(recipient if recipient.code not in {250, 251} else begun)

    def _answer_to_body(
        self, pipe: Pipe, mail: Mail, ahead: tuple[str, str] | None
    ) -> Talk[Answer]:
        """Send the body and, ahead of its answer, the next envelope; return the answer."""
        data = pipe.ahead(body=mail.raw, is_calm=mail.is_calm, envelope=ahead)
        try:
            reply = yield from pipe.answer_to_body(data, self.timeouts.filing)
        except OutOfStep as wrong:
            self._may_pipeline = False
            return _lost(wrong)
        except OSError as lost:
            return _lost(lost)
        if reply.code == 250:
            return Answer(Outcome.ACCEPTED, 250, _readable(reply.text))
        return _answer(reply)

    def _begin(self, sender: str) -> tuple[int, bytes]:
        if self._smtp is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        return self._smtp.mail(sender)

    def _transaction(self, code: int, text: bytes, recipient: str, mail: bytes) -> Answer:
        smtp = self._smtp
        if smtp is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        if code != 250:
            # This is about us, not about the recipient: every other letter would hear the same.
            self.close()
            raise _refuses_sender(Reply(code, text))
        code, text = smtp.rcpt(recipient)
        if code not in {250, 251}:
            return self._refusal(smtp, code, text)
        self._wait_at_most(self.timeouts.filing, smtp)
        try:
            code, text = smtp.data(mail)
        except smtplib.SMTPDataError as refused:
            answer = refused.smtp_error
            raw = answer if isinstance(answer, bytes) else answer.encode()
            return self._refusal(smtp, refused.smtp_code, raw)
        self._wait_at_most(self.timeouts.command, smtp)
        if code != 250:
            return self._refusal(smtp, code, text)
        return Answer(Outcome.ACCEPTED, code, _readable(text))

    def _refusal(self, smtp: smtplib.SMTP, code: int, text: bytes) -> Answer:
        if code == 421 or not 400 <= code <= 599:
            self.close()
        else:
            smtp.rset()
        return _answer(Reply(code, text))

    @staticmethod
    def _wait_at_most(seconds: float, smtp: smtplib.SMTP) -> None:
        if smtp.sock is not None:
            smtp.sock.settimeout(seconds)


_UNTRIED = Answer(Outcome.LOST, None, "not tried")


def _answer(reply: Reply) -> Answer:
    outcome = Outcome.REFUSED if 500 <= reply.code <= 599 else Outcome.DEFERRED
    return Answer(outcome, reply.code if 0 < reply.code < 1000 else None, _readable(reply.text))


def _refuses_sender(reply: Reply) -> RelayDown:
    return RelayDown(
        f"The mail server refuses our sender: {reply.code} {_readable(reply.text)}. "
        "Check AFTERWORD_MAIL_FROM."
    )


def _lost(error: Exception) -> Answer:
    return Answer(Outcome.LOST, None, one_line(f"connection lost: {error}", 500))


def _readable(text: bytes) -> str:
    return one_line(text.decode("utf-8", "replace"), 500)
