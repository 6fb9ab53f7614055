"""What a mail provider's webhook says came back, as the reports that mail about our mail gives.

django-anymail (docs: "Tracking sent mail status") has given the events one form; what it leaves to
each provider's own fields (whether the address is gone, which letter it was) is read here. All of
it is what others wrote: nothing is taken to be there, or to be of the kind it should be. Pure.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from afterword.kit.hashing import sha256_of_text
from afterword.kit.timespans import iso_exact
from afterword.postbox.lines import one_line
from afterword.postbox.providers import MARK
from afterword.postbox.reports import Kind, Report, kind_of

_LONGEST, _LONGEST_ADDRESS, _LONGEST_MARK = 500, 254, 60
_MESSAGE_ID = re.compile(r"<?([0-9a-f]{40}@[!-;=?-~]{1,130})>?")
_STATUS = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")
# Also of what the provider itself refuses, for mail to the address came back before.
_FAILED = frozenset({"bounced", "failed", "rejected"})
_LEFT = frozenset({"complained", "unsubscribed"})
_GONE_BEFORE = frozenset({"bounced", "invalid"})
_LEFT_BEFORE = {"spam": "complained", "unsubscribed": "unsubscribed"}
_IN_WORDS = {
    "complained": "Reported as spam, says the mail provider",
    "unsubscribed": "Unsubscribed at the mail provider",
}


class Event(Protocol):
    """An event as anymail gives it; ``esp_event`` is the provider's own, parsed."""

    event_type: Any
    timestamp: Any
    event_id: Any
    esp_event: Any
    description: Any
    message_id: Any
    metadata: Any
    mta_response: Any
    recipient: Any
    reject_reason: Any


def report_of(provider: str, event: Event) -> Report | None:
    """Return what an event reports; None for a delivery, a delay, an away note or a click."""
    what = _what_happened(provider, event)
    if what in _LEFT:
        kind, status, said = Kind.COMPLAINT, "", _IN_WORDS[what]
    elif what in _FAILED:
        words = _words(event)
        kind, status = kind_of(words, gone=_is_gone(provider, event, what))
        said = words or f"{what.capitalize()}, says the mail provider"
    else:
        return None
    own = event.esp_event
    return Report(
        kind=kind,
        status=status,
        said=one_line(said, _LONGEST),
        sent_to=tuple(_line(each) for each in (_at(own, "mail", "source"),) if each),
        message_ids=tuple(_message_ids(event)),
        marks=tuple(_marks(event)),
        address=_address(event.recipient),
    )


def digest_of(provider: str, event: Event) -> str:
    """Return what tells an event from others, and is the same when it is told again.

    Some providers number their events; the others tell what happened to which letter and when.
    """
    named = _at(event.esp_event, "event-data", "id") if provider == "mailgun" else event.event_id
    told = [provider, _line(event.event_type), _line(event.recipient), _line(named)]
    if not told[-1] or provider == "mailgun":
        at = event.timestamp
        told += [_line(event.message_id), iso_exact(at) if _is_an_instant(at) else ""]
    return sha256_of_text("provider event:" + "\n".join(told))


def _is_an_instant(at: Any) -> bool:
    return isinstance(at, datetime) and at.tzinfo is not None


def _what_happened(provider: str, event: Event) -> str:
    own, what, why = event.esp_event, _text(event.event_type), _text(event.reject_reason)
    if provider == "postmark" and _at(own, "Type") == "SpamNotification":
        # The receiver's filter took it for spam, and no reader did.
        return "bounced"
    if provider == "postmark" and what == "unsubscribed" and _at(own, "Origin") != "Recipient":
        # Whoever runs the account switched it off, or on.
        return ""
    if provider == "amazon_ses" and what == "bounced" and _is_an_away_note(event):
        return ""
    if provider == "mailgun":
        suppressed = _text(_at(own, "event-data", "reason")).removeprefix("suppress-")
        why = {"complaint": "spam", "unsubscribe": "unsubscribed"}.get(suppressed, why)
        return _LEFT_BEFORE.get(why, what) if what in _FAILED else what
    return _LEFT_BEFORE.get(why, what) if what == "rejected" else what


def _is_an_away_note(event: Event) -> bool:
    """Whether SES takes an answer by a machine for a bounce: it says "transient" and nothing else
    ("Automatically generated responses" in its manual).
    """
    transient = _at(event.esp_event, "bounce", "bounceType") == "Transient"
    general = _text(_at(event.esp_event, "bounce", "bounceSubType")) in {"General", ""}
    return bool(transient and general and not _text(event.mta_response))


def _is_gone(provider: str, event: Event, what: str) -> bool:
    if what == "rejected" and _text(event.reject_reason) in _GONE_BEFORE:
        return True
    verdict = _VERDICTS.get(provider)
    return verdict is not None and verdict(event.esp_event)


def _ses(own: Any) -> bool:
    return _is_permanent(_at(own, "bounce", "bounceType"), _at(own, "bounce", "bounceSubType"))


def _is_permanent(kind: Any, of: Any) -> bool:
    """Whether Amazon's types mean that the address is gone; Resend sends through it."""
    gone = {"General", "NoEmail", "Suppressed", "OnAccountSuppressionList"}
    return _text(kind) == "Permanent" and _text(of) in gone


def _sendgrid(own: Any) -> bool:
    return _text(_at(own, "event")) == "bounce" and _text(_at(own, "type")) in {"bounce", ""}


def _mailgun(own: Any) -> bool:
    failed = _text(_at(own, "event-data", "severity")) == "permanent"
    hard = _text(_at(own, "event-data", "delivery-status", "bounce-type")) == "hard"
    return failed and (hard or _text(_at(own, "event-data", "reason")) == "suppress-bounce")


def _mailjet(own: Any) -> bool:
    gone = {"user unknown", "mailbox inactive", "invalid domain", "no mail host"}
    return _at(own, "hard_bounce") is True and _text(_at(own, "error")) in gone


def _sparkpost(own: Any) -> bool:
    events = _at(own, "msys")
    return isinstance(events, Mapping) and any(
        str(_at(each, "bounce_class")) in {"10", "30"} for each in events.values()
    )


def _mandrill(own: Any) -> bool:
    described = _text(_at(own, "msg", "bounce_description"))
    gone = {"bad_mailbox", "invalid_domain", ""}
    return _text(_at(own, "event")) == "hard_bounce" and described in gone


def _resend(own: Any) -> bool:
    bounce = _at(own, "data", "bounce")
    if kind := _at(bounce, "type"):
        return _is_permanent(kind, _at(bounce, "subType"))
    return "hard bounce" in _text(_at(bounce, "message"))


def _unisender_go(own: Any) -> bool:
    gone = {"err_user_unknown", "err_user_inactive", "err_domain_inactive"}
    return _text(_at(own, "delivery_info", "delivery_status")) in gone


def _postmark(own: Any) -> bool:
    gone = {"HardBounce", "BadEmailAddress"}
    return _text(_at(own, "Type")) in gone or _at(own, "SuppressionReason") == "HardBounce"


# Postal says no more than its server's words, which are read like those of any server.
_VERDICTS: dict[str, Callable[[Any], bool]] = {
    "amazon_ses": _ses,
    "brevo": lambda own: _text(_at(own, "event")) in {"hard_bounce", "invalid_email"},
    "mailersend": lambda own: _text(_at(own, "data", "type")) == "hard_bounced",
    "mailgun": _mailgun,
    "mailjet": _mailjet,
    "mailtrap": lambda own: (
        _text(_at(own, "bounce_category")) in {"hard", "bad-mailbox", "bad-domain"}
    ),
    "mandrill": _mandrill,
    "postmark": _postmark,
    "resend": _resend,
    "sendgrid": _sendgrid,
    "sparkpost": _sparkpost,
    "unisender_go": _unisender_go,
}


def _words(event: Event) -> str:
    """Return what the receiver answered, else what the provider says; SendGrid puts the status
    beside it and Mailjet the reason.
    """
    status = _text(_at(event.esp_event, "status"))
    beside = status if _STATUS.fullmatch(status) else _text(_at(event.esp_event, "error"))
    said = _text(event.mta_response) or _text(event.description)
    return one_line(said if beside in said else f"{beside} {said}", _LONGEST)


def _marks(event: Event) -> list[str]:
    """Return the letter's own mark, as the header of this provider asked for it."""
    named = [_at(event.metadata, MARK), _at(event.esp_event, "CustomID")]
    return [_text(each) for each in named if 0 < len(_text(each)) <= _LONGEST_MARK]


def _message_ids(event: Event) -> list[str]:
    own = event.esp_event
    named = [
        event.message_id,
        *_headers(_at(own, "mail", "headers")),
        _at(own, "mail", "commonHeaders", "messageId"),
        *_headers(_at(own, "data", "headers")),
        _at(own, "payload", "message", "message_id"),
        _at(own, "payload", "original_message", "message_id"),
    ]
    found = [_MESSAGE_ID.fullmatch(_text(each)) for each in named]
    return [f"<{each[1]}>" for each in found if each]


def _headers(headers: Any) -> list[Any]:
    """Return the Message-IDs in a list of headers, each with its name and value."""
    listed = headers[:200] if isinstance(headers, list) else []
    return [
        _at(each, "value") for each in listed if _text(_at(each, "name")).lower() == "message-id"
    ]


def _address(value: Any) -> str:
    text = _text(value).strip().strip("<>")
    return text if len(text) <= _LONGEST_ADDRESS and text.isprintable() else ""


def _line(value: Any) -> str:
    return one_line(_text(value), _LONGEST)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _at(value: Any, *path: str) -> Any:
    """Return what stands there; "" where nothing does."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return "" if value is None else value
