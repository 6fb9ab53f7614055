"""What the matches of a pattern need; `prefilter` reads it from the source of a pattern."""

from typing import NamedTuple, TypeAlias

Clause: TypeAlias = frozenset[str]
"""Words of which a text must hold one."""
Needs: TypeAlias = tuple[Clause, ...]
"""Clauses that must all be met."""


class Entry(NamedTuple):
    """How a match begins: with one of these words, a word beginning like these, or a digit.

    `within` says that a match may begin at any digit, not only at the first one of a row.
    """

    words: frozenset[str]
    prefixes: tuple[str, ...] = ()
    digits: bool = False
    within: bool = False
