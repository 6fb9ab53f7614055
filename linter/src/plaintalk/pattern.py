"""Patterns that are compiled when first used, so that starting up costs nothing.

In a pattern source a blank stands for one or more blanks; everything else is `re` syntax.
Sources are matched against lower-cased text (`Text.scan`), with straight apostrophes.
"""

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

Match: TypeAlias = re.Match[str]


class Pattern:
    """A regular expression over `Text.scan`, compiled at its first use."""

    __slots__ = ("_written", "finditer", "match", "search")

    search: Callable[..., Match | None]
    match: Callable[..., Match | None]
    finditer: Callable[..., Iterator[Match]]

    def __init__(self, source: str) -> None:
        self._written = source
        self.search = self._first_search
        self.match = self._first_match
        self.finditer = self._first_finditer

    @property
    def source(self) -> str:
        """The pattern in `re` syntax."""
        return _expanded(self._written)

    def compile(self) -> re.Pattern[str]:
        """Compile now and route later calls straight to the compiled pattern."""
        compiled = re.compile(self.source)
        self.search = compiled.search
        self.match = compiled.match
        self.finditer = compiled.finditer
        return compiled

    def _first_search(self, string: str, *span: int) -> Match | None:
        return self.compile().search(string, *span)

    def _first_match(self, string: str, *span: int) -> Match | None:
        return self.compile().match(string, *span)

    def _first_finditer(self, string: str, *span: int) -> Iterator[Match]:
        return self.compile().finditer(string, *span)


_BLANK = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<blank> )(?P<times>[?*+]?)")


def _expanded(source: str) -> str:
    """A blank becomes one or more blanks, an optional blank any number; classes stay as written."""

    def one(found: Match) -> str:
        if found["blank"] is None:
            return found.group()
        return " *" if found["times"] in ("?", "*") and found["times"] else " +"

    return _BLANK.sub(one, source)


def words(listing: str) -> frozenset[str]:
    """A set of trigger words from a blank-separated listing."""
    return frozenset(listing.split())
