"""What a sender holds of a letter, and what came of a try. Nothing here knows the database."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from afterword.postbox.envelope import Worded


class Outcome(StrEnum):
    """How one try to hand a letter over ended."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    LOST = "lost"


@dataclass(slots=True)
class Claimed:
    """What a sender needs of a letter it has claimed; thousands of these are made a second."""

    pk: int
    message: Worded
    recipient: str
    channel: str
    fill: Mapping[str, str]
    rfc_message_id: str
    created_at: datetime
    attempts: int
    about: str
    lease_until: datetime
    claimed_by: str
    claimed_at: datetime | None = None
    goes_ahead: bool = False


class Claims(list[Claimed]):
    """Claimed letters. ``more`` says that others may be due: as many as asked for were found,
    however many of them had to be put aside or withdrawn.
    """

    more: bool = False


class Bound(NamedTuple):
    """A claimed letter as whoever knows its recipient is asked about it. ``stream`` as in the
    models.
    """

    pk: int
    stream: str
    recipient: str


class InTurn(NamedTuple):
    """A letter as what came before it and after it is looked for."""

    pk: int
    about: str
    recipient: str
    channel: str


@dataclass(frozen=True)
class Succession:
    """Which words overtake which, by what they are about: ``newer`` are those that make each
    superfluous, ``older`` those that each makes superfluous and of which letters may yet leave.
    """

    newer: Mapping[str, Collection[str]] = field(default_factory=dict)
    older: Mapping[str, Collection[str]] = field(default_factory=dict)


InOrder = Callable[[Collection[str]], Succession]
"""Asked what overtakes which of the things that letters are about."""


class Result(NamedTuple):
    """How one try ended. ``lease_until`` is that of the claim under which it was made;
    ``message_id`` tells the letter from one that a restored database gave the same number.
    """

    letter_id: int
    lease_until: datetime
    outcome: Outcome
    at: datetime
    code: int | None = None
    answer: str = ""
    message_id: str = ""
