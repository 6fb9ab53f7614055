"""Turns a message into bytes once, and fills in a letter's own parts without building it again.

Building a MIME message takes milliseconds; joining pieces takes microseconds. Bodies are
quoted-printable, so a soft line break may stand on either side of every filled-in value.
"""

import html
import re
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parseaddr
from functools import cached_property, lru_cache
from typing import Any, Protocol

from afterword.kit.hashing import sha256_of_text
from afterword.postbox.lines import is_token_like, one_line
from afterword.postbox.marks import MARK

_SOFT_BREAK = b"=\r\n"
_LONGEST_FILL = 200
# A line of quoted-printable has 76 characters, the soft break's sign among them.
_LONGEST_PLAIN = 75
_FIRST_DOTS = re.compile(rb"^\.+", re.MULTILINE)
# Stands first in every HTML body, before any words of others.
_LANGUAGE = re.compile(r'\s*<!DOCTYPE html>\s*<html lang="([A-Za-z0-9-]{1,35})"')
# Bytes per encoded word: 60 characters in base64, under the 75 of RFC 2047.
_LONGEST_WORD = 45
# Stream.STATUS of the models, which cannot be asked where there is no database.
_TO_A_LIST = "status"


class Worded(Protocol):
    """What of a message goes into its mails."""

    pk: Any
    key: Any
    stream: Any
    sender: Any
    subject: Any
    text: Any
    html: Any
    list_id: Any
    unsubscribe_url: Any


class Filled(Protocol):
    """What of a letter goes into its mail."""

    @property
    def recipient(self) -> str: ...
    @property
    def rfc_message_id(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def fill(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Piece:
    """Fixed bytes, then the value named ``name`` (empty at the end), made safe by ``encode``."""

    fixed: bytes
    name: str
    encode: Callable[[str], bytes]


@dataclass(frozen=True)
class Envelope:
    """A message ready to be filled: the SMTP sender, and the pieces around each letter's parts."""

    sender: str
    head: bytes
    unsubscribe: tuple[Piece, ...]
    body: tuple[Piece, ...]

    @cached_property
    def is_calm(self) -> bool:
        """Whether no line begins with a dot, as far as all letters share it."""
        return all(_is_calm(each) for each in (self.head, *(piece.fixed for piece in self.body)))

    def fill(self, letter: Filled) -> bytes:
        """Return the whole mail of the letter, CRLF line ends, the same bytes every time."""
        return self.filled(letter)[0]

    def filled(self, letter: Filled) -> tuple[bytes, bool]:
        """Return the same, and whether it is known that no line of it begins with a dot.

        SMTP doubles such dots, and to look for them takes longer than all else that is done here.
        Only a letter's own parts are looked at again: what none of them holds, and none begins
        with, is nowhere in the whole.
        """
        fill = letter.fill
        said = f"To: <{letter.recipient}>\r\nMessage-ID: {letter.rfc_message_id}\r\n"
        ahead = said.encode("ascii") + _date_line(letter.created_at)
        if self.unsubscribe:
            ahead += b"List-Unsubscribe: <%s>\r\n%s" % (
                _joined(self.unsubscribe, fill),
                b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
            )
        parts, is_calm = [ahead, self.head], self.is_calm and _is_calm(ahead)
        for piece in self.body:
            parts.append(piece.fixed)
            if piece.name:
                value = piece.encode(str(fill.get(piece.name, "")))
                is_calm = is_calm and _is_calm(value)
                parts.append(value)
        return b"".join(parts), is_calm


def _is_calm(part: bytes) -> bool:
    """Whether a part of a mail neither holds a line that begins with a dot nor could begin or end
    one, whatever stands before it.
    """
    return not part.startswith((b".", b"\n")) and b"\r\n." not in part


def sender_address(sender: str) -> str:
    """Return the bare address of ``Name <address>``."""
    return parseaddr(sender)[1] or sender


def envelope_of(message: Worded) -> Envelope:
    """Return the envelope of a message. Raises ValueError when its sender is no address."""
    boundary = "=_" + sha256_of_text(message.key)[:32]
    return Envelope(
        sender=sender_address(message.sender),
        head=_head(message, boundary),
        unsubscribe=_pieces(message.unsubscribe_url, str.encode, _as_token)
        if message.unsubscribe_url
        else (),
        body=_body(message, boundary),
    )


def _head(message: Worded, boundary: str) -> bytes:
    """Return the headers all letters share. They are written by hand, for the standard library
    reads encoded words inside a plain text and would let a title write headers of its own.
    """
    name, address = parseaddr(message.sender)
    lines = [
        b"From: %s<%s>" % (_phrase(one_line(name, 120)), address.encode("ascii")),
        b"Subject: " + header_text(one_line(message.subject, 400)),
        b"Auto-Submitted: auto-generated",
        b"MIME-Version: 1.0",
        b'Content-Type: multipart/alternative; boundary="%s"' % boundary.encode(),
    ]
    if language := _LANGUAGE.match(message.html):
        # RFC 3282: the language of those it is meant for.
        lines.append(b"Content-Language: " + language[1].encode("ascii"))
    if message.stream == _TO_A_LIST:
        # RFC 3834 and common practice: vacation replies stay away from lists.
        lines.append(b"Precedence: list")
    if message.list_id:
        lines.append(b"List-Id: " + header_text(one_line(message.list_id, 180)))
    return b"\r\n".join(lines) + b"\r\n\r\n"


def header_text(text: str) -> bytes:
    """Return one line of text for a header: as it is when plain, else as RFC 2047 words."""
    if text.isascii() and text.isprintable() and "=?" not in text:
        return text.encode("ascii")
    words = []
    rest = text.encode("utf-8", "replace")
    while rest:
        cut = min(len(rest), _LONGEST_WORD)
        while cut < len(rest) and rest[cut] & 0xC0 == 0x80:
            cut -= 1
        words.append(b"=?utf-8?b?%s?=" % b64encode(rest[:cut]))
        rest = rest[cut:]
    return b"\r\n ".join(words)


def _phrase(name: str) -> bytes:
    """Return a display name with the space before its address, quoted where it is plain."""
    encoded = header_text(name)
    if encoded == name.encode("utf-8", "replace"):
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" '.encode("ascii") if quoted else b""
    return encoded + b" "


def _body(message: Worded, boundary: str) -> tuple[Piece, ...]:
    line = b"--" + boundary.encode()
    parts = [(b"plain", message.text, quoted_printable, _plain_fill)]
    if message.html:
        parts.append((b"html", message.html, _calm_quoted_printable, _html_fill))
    pieces: list[Piece] = []
    opening = b""
    for kind, text, encode, fill in parts:
        opening += line + b"\r\nContent-Type: text/%s; charset=utf-8\r\n" % kind
        opening += b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        found = _pieces(text, encode, fill)
        pieces.append(Piece(opening + found[0].fixed, found[0].name, found[0].encode))
        pieces.extend(found[1:])
        opening = b"\r\n"
    pieces.append(Piece(b"\r\n" + line + b"--\r\n", "", str.encode))
    return tuple(pieces)


def _pieces(
    text: str, fixed: Callable[[str], bytes], fill: Callable[[str], bytes]
) -> tuple[Piece, ...]:
    split = MARK.split(text)
    texts, names = split[::2], [*split[1::2], ""]
    return tuple(Piece(fixed(t), name, fill) for t, name in zip(texts, names, strict=True))


def _calm_quoted_printable(text: str) -> bytes:
    """Return the same without a line that begins with a dot, as those of a style sheet do: for one
    of them all lines of every letter would be searched.
    """
    # A line each, for the line they stood in may be as long as one may be.
    return _FIRST_DOTS.sub(lambda dots: b"=2E=\r\n" * len(dots[0]), quoted_printable(text))


def _joined(pieces: tuple[Piece, ...], fill: Mapping[str, str]) -> bytes:
    out: list[bytes] = []
    for piece in pieces:
        out.append(piece.fixed)
        if piece.name:
            out.append(piece.encode(str(fill.get(piece.name, ""))))
    return b"".join(out)


def quoted_printable(text: str) -> bytes:
    """Return the text as quoted-printable UTF-8 with CRLF line ends, lines up to 76 bytes."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    return b2a_qp(raw, istext=True).replace(b"\n", b"\r\n")


# The same value stands in several places of a letter.
@lru_cache(maxsize=64)
def _plain_fill(value: str) -> bytes:
    if _needs_no_care(value):
        return _SOFT_BREAK + value.encode("ascii") + _SOFT_BREAK
    inner = quoted_printable(_whole(value))
    return _SOFT_BREAK + inner + _SOFT_BREAK


@lru_cache(maxsize=64)
def _html_fill(value: str) -> bytes:
    if _needs_no_care(value):
        return _SOFT_BREAK + value.encode("ascii") + _SOFT_BREAK
    inner = quoted_printable(html.escape(_whole(value)))
    return _SOFT_BREAK + inner + _SOFT_BREAK


def _needs_no_care(value: str) -> bool:
    """Whether it is a token that fits into one line and means nothing in any encoding."""
    return len(value) <= _LONGEST_PLAIN and is_token_like(value)


def _whole(value: str) -> str:
    """Return the value in one line of a bounded length; a token that is cut leads nowhere."""
    return value if is_token_like(value) else one_line(value, _LONGEST_FILL)


def _as_token(value: str) -> bytes:
    if not is_token_like(value):
        raise ValueError("a link's token is empty, too long, or more than letters, digits, - and _")
    return value.encode("ascii")


# The letters of a mailing were written at a few moments.
@lru_cache(maxsize=64)
def _date_line(moment: datetime) -> bytes:
    return b"Date: %s\r\n" % format_datetime(moment).encode("ascii")
