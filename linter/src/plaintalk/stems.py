"""Beginnings of words that patterns ask for: "improv*" for "improve", "improved", "improvement".

A pattern that needs a word beginning with certain letters can be ruled out like one that needs a
whole word, if a sentence lists the beginnings of its words beside the words. Only beginnings that
some pattern asks for are listed.
"""

from collections.abc import Iterable, Mapping
from typing import Final

STEM: Final = "*"
"""The sign behind a beginning of a word, which no word holds."""
_MOST_WORDS: Final = 20_000
"""Words whose beginnings are remembered; texts may hold any number of different ones."""


class _Beginnings(dict[str, tuple[str, ...]]):
    """Words and their beginnings; what is looked up and not there is worked out and kept."""

    def __init__(self, known: frozenset[str]) -> None:
        super().__init__()
        self._known = known
        self._lengths = tuple(sorted({len(one) for one in known}))

    def __missing__(self, word: str) -> tuple[str, ...]:
        known, most = self._known, len(word)
        found = tuple(
            [
                word[:length] + STEM
                for length in self._lengths
                if length <= most and word[:length] in known
            ]
        )
        self[word] = found
        return found


class Stems:
    """The beginnings that are asked for, and which of them a word has.

    `version` grows with them: what was asked for after a text was read is not listed in it.
    """

    def __init__(self) -> None:
        self.version = 0
        self._known: frozenset[str] = frozenset()
        self._of = _Beginnings(self._known)

    def ask_for(self, tokens: Iterable[str]) -> int:
        """Note the beginnings among some tokens; the version that lists all of them."""
        new = {token[:-1] for token in tokens if token[-1:] == STEM} - self._known
        if new:
            self._known |= new
            self._of = _Beginnings(self._known)
            self.version += 1
        return self.version

    def listed(self) -> Mapping[str, tuple[str, ...]]:
        """For every word (a run of the letters a to z) its beginnings, each with the sign behind.

        What is remembered of words that were asked for before is thrown away at times.
        """
        if len(self._of) > _MOST_WORDS:
            self._of = _Beginnings(self._known)
        return self._of

    def of(self, word: str) -> tuple[str, ...]:
        """The beginnings of a word that are asked for, each with the sign behind it."""
        return self._of[word]


STEMS: Final = Stems()
"""Those of all patterns of this process."""
