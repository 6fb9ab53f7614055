"""By what some facts of an incident are larger than others: more customers, longer, more parts,
worse for data, or for that of more people. Pure.

It reads the facts that leave with a text (``incidents.record.public_facts``), so that what a record
knew is held against a text, and a correction against what it corrects, by the same rule.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from afterword.kit.numbers import number
from afterword.trust.measure import SECONDS, in_words

PARTS: Final = "parts"
_EFFECTS: Final = ("confidentiality", "loss", "integrity")
_WORSE: Final[Mapping[str, int]] = {"possible": 1, "confirmed": 2}

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Larger:
    """One way in which it is larger, in words: what it ``was`` (None: no number was given) and what
    it is ``now``. Of ``PARTS``, ``now`` are those that were not named.
    """

    name: str
    was: str | None
    now: str


def larger(told: Facts, known: Facts) -> list[Larger]:
    """Return by what ``known`` is larger than ``told``; a number where none was told is larger."""
    return list(_larger(told, known))


def _larger(told: Facts, known: Facts) -> Iterator[Larger]:
    yield from _number("customers", _affected(told), _affected(known), "{:,}".format)
    yield from _number(
        "how long", _seconds(told), _seconds(known), lambda span: in_words(span, SECONDS)
    )
    named = {each.get("name") for each in told.get("components") or ()}
    hit = [
        str(each.get("name"))
        for each in known.get("components") or ()
        if each.get("impact") not in (None, "none", "unknown") and each.get("name") not in named
    ]
    if hit:
        yield Larger(PARTS, None, ", ".join(hit))
    for name in _EFFECTS:
        was, now = (str(_within(facts, "data", name) or "unknown") for facts in (told, known))
        if _WORSE.get(now, 0) > _WORSE.get(was, 0):
            yield Larger(f"{name} of data", was, now)
    yield from _number("people whose data it was", _people(told), _people(known), "{:,}".format)


def _number(
    name: str, was: int | None, now: int | None, words: Callable[[int], str]
) -> Iterator[Larger]:
    if now and (was is None or now > was):
        yield Larger(name, None if was is None else words(was), words(now))


def _affected(facts: Facts) -> int | None:
    return number(_within(facts, "customers", "affected"))


def _people(facts: Facts) -> int | None:
    return number(_within(facts, "data", "people"))


def _seconds(facts: Facts) -> int | None:
    return number(facts.get("duration_seconds"))


def _within(facts: Facts, section: str, name: str) -> Any:
    found = facts.get(section)
    return found.get(name) if isinstance(found, Mapping) else None
