"""What is done to each mail once its bytes are final: its return path, the header by which a
provider names it, and its signature.

Made of plain values, so that a process without Django can be handed it. With nothing set it costs
nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from afterword.postbox.return_path import ReturnPaths, mark_of

if TYPE_CHECKING:
    from afterword.postbox.dkim import SigningKey


@dataclass(frozen=True)
class Finish:
    """``return_to`` is the address mail comes back to, ``return_key`` what signs each letter's own
    form of it; without an address mail comes back to its sender. ``dkim`` signs the mail.
    ``header`` is what a mail provider repeats when it tells of a letter, with %s for its mark.
    """

    return_to: str = ""
    return_key: bytes = b""
    dkim: "SigningKey | None" = None
    header: str = ""


class Finisher:
    """Finishes mails one after the other. Raises ValueError for a key that cannot sign."""

    def __init__(self, finish: Finish) -> None:
        self._returns = ReturnPaths(finish.return_to, finish.return_key)
        self._returns_used = bool(finish.return_to)
        self._header = f"{finish.header}\r\n".encode("ascii") if finish.header else b""
        self._key = finish.return_key
        self._signed: Callable[[bytes], bytes] | None = None
        if finish.dkim is not None:
            # Whoever signs nothing need not wait for the cryptography to come up.
            from afterword.postbox.dkim import Signer  # noqa: PLC0415

            self._signed = Signer(finish.dkim).signed

    def sender(self, usual: str, letter_id: int, message_id: str) -> str:
        """Return the envelope's sender of a letter."""
        return self._returns.of(letter_id, message_id) if self._returns_used else usual

    def marked(self, raw: bytes, letter_id: int, message_id: str) -> bytes:
        """Return the mail of a letter with the header that its provider repeats. It takes some
        microseconds, and where no provider is set nothing is done.
        """
        if not self._header:
            return raw
        mark = mark_of(self._key, letter_id, message_id)
        return self._header % mark.encode("ascii") + raw

    def mail(self, raw: bytes) -> bytes:
        """Return the mail as it leaves."""
        return self._signed(raw) if self._signed is not None else raw
