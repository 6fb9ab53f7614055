"""One persistent SMTP connection, and its answers as values instead of exceptions."""

import contextlib
import smtplib
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from afterword.postbox.addresses import one_line
from afterword.postbox.states import Outcome


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


class RelayDown(Exception):
    """The relay cannot be reached or does not let us in. The text is fit for an operator."""


class Relay:
    """The mail server letters are handed to. Not safe to share between threads."""

    def __init__(
        self, settings: Mapping[str, Any], *, our_name: str, timeouts: Timeouts | None = None
    ) -> None:
        self._settings = settings
        self._our_name = our_name
        self._timeouts = timeouts or Timeouts()
        self._smtp: smtplib.SMTP | None = None
        self._used_at = 0.0

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
            where = f"{self._settings['host']}:{self._settings['port']}"
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
        if self._smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self.close()

    def close(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _connected(self) -> smtplib.SMTP:
        settings, wait = self._settings, self._timeouts
        where = (settings["host"], settings["port"], self._our_name)
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
        return smtp

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
            raise RelayDown(
                f"The mail server refuses our sender: {code} {_readable(text)}. "
                "Check AFTERWORD_MAIL_FROM."
            )
        code, text = smtp.rcpt(recipient)
        if code not in {250, 251}:
            return self._refusal(smtp, code, text)
        self._wait_at_most(self._timeouts.filing, smtp)
        try:
            code, text = smtp.data(mail)
        except smtplib.SMTPDataError as refused:
            answer = refused.smtp_error
            raw = answer if isinstance(answer, bytes) else answer.encode()
            return self._refusal(smtp, refused.smtp_code, raw)
        self._wait_at_most(self._timeouts.command, smtp)
        if code != 250:
            return self._refusal(smtp, code, text)
        return Answer(Outcome.ACCEPTED, code, _readable(text))

    def _refusal(self, smtp: smtplib.SMTP, code: int, text: bytes) -> Answer:
        if code == 421 or not 400 <= code <= 599:
            self.close()
        else:
            smtp.rset()
        outcome = Outcome.REFUSED if 500 <= code <= 599 else Outcome.DEFERRED
        return Answer(outcome, code if 0 < code < 1000 else None, _readable(text))

    @staticmethod
    def _wait_at_most(seconds: float, smtp: smtplib.SMTP) -> None:
        if smtp.sock is not None:
            smtp.sock.settimeout(seconds)


def _lost(error: Exception) -> Answer:
    return Answer(Outcome.LOST, None, one_line(f"connection lost: {error}", 500))


def _readable(text: bytes) -> str:
    return one_line(text.decode("utf-8", "replace"), 500)
