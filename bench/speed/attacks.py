"""The hardest inputs for every rule: does twice the text take more than twice the time?"""

# What is repeated stays on one line.
# ruff: noqa: E501

import re
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import plaintalk

SIZE = 24_000
LIMIT = 2.6
_RUNS = [
    "a",
    "A",
    "1",
    ".",
    ",",
    ":",
    ";",
    "-",
    "–",
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    '"',
    "'",
    "`",
    "*",
    "_",
    "#",
    "|",
    "\\",
    "/",
    "%",
    "é",
    "🙂",
]
_PIECES = (
    " ", "\n", "\t", "\n\n", "- ", "1. ", "\n- ", "> ", "**", "**a:** ", "```", "~~~", "<!-- ", "--> ", "“", "«",
    "http://", "https://a.", "a@b.", "08:12 ", "08:12–", "08:12 to ", "1,", "1,798 of ", "12% ", "1 h ", "1 day, ",
    "six hours and ", "from 08:12 UTC on 4 March 2026 to ", "a ", "A. ", "e.g. ", "... ", "not ", "no ", "the ",
    "of the ", "customers ", "1 customers ", "we will ", "by 4 May ", "was were is are ", "a-", "a/", "a'",
    "plaintalk: allow ", "<!-- plaintalk: allow MIN-01 because ", "subject: ", "===\n", "![](", "[a](", "a_",
)  # fmt: skip
_WORD = re.compile(r"\S+")


class Attack(NamedTuple):
    """One hard input: for which rule, what it repeats, seconds at two sizes."""

    rule: str
    piece: str
    once: float
    twice: float

    @property
    def ratio(self) -> float:
        return self.twice / self.once


def repeated(piece: str, size: int) -> str:
    """A piece over and over, up to so many characters."""
    return (piece * (size // len(piece) + 1))[:size]


def pieces_of(rule: plaintalk.Rule) -> list[str]:
    """What might be hard for a rule: its triggers, and its bad sentences up to their last word."""
    triggers = sorted(rule.triggers - {"#"})
    found = [f"{word} " for word in triggers[:3]]
    if triggers:
        found.append(" ".join(triggers[:40]) + " ")
    for example in rule.bad[:3]:
        words = _WORD.findall(example.text)
        found.append(" ".join(words[:-1] or words) + " ")
        found.append(" ".join(words[: max(1, len(words) // 2)]) + " ")
        found.append(example.text.replace("\n", " ")[:300] + " ")
    return list(dict.fromkeys(found))


def _seconds(run: Callable[[str], object], text: str, times: int) -> float:
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        run(text)
        best = min(best, time.process_time() - began)
    return best


def measure(
    rules: tuple[plaintalk.Rule, ...], record: plaintalk.Record, size: int = SIZE
) -> Iterator[Attack]:
    """The slowest input for each rule, and for the checker as a whole (rule "any")."""

    def run(text: str) -> object:
        return plaintalk.check(text, kind="summary", record=record)

    run("warm up")
    general = [one * 50 for one in _RUNS] + list(_PIECES)
    for rule, pieces in [("any", general), *((rule.id, pieces_of(rule)) for rule in rules)]:
        timed = [(_seconds(run, repeated(piece, size), 1), piece) for piece in pieces]
        for _, piece in sorted(timed, reverse=True)[: 12 if rule == "any" else 1]:
            once = _seconds(run, repeated(piece, size), 3)
            twice = _seconds(run, repeated(piece, 2 * size), 3)
            yield Attack(rule, piece, once, twice)


def again(one: Attack, record: plaintalk.Record, size: int, times: int = 4) -> Attack:
    """The same attack measured some more times; of each size the quickest, as noise only adds."""
    once, twice = one.once, one.twice
    for _ in range(times):
        again_once, again_twice = (
            _seconds(lambda text: plaintalk.check(text, kind="summary", record=record), part, 3)
            for part in (repeated(one.piece, size), repeated(one.piece, 2 * size))
        )
        once, twice = min(once, again_once), min(twice, again_twice)
    return Attack(one.rule, one.piece, once, twice)
