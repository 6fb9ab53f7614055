"""What the process that owns the database and the one that talks say to each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from afterword.postbox.envelope import Worded
from afterword.postbox.finishing import Finish
from afterword.postbox.outcomes import Claimed, Outcome, Result
from afterword.postbox.relay import Timeouts

# The letter's number, its message's, what is filled in, what it is about, whether it goes ahead.
Row = tuple[int, int, str, Mapping[str, str], str, datetime, str, bool]
# The letter's number, then as in a Result.
Told = tuple[int, Outcome, datetime, int | None, str]


@dataclass(frozen=True)
class Errand:
    """Where to talk to, over how many connections, and how many results to tell at once."""

    settings: dict[str, Any]
    our_name: str
    timeouts: Timeouts
    journal: str
    connections: int
    most_lost: int | None
    finish: Finish
    at_once: int


@dataclass
class PlainMessage:
    """The words of a message, without the database."""

    pk: int
    key: str
    stream: str
    sender: str
    subject: str
    text: str
    html: str
    list_id: str
    unsubscribe_url: str


def plain(message: Worded) -> PlainMessage:
    return PlainMessage(
        pk=message.pk,
        key=message.key,
        stream=str(message.stream),
        sender=message.sender,
        subject=message.subject,
        text=message.text,
        html=message.html,
        list_id=message.list_id,
        unsubscribe_url=message.unsubscribe_url,
    )


def a_row(letter: Claimed) -> Row:
    return (
        letter.pk, letter.message.pk, letter.recipient, letter.fill, letter.rfc_message_id,
        letter.created_at, letter.about, letter.goes_ahead,
    )  # fmt: skip


def letter_of(row: Row, message: PlainMessage, lease_until: datetime) -> Claimed:
    pk, _, recipient, fill, rfc_message_id, created_at, about, goes_ahead = row
    return Claimed(
        pk=pk,
        message=message,
        recipient=recipient,
        channel="email",
        fill=fill,
        rfc_message_id=rfc_message_id,
        created_at=created_at,
        attempts=0,
        about=about,
        lease_until=lease_until,
        claimed_by="",
        goes_ahead=goes_ahead,
    )


def told_of(result: Result) -> Told:
    return (result.letter_id, result.outcome, result.at, result.code, result.answer)
