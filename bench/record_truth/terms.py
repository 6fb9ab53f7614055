"""What a book tells of: a part of a product, a change, a reason."""

from typing import NamedTuple


class Part(NamedTuple):
    """A component, and how its users would speak of it.

    `thing` is plural; `broke` and `slow` follow it; `act` follows "you could not".
    """

    name: str
    aliases: tuple[str, ...]
    thing: str
    broke: str
    slow: str
    act: str


class Change(NamedTuple):
    """A measure: as the record has it, and in three tenses of a sentence with "we"."""

    text: str
    base: str
    doing: str
    done: str
    mechanism: str


class Reason(NamedTuple):
    """A cause as a noun phrase, as a clause, and whether a supplier's."""

    noun: str
    clause: str
    theirs: bool


class Said(NamedTuple):
    """Words, and the range of true values they may stand for."""

    words: str
    low: float
    high: float
