"""Mail about our mail, read: delivery reports, complaints, and what servers write in their own way.

RFC 3464 (delivery status), RFC 5965 (complaints), RFC 3463 (status codes). All of it comes from
strangers: it is cut to a size, nothing in it is followed, what cannot be read is no report. Pure.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.utils import getaddresses
from enum import StrEnum

from afterword.postbox.lines import one_line

LARGEST = 512 * 1024
"""Bytes of a mail that are read. What matters stands at its beginning."""
_MOST_PARTS, _DEEPEST = 60, 8
_LONGEST_TEXT = 20_000
_LONGEST_VALUE = 1000
# Everything that can nest names one of these; a mail that does so often is made to hurt.
_NESTING = re.compile(rb"boundary|message/", re.IGNORECASE)
_MOST_NESTING = 60

_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45])\d\d(?=[ \-])")
# RFC 3463: no such mailbox, host, spelling; moved; takes no mail (RFC 7505); switched off.
_GONE = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
# 5.0.0, 5.1.0 and 5.5.0 say no more than "no"; then the words decide.
_VAGUE = frozenset({"", "5.0.0", "5.1.0", "5.5.0", "5.3.0"})
_GONE_IN_WORDS = re.compile(
    r"user (?:is )?unknown|unknown (?:user|recipient|address|mailbox)|unknown local.?part"
    r"|no such (?:user|recipient|mailbox|address|person)|no mailbox here by that name"
    r"|(?:user|recipient|mailbox|address|account|email)[^.\n]{0,60}"
    r"(?:does not exist|doesn't exist|not found|disabled|deactivated)"
    r"|unrouteable address|invalid (?:recipient|mailbox)",
    re.IGNORECASE,
)
# Where a server's own words end and the mail it returns begins.
_COPY = re.compile(
    r"^(?:--.{0,120}?(?:copy|original|headers|below)|(?:return-path|received|message-id|list-id"
    r"|content-type|from|subject):)",
    re.IGNORECASE | re.MULTILINE,
)
_DAEMONS = ("mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon")
_COMPLAINTS = frozenset({"abuse", "fraud", "opt-out", "opt-out-list"})
_UNSUBSCRIBE = re.compile(r"<[^<>\s]{1,400}/unsubscribe/(?:letters/)?([A-Za-z0-9_-]{1,480})/>")
_MESSAGE_ID = re.compile(r"<[0-9a-f]{40}@[^<>\s]{1,130}>")


class Kind(StrEnum):
    """What a report means for its letter's address."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"


@dataclass(frozen=True)
class Report:
    """What a mail says came back, and which letter it may be about.

    ``sent_to`` are addresses that may be a return path of ours; ``message_ids`` and ``tokens``
    (of unsubscribe addresses) stand in the letter that was returned with it. A mail provider may
    name the letter's own ``marks``, and tells the ``address`` it was for.
    """

    kind: Kind
    status: str
    said: str
    sent_to: tuple[str, ...]
    message_ids: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    address: str = ""


def read_report(raw: bytes, *, sent_to: Iterable[str] = ()) -> Report | None:
    """Return what a mail reports; None when it reports nothing that matters: an answer by a
    person or a machine, a delay, a delivery, a mail that cannot be read.

    ``sent_to`` are addresses that the mail server itself named as its recipient.
    """
    raw = raw[:LARGEST]
    if sum(1 for _ in _NESTING.finditer(raw)) > _MOST_NESTING:
        return None
    try:
        return _read(message_from_bytes(raw), tuple(sent_to))
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        # What the standard library raises for mail that is broken on purpose.
        return None


def _read(mail: Message, sent_to: tuple[str, ...]) -> Report | None:
    parts = list(_parts(mail))
    verdict = _verdict(mail, parts)
    if verdict is None:
        return None
    kind, status, said = verdict
    copies = [each for each in parts[1:] if _is_copy(each)]
    named = [*sent_to, *_recipients(mail), *_mailed_from(parts), *_returned_to(copies)]
    return Report(
        kind=kind,
        status=status,
        said=said,
        sent_to=tuple(dict.fromkeys(named))[:20],
        message_ids=tuple(_in_copies(copies, "Message-ID", _MESSAGE_ID)),
        tokens=tuple(_in_copies(copies, "List-Unsubscribe", _UNSUBSCRIBE)),
    )


def of_refusal(answer: str, *, code: int | None) -> Report | None:
    """Return what a server's final answer to our own try says of the address; None when it says no
    more than that the letter was refused.
    """
    found = _STATUS.search(answer)
    status = found[0] if found else ""
    final = code is not None and 500 <= code < 600
    if not final or _kind_of(status, answer) is not Kind.HARD:
        return None
    return Report(kind=Kind.HARD, status=status, said=one_line(f"{code} {answer}", 500), sent_to=())


def kind_of(words: str, *, gone: bool) -> tuple[Kind, str]:
    """Return what a server's words mean for the address, and the status in them if there is one.

    ``gone`` is the verdict of whoever passes the words on; it counts where they say no more than
    that the letter failed.
    """
    found = _STATUS.search(words)
    status = found[0] if found else ""
    if gone and status in _VAGUE:
        return Kind.HARD, status
    return _kind_of(status, words), status


def _verdict(mail: Message, parts: list[Message]) -> tuple[Kind, str, str] | None:
    """Return what kind of report it is, with its status and its words."""
    for part in parts:
        if part.get_content_type() == "message/feedback-report":
            fields = _fields(part)
            kind = fields.get("feedback-type", "").lower()
            return (Kind.COMPLAINT, "", f"Reported as {kind}") if kind in _COMPLAINTS else None
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            return _of_status(part)
    return _of_words(mail, parts)


def _of_status(part: Message) -> tuple[Kind, str, str] | None:
    """Read a delivery status: the first recipient to whom it failed, for a letter has one."""
    for fields in _blocks(part):
        if fields.get("action", "").split(" ")[0].lower() != "failed":
            continue
        found = _STATUS.search(fields.get("status", ""))
        diagnosis = fields.get("diagnostic-code", "").partition(";")[2].strip()
        status = found[0] if found else ""
        said = one_line(f"{status} {diagnosis}".strip() or "Delivery failed", 500)
        return _kind_of(status, diagnosis), status, said
    return None


def _of_words(mail: Message, parts: list[Message]) -> tuple[Kind, str, str] | None:
    """Read a mail that is no standard report, if a mail server wrote it."""
    if not _is_by_a_daemon(mail):
        return None
    text = "\n".join(_text(part) for part in parts if part.get_content_maintype() == "text")
    text = text[:_LONGEST_TEXT]
    copy = _COPY.search(text)
    text = text[: copy.start()] if copy else text
    found = _STATUS.search(text)
    status = found[0] if found else ""
    code = _CODE.search(text)
    failed = status.startswith("5") or (code is not None and code[1] == "5")
    names_it = bool(_header(mail, "X-Failed-Recipients"))
    if not (names_it or _is_from_a_daemon(mail) or (code and status.startswith(code[1]))):
        # An empty return path alone has an away note too, and dates and telephone numbers in it.
        return None
    if not failed and not _GONE_IN_WORDS.search(text) and not status.startswith("4"):
        return (Kind.SOFT, "", "Delivery failed") if names_it else None
    place = found or code or _GONE_IN_WORDS.search(text)
    begin = text.rfind("\n", 0, place.start()) + 1 if place else 0
    kind = _kind_of(status, text) if failed or names_it else Kind.SOFT
    return kind, status, one_line(text[begin : begin + 400], 500)


def _kind_of(status: str, words: str) -> Kind:
    """Return what it means for the address: gone, or perhaps only not now. What is about us
    (5.7, policy) or about the letter (5.6, its size) is no fault of the address.
    """
    if status in _GONE or (status in _VAGUE and _GONE_IN_WORDS.search(words)):
        return Kind.HARD
    return Kind.SOFT


def _is_by_a_daemon(mail: Message) -> bool:
    if _header(mail, "Auto-Submitted").lower().startswith("auto-replied"):
        return bool(_header(mail, "X-Failed-Recipients"))
    if _header(mail, "Precedence").lower() == "auto_reply" or any(
        _header(mail, each) for each in ("X-Autoreply", "X-Auto-Response-Suppress")
    ):
        return False
    empty = _header(mail, "Return-Path") == "<>"
    return empty or _is_from_a_daemon(mail) or bool(_header(mail, "X-Failed-Recipients"))


def _is_from_a_daemon(mail: Message) -> bool:
    sender = _header(mail, "From").lower()
    return any(each in sender for each in _DAEMONS)


def _parts(mail: Message) -> Iterator[Message]:
    """Yield the mail and its parts, the outermost first, without recursion and without end."""
    waiting = [(mail, 0)]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part, depth = waiting.pop(0)
        yield part
        inner = part.get_payload()
        if isinstance(inner, list) and depth < _DEEPEST and not _is_status(part):
            waiting += [(each, depth + 1) for each in inner if isinstance(each, Message)]


def _is_status(part: Message) -> bool:
    return part.get_content_type() == "message/delivery-status"


def _is_copy(part: Message) -> bool:
    """Whether it is the letter that came back, or its headers."""
    return bool(part["Message-ID"]) or part.get_content_type() == "text/rfc822-headers"


def _blocks(part: Message) -> Iterator[dict[str, str]]:
    """Yield the groups of fields of a delivery status."""
    inner = part.get_payload()
    blocks = inner if isinstance(inner, list) else []
    for each in blocks[:20]:
        if isinstance(each, Message):
            yield {name.lower(): _one(value) for name, value in each.items()[:40]}


def _fields(part: Message) -> dict[str, str]:
    """Return the fields of a complaint, which the standard library may take for a mail."""
    inner = part.get_payload()
    if isinstance(inner, list):
        return next(_blocks(part), {})
    return _headers_in(_text(part))


def _headers_in(text: str) -> dict[str, str]:
    found = message_from_bytes(text[:_LONGEST_TEXT].lstrip().encode("utf-8", "replace"))
    return {name.lower(): _one(value) for name, value in found.items()[:60]}


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    try:
        return raw[:_LONGEST_TEXT].decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):
        return raw[:_LONGEST_TEXT].decode("utf-8", "replace")


def _recipients(mail: Message) -> list[str]:
    named = [_header(mail, name) for name in ("Delivered-To", "X-Original-To", "Envelope-To", "To")]
    return [address for _, address in getaddresses([each for each in named if each]) if address]


def _mailed_from(parts: list[Message]) -> Iterator[str]:
    for part in parts:
        if part.get_content_type() == "message/feedback-report":
            yield _fields(part).get("original-mail-from", "")


def _returned_to(copies: list[Message]) -> Iterator[str]:
    for copy in copies:
        yield _headers_of(copy).get("return-path", "")


def _in_copies(copies: list[Message], name: str, wanted: re.Pattern[str]) -> Iterator[str]:
    for copy in copies:
        found = wanted.search(_headers_of(copy).get(name.lower(), ""))
        if found:
            yield found[found.re.groups]


def _headers_of(copy: Message) -> dict[str, str]:
    if copy["Message-ID"]:
        return {name.lower(): _one(value) for name, value in copy.items()[:60]}
    return _headers_in(_text(copy))


def _header(mail: Message, name: str) -> str:
    return _one(mail[name]) if mail[name] is not None else ""


def _one(value: object) -> str:
    return one_line(str(value)[:_LONGEST_VALUE], _LONGEST_VALUE)
