"""Which versions of a record told less than those before, with who saved them and why."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from afterword.incidents.decision import History, Inputs, inputs_of
from afterword.incidents.smaller import Asked, asked_for, asks_less, told_less
from afterword.kit.numbers import number
from afterword.trust.lookups import Row


@dataclass(frozen=True)
class Smaller:
    """A version that told less, in words. ``by`` is who saved it, ``reason`` "" where none gave
    one: it need not be given before readers were told of the record.
    """

    at: datetime
    said: str
    by: str
    reason: str


def asked_on(versions: Sequence[Row], first_word: datetime | None) -> list[Asked]:
    """Return what the decision table asked for on each version, in their order."""
    return asked_for([_inputs(each, first_word) for each in versions])


def made_smaller(
    incident: Row, versions: Sequence[Row], asked: Sequence[Asked]
) -> Iterator[Smaller]:
    """Yield the versions of an incident's record that told less; ``asked`` may be empty where
    there is but one.
    """
    known: dict[str, int | str] = {}
    if (worst := number(incident["worst"])) is not None:
        known["severity"] = worst
    less = ["", *(asks_less(*each) for each in pairwise(asked))]
    nothing: Mapping[str, object] = {}
    for (before, after), of_table in zip(pairwise([nothing, *versions]), less, strict=False):
        if said := "; ".join(filter(None, [told_less(known, before, after), of_table])):
            by = after["saved_by__name"] or "Afterword"
            yield Smaller(after["saved_at"], said, by, after["reason"])


def _inputs(version: Row, first_word: datetime | None) -> Inputs:
    posted = first_word is not None and first_word <= version["saved_at"]
    return inputs_of(json.loads(version["as_text"]), History(posted=posted))
