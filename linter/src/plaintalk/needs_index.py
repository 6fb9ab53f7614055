"""What `needs_table` says, turned around: for every word the clauses that hold it.

To turn it around takes longer than to check a text, so the command keeps what came of it from one
run to the next, see `cli.kept_needs`. Nothing else depends on the numbers of clauses.
"""

from functools import cache
from typing import Final, NamedTuple, TypeAlias
from zlib import crc32

from plaintalk.needs import Clause
from plaintalk.stems import STEMS

UNKNOWN: Final = -1
"""The number that stands for no clause: a match may begin with any word."""

Ways: TypeAlias = tuple[tuple[int, ...], ...]
"""For each way to match, the numbers of the clauses that are worth asking for."""
Row: TypeAlias = tuple[int, Ways]
"""What the table says about one alternative of a pattern: the number of the clause of words with
which a match begins (or `UNKNOWN`), and the ways to match."""


class Turned(NamedTuple):
    """The table turned around, as plain values."""

    beginnings: str
    clauses: list[str]
    """By number, the words of a clause, separated by blanks."""
    words: dict[str, tuple[int, ...]]
    """For every word the clauses that hold it."""
    rows: dict[int, tuple[Row, ...]]
    """By the checksum of a pattern's source, what is known of its alternatives."""


def turned() -> Turned:
    """Read the table."""
    from plaintalk.needs_table import BEGINNINGS, NEEDS  # noqa: PLC0415 - only checks need it

    numbers: dict[str, int] = {}

    def number_of(clause: str) -> int:
        return numbers.setdefault(clause, len(numbers))

    def row_of(written: str) -> Row:
        begins, _, asked = written.partition(" | ")
        ways = [
            tuple([number_of(clause) for clause in way.split(" ; ") if clause])
            for way in asked.split(" / ")
        ]
        return UNKNOWN if begins == "?" else number_of(begins), tuple(ways)

    rows = {key: tuple(map(row_of, written.split("\n"))) for key, written in NEEDS.items()}
    clauses = list(numbers)
    words: dict[str, list[int]] = {}
    for number in range(len(clauses)):
        for word in clauses[number].split():
            words.setdefault(word, []).append(number)
    return Turned(BEGINNINGS, clauses, {word: tuple(held) for word, held in words.items()}, rows)


class NeedsIndex:
    """The table turned around, once a check asks for it."""

    def __init__(self) -> None:
        self._kept: Turned | None = None
        self._found: Turned | None = None
        self.fresh: Turned | None = None
        """What was worked out in this process and not taken from `start`."""

    def start(self, kept: Turned | None) -> None:
        """Take over what an earlier process has worked out."""
        self._kept = kept

    def _read(self) -> Turned:
        found = self._found
        if found is None:
            found = self._kept
            if found is None:
                found = self.fresh = turned()
            self._found = found
        return found

    @property
    def words(self) -> dict[str, tuple[int, ...]]:
        """For every word of the table the numbers of the clauses that hold it."""
        return self._read().words

    def rows(self, source: str) -> tuple[Row, ...] | None:
        """What is known of a pattern's alternatives, by its source as written."""
        return self._read().rows.get(crc32(source.encode()))

    def beginnings(self) -> str:
        """All beginnings of words that the table asks for."""
        return self._read().beginnings

    def written(self, number: int) -> str:
        """The words of a clause, separated by blanks."""
        return self._read().clauses[number]


INDEX: Final = NeedsIndex()


@cache
def clause_of(number: int) -> Clause:
    """The words of a clause; the same clause is the same object."""
    return frozenset(INDEX.written(number).split())


@cache
def version_of_table() -> int:
    """The version of `STEMS` that lists what the whole table asks for."""
    return STEMS.ask_for(INDEX.beginnings().split())
