"""Patterns that are compiled when first used, so that starting up costs nothing.

In a pattern source a blank stands for one or more blanks; everything else is `re` syntax.
Sources are matched against lower-cased text (`Text.scan`), with straight apostrophes.
"""

import re
from collections.abc import Callable, Iterator, KeysView
from typing import Final, TypeAlias

from plaintalk.prefilter import Clause, Entry, entry, required_words

_OFTEN: Final = 25
_FEW: Final = 8

Match: TypeAlias = re.Match[str]
Tokens: TypeAlias = set[str] | KeysView[str]
"""Words of a text, as runs of the letters a to z."""


class Pattern:
    """A regular expression over `Text.scan`, compiled at its first use."""

    __slots__ = (
        *("_clauses", "_entry", "_spelled", "_uses", "_written"),
        *("finditer", "match", "search"),
    )

    search: Callable[..., Match | None]
    match: Callable[..., Match | None]
    finditer: Callable[..., Iterator[Match]]

    def __init__(self, source: str, *, spelled: bool = False) -> None:
        """A pattern from its source; `spelled` says that blanks in it are `re` syntax already."""
        self._written = source
        self._spelled = spelled
        self.search = self._first_search
        self.match = self._first_match
        self.finditer = self._first_finditer
        self._uses = 0
        self._clauses: tuple[Clause, ...] = ()
        self._entry: Entry | None = None

    def possible(self, tokens: Tokens) -> bool:
        """Whether text with these words (runs of the letters a to z) can match at all.

        The source is read for the words that it needs only once a pattern has been used often, so
        that a single check does not pay for it.
        """
        if self._uses < _OFTEN:
            self._uses += 1
            if self._uses == _OFTEN:
                self._clauses = required_words(self.source)
                self._entry = entry(self.source)
            return True
        # A loop: `all` with a generator costs twice as much, and this is the hottest line of all.
        for clause in self._clauses:  # noqa: SIM110
            if tokens.isdisjoint(clause):
                return False
        return True

    def each(
        self, places: dict[str, list[int]], numeric: bool, scan: str, start: int, end: int
    ) -> Iterator[Match]:
        """What `finditer` yields between two offsets, found faster where that can be done.

        `places` says where each word between the offsets begins, `numeric` whether there is a
        digit. A pattern that is known to begin with certain words is tried only where one stands.
        """
        if not self.possible(places.keys()):
            return iter(())
        known = self._entry
        if known is None or (numeric and known.digits):
            return self.finditer(scan, start, end)
        words = set(known.words.intersection(places))
        if known.prefixes:
            words.update(word for word in places if word.startswith(known.prefixes))
        if not words:
            return iter(())
        if len(words) == 1:
            tries = places[words.pop()]
        else:
            tries = sorted([at for word in words for at in places[word]])
        if len(tries) > _FEW:
            return self.finditer(scan, start, end)
        return self._tried(tries, scan, end)

    def _tried(self, places: list[int], scan: str, end: int) -> Iterator[Match]:
        stop = 0
        for at in places:
            found = self.match(scan, at, end) if at >= stop else None
            if found:
                stop = found.end()
                yield found

    @property
    def source(self) -> str:
        """The pattern in `re` syntax."""
        return self._written if self._spelled else _expanded(self._written)

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


class Shapes:
    """Patterns over a whole text, each tried only where one of its hints stands in the text.

    A hint that is a word of letters is looked up among the words of the text, any other hint is
    looked for in the lower-cased text; an empty hint always holds. Every match of a pattern holds
    one of its hints, and never begins within a word. Sources are plain `re` syntax and begin with
    a literal or a class, so that the search skips quickly over what cannot match.
    """

    __slots__ = ("_shapes",)

    def __init__(self, *shapes: tuple[tuple[str, ...], str]) -> None:
        self._shapes = [
            _Shape(
                frozenset(hint for hint in hints if hint.isalpha()),
                tuple(hint for hint in hints if not hint.isalpha()),
                source,
            )
            for hints, source in shapes
        ]

    def finditer(self, vocabulary: Tokens, low: str, text: str) -> Iterator[Match]:
        """Matches in `text` (in whatever case), given its words and lower-cased form."""
        for shape in self._shapes:
            if not vocabulary.isdisjoint(shape.words) or shape.hinted(low):
                for found in shape.pattern.finditer(text):
                    start = found.start()
                    if start == 0 or not (text[start].isalnum() and text[start - 1].isalnum()):
                        yield found

    def sources(self) -> list[str]:
        """The sources of all patterns, for tests of their speed."""
        return [shape.pattern.source for shape in self._shapes]


class _Shape:
    """One pattern and its hints."""

    __slots__ = ("hints", "pattern", "words")

    def __init__(self, known: frozenset[str], hints: tuple[str, ...], source: str) -> None:
        self.words = known
        self.hints = hints
        self.pattern = Pattern(source, spelled=True)

    def hinted(self, low: str) -> bool:
        return any(hint in low for hint in self.hints)


class Cues:
    """Patterns over a sentence, each tried only if the sentence holds one of its words.

    Words of None mean that the pattern is always tried.
    """

    __slots__ = ("_cues",)

    def __init__(self, *cues: tuple[frozenset[str] | None, Pattern]) -> None:
        self._cues = cues

    def search(self, tokens: Tokens, scan: str, start: int, end: int) -> Match | None:
        """The first match of the first pattern that has one."""
        for needed, pattern in self._cues:
            if needed is None or not tokens.isdisjoint(needed):
                found = pattern.search(scan, start, end) if pattern.possible(tokens) else None
                if found:
                    return found
        return None


def start_of_run(text: str, at: int, signs: str) -> int:
    """The start of the letters, digits and `signs` that stand right before an offset."""
    while at > 0 and (text[at - 1].isalnum() or text[at - 1] in signs):
        at -= 1
    return at


def words(listing: str) -> frozenset[str]:
    """A set of trigger words from a blank-separated listing."""
    return frozenset(listing.split())
