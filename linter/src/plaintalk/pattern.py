"""Patterns that are compiled when first used, so that starting up costs nothing.

In a pattern source a blank stands for one or more blanks; everything else is `re` syntax.
Sources are matched against lower-cased text (`Text.scan`), with straight apostrophes.
"""

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final, TypeAlias

from plaintalk.needs import Clause, Entry, Needs

_OFTEN: Final = 12
MOST_PREFIXES: Final = 8
"""Beginnings of words that are still worth looking for one by one."""

Match: TypeAlias = re.Match[str]
Tokens: TypeAlias = AbstractSet[str]
"""Words of a text, as runs of the letters a to z."""


class Pattern:
    """A regular expression over `Text.scan`, compiled at its first use."""

    __slots__ = (
        *(
            "_left",
            "_needs",
            "_spelled",
            "_ways",
            "_written",
            "choices",
            "clauses",
            "entry",
            "parts",
        ),
        *("finditer", "match", "parts_by_word", "search"),
    )

    search: Callable[..., Match | None]
    match: Callable[..., Match | None]
    finditer: Callable[..., Iterator[Match]]
    clauses: tuple[Clause, ...]
    """Sets of words; a text matches only if it holds a word of each. Empty until `learn`."""
    choices: tuple[Needs, ...]
    """If there are several ways to match and all need words: what each of them needs."""
    entry: Entry | None
    """How every match begins, if that is known."""
    parts: "tuple[Pattern, ...]"
    """Its alternatives, where they are faster to look for one by one: those without clauses."""
    parts_by_word: "dict[str, list[Pattern]]"
    """And the others, by the words of one clause."""

    def __init__(
        self, source: str, *, spelled: bool = False, needs: Needs = (), begins: Entry | None = None
    ) -> None:
        """A pattern from its source; `spelled` says that blanks in it are `re` syntax already.

        `needs` names words that its matches need, and `begins` how they begin, where that cannot
        be read from the source.
        """
        self._written = source
        self._spelled = spelled
        self.search = self._first_search
        self.match = self._first_match
        self.finditer = self._first_finditer
        self._left = _OFTEN
        self._needs = needs
        self._ways: tuple[Needs, ...] = ((),)
        self.clauses = needs
        self.choices = ()
        self.parts = ()
        self.parts_by_word = {}
        self.entry = begins

    def learn(self) -> None:
        """Read the source for the words that it needs, once."""
        if self._left >= 0:
            from plaintalk.prefilter import alternatives, read  # noqa: PLC0415 - slows the start

            self._left = -1
            found = read(self.source)
            self.clauses = (*self._needs, *found.clauses)
            self.entry = self.entry or found.entry
            self._ways = tuple((*self._needs, *way) for way in found.ways)
            if len(found.ways) > 1 and all(found.ways):
                self.choices = found.ways
            if self.entry is None or len(self.entry.prefixes) > MOST_PREFIXES:
                self._take_apart(alternatives(self.source))

    def _take_apart(self, sources: list[str]) -> None:
        from plaintalk.prefilter import weight  # noqa: PLC0415 - a single check needs none of it

        if len(sources) < 2:
            return
        parts = [Pattern(one, spelled=True) for one in sources]
        for part in parts:
            part.learn()
            for word in min(part.clauses, key=weight, default=()):
                self.parts_by_word.setdefault(word, []).append(part)
        self.parts = tuple(part for part in parts if not part.clauses)

    def ways(self) -> tuple[Needs, ...]:
        """The ways in which it may match, each with the words that it needs."""
        self.learn()
        return self._ways

    def possible(self, tokens: Tokens) -> bool:
        """Whether text with these words (runs of the letters a to z) can match at all.

        The source is read for the words that it needs only once a pattern has been used often, so
        that a single check does not pay for it.
        """
        if self._left >= 0:
            self._left -= 1
            if not self._left:
                self.learn()
            return True
        # Loops: `all` with a generator costs twice as much, and these are the hottest lines of all.
        for clause in self.clauses:
            if tokens.isdisjoint(clause):
                return False
        if not self.choices:
            return True
        for way in self.choices:
            for clause in way:
                if tokens.isdisjoint(clause):
                    break
            else:
                return True
        return False

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

    __slots__ = ("_hints", "_shapes", "_words")

    def __init__(self, *shapes: tuple[tuple[str, ...], str]) -> None:
        self._shapes = [
            _Shape(
                frozenset(hint for hint in hints if hint.isalpha()),
                tuple(hint for hint in hints if not hint.isalpha()),
                source,
            )
            for hints, source in shapes
        ]
        self._words = frozenset().union(*(shape.words for shape in self._shapes))
        self._hints = tuple(dict.fromkeys(hint for one in self._shapes for hint in one.hints))

    def finditer(self, vocabulary: Tokens, low: str, text: str) -> Iterator[Match]:
        """Matches in `text` (in whatever case), given its words and lower-cased form."""
        if vocabulary.isdisjoint(self._words) and not any(hint in low for hint in self._hints):
            return
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


def places_in(text: str, letters: str) -> Iterator[int]:
    """Where some letters stand in a text."""
    at = text.find(letters)
    while at >= 0:
        yield at
        at = text.find(letters, at + 1)


def start_of_run(text: str, at: int, signs: str) -> int:
    """The start of the letters, digits and `signs` that stand right before an offset."""
    while at > 0 and (text[at - 1].isalnum() or text[at - 1] in signs):
        at -= 1
    return at


def words(listing: str) -> frozenset[str]:
    """A set of trigger words from a blank-separated listing."""
    return frozenset(listing.split())
