"""Patterns that are compiled when first used, so that starting up costs nothing.

In a pattern source a blank stands for one or more blanks; everything else is `re` syntax.
Sources are matched against lower-cased text (`Text.scan`), with straight apostrophes.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final, TypeAlias

from plaintalk.alternatives import alternatives
from plaintalk.compiled import COMPILED, Key, key_of
from plaintalk.needs import Clause, Entry, Needs
from plaintalk.needs_index import INDEX, UNKNOWN, Row, clause_of, version_of_table
from plaintalk.stems import STEM, STEMS

_OFTEN: Final = 12
"""Uses after which it repays to read a source for the words that it needs."""
_ENOUGH_READ: Final = 8_000
"""Characters of text below which it never does: a single check of one text reads no source."""

Match: TypeAlias = re.Match[str]
Telling: TypeAlias = tuple[Collection[str], ...]
"""The words of some clauses."""
Tokens: TypeAlias = AbstractSet[str]
"""Words of a text, as runs of the letters a to z."""


def is_told_about(source: str) -> bool:
    """Whether the table holds a pattern, by its source as written."""
    return INDEX.rows(source) is not None


_MOST_WAYS: Final = 4
"""Ways to match that are gone through, word by word, before a pattern is tried."""
_ANY_WAY: Final[tuple[Needs, ...]] = ((),)


class _Experience:
    """How much text this process has read."""

    def __init__(self) -> None:
        self.read = 0
        self.enough = False

    def add(self, length: int) -> None:
        """Count a text of a length, before it is read."""
        self.read += length
        self.enough = self.read > _ENOUGH_READ


EXPERIENCE: Final = _Experience()


EVERY: "Final[list[Pattern]]" = []
"""Every pattern of this process that was written down, but for alternatives of others."""


class Pattern:
    """A regular expression over `Text.scan`, compiled at its first use."""

    __slots__ = (
        *(
            "_left",
            "_made",
            "_needs",
            "_part_of",
            "_probes",
            "_sources",
            "_spelled",
            "_ways",
            "_written",
            "asks",
            "begins",
            "cold",
            "entry",
            "parts",
        ),
        *("finditer", "match", "screen", "search", "since", "telling"),
    )

    search: Callable[..., Match | None]
    match: Callable[..., Match | None]
    finditer: Callable[..., Iterator[Match]]
    asks: tuple[Needs, ...] | None
    """The ways to match, and for each the sets of words of which a text must hold one; None until
    it is known."""
    screen: Clause | None
    """Words of which a text must hold one, whatever the way; None if that cannot be said."""
    entry: Entry | None
    """How every match begins, if that is known."""
    begins: Clause | None
    """The same as words of a sentence with which a match may begin, see `Document.worded`; None if
    it may begin anywhere."""
    parts: "tuple[Pattern, ...]"
    """Its alternatives, once learned; empty if there is only one."""
    cold: "tuple[Pattern, ...]"
    """Its alternatives, until it is compiled: to compile those that a single text may match is
    quicker than to compile all. Empty where the parts of a match are asked for by their names."""
    telling: "tuple[Telling, ...]"
    """What is worth asking for before it is tried, for each way to match; empty until `probes`."""
    since: int
    """The version of `STEMS` that lists what it asks for; texts read before are searched plainly.
    """

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
        self.asks = None
        self.screen = None
        self.parts = ()
        self.cold = ()
        self.telling = ()
        self.since = 0
        self._part_of: tuple[Pattern, int] | None = None
        self._made: dict[int, Pattern] = {}
        self._probes: tuple[Pattern, ...] | None = None
        self._sources: list[str] | None = None
        self.entry = begins
        self.begins: Clause | None = None
        if source:
            EVERY.append(self)

    def learn(self) -> None:
        """Read the source for the words that it needs, once."""
        if self._left < 0:
            return
        from plaintalk.prefilter import read  # noqa: PLC0415 - slows the start

        found = read(self.source)
        # A part must not ask for a group of another one.
        sources = [] if _CONDITION.search(self.source) else alternatives(self.source)
        entry = self.entry or found.entry
        begins = None if entry is None or entry.within else _first_words(entry)
        clauses = (begins or (), *self._needs, *found.clauses)
        also = (word for way in found.ways for clause in way for word in clause)
        # In this order: what is read by another thread meanwhile must not outrun `since`.
        since = STEMS.ask_for((*(word for clause in clauses for word in clause), *also))
        self._ways = tuple((*self._needs, *way) for way in found.ways)
        if len(sources) > 1:
            self.parts = tuple(Pattern(one, spelled=True, needs=self._needs) for one in sources)
            for part in self.parts:
                part.learn()
                since = max(since, part.since)
        self.since = since
        self.entry, self.begins = entry, begins
        self._left = -1
        self._ask_for(way for part in self.parts or (self,) for way in part._ways)

    def _ask_for(self, ways: Iterable[Needs]) -> None:
        """Note what is asked for before it is tried."""
        asks = tuple(dict.fromkeys(ways))
        self.screen = frozenset().union(*(way[0] for way in asks)) if all(asks) else None
        # Beyond a few it is quicker to look where a match may begin.
        self.asks = asks if len(asks) <= _MOST_WAYS else _ANY_WAY

    def probes(self) -> "tuple[Pattern, ...]":
        """Its alternatives, or itself if it has but one, each with what is worth asking for."""
        if self._probes is None:
            self._probes = self._make_probes()
        return self._probes

    def _make_probes(self) -> "tuple[Pattern, ...]":
        rows = INDEX.rows(self._written)
        if rows is None:
            from plaintalk.prefilter import telling  # noqa: PLC0415 - slows the start

            self.learn()
            found = self.parts or (self,)
            for one in found:
                one.telling = telling(one.begins, one.ways())
            return found
        if len(rows) == 1:
            self._tell(rows[0])
            return (self,)
        self.since = version_of_table()
        if self.begins is None and all(begins != UNKNOWN for begins, _ in rows):
            self.begins = frozenset().union(*(clause_of(begins) for begins, _ in rows))
        self._ask_for(tuple(map(clause_of, way)) for _, ways in rows for way in ways)
        made = tuple(self.alternative(at, row) for at, row in enumerate(rows))
        if "(?P<" not in self._written:
            self.cold = made
        return made

    def rows(self) -> tuple[Row, ...] | None:
        """What the table says about its alternatives; None if it is to be read instead."""
        return INDEX.rows(self._written)

    def alternative(self, at: int, row: Row) -> "Pattern":
        """One of several alternatives by its place; the same is the same object."""
        made = self._made.get(at)
        if made is None:
            part = Pattern("", spelled=True, needs=self._needs)
            part._part_of = (self, at)
            part._tell(row)
            # Another thread may have been quicker.
            made = self._made.setdefault(at, part)
        return made

    def _tell(self, row: Row) -> None:
        """Take over what the table says."""
        begins, ways = row
        self.since = version_of_table()
        self.begins = None if begins == UNKNOWN else clause_of(begins)
        self.telling = tuple([tuple(map(clause_of, way)) for way in ways])

    def ways(self) -> tuple[Needs, ...]:
        """The ways in which it may match, each with the words that it needs."""
        self.learn()
        return self._ways

    def possible(self, tokens: Tokens, version: int) -> bool:
        """Whether text with these words, listed in a version of `STEMS`, can match at all.

        Where the table does not tell what is needed, the source is read only once a pattern has
        been used often in a process that reads many texts, so that a single check does not pay.
        """
        asks = self.asks
        if asks is None:
            asks = self._find_out()
        if self.since > version:
            return True
        if self.screen is not None and tokens.isdisjoint(self.screen):
            return False
        return asks is _ANY_WAY or self.has_a_way(tokens)

    def has_a_way(self, tokens: Tokens) -> bool:
        """Whether text with these words, all listed, holds what one of the ways to match needs."""
        # Loops: `all` with a generator costs twice as much, and these are the hottest lines of all.
        for way in self.asks or _ANY_WAY:
            for clause in way:
                if tokens.isdisjoint(clause):
                    break
            else:
                return True
        return False

    def _find_out(self) -> tuple[Needs, ...]:
        """What it needs, as far as that is known or worth reading."""
        if not self.telling and self._probes is None and is_told_about(self._written):
            self.probes()
        if self.asks is None:
            if self.telling:
                self._ask_for(tuple(map(frozenset, way)) for way in self.telling)
            elif self._left > 0:
                self._left -= 1
            elif EXPERIENCE.enough:
                self.learn()
        return self.asks or _ANY_WAY

    @property
    def source(self) -> str:
        """The pattern in `re` syntax."""
        if self._part_of is not None:
            whole, at = self._part_of
            if whole._sources is None:
                whole._sources = alternatives(whole.source)
            return whole._sources[at]
        return self._written if self._spelled else _expanded(self._written)

    def _key(self) -> Key:
        if self._part_of is not None:
            whole, at = self._part_of
            return key_of(whole._written, whole._spelled, at)
        return key_of(self._written, self._spelled)

    def compile(self) -> re.Pattern[str]:
        """Compile now and route later calls straight to the compiled pattern."""
        key = self._key()
        # Its source is only put together where it has to be.
        compiled = COMPILED.get(key) or COMPILED.compile(key, self.source)
        self.cold = ()
        self.search = compiled.search
        self.match = compiled.match
        self.finditer = compiled.finditer
        return compiled

    def make_ready(self) -> None:
        """Find out what it needs and compile it, where no text has made that necessary yet."""
        self._find_out()
        if self.search == self._first_search:
            self.compile()

    def _first_search(self, string: str, *span: int) -> Match | None:
        return self.compile().search(string, *span)

    def _first_match(self, string: str, *span: int) -> Match | None:
        return self.compile().match(string, *span)

    def _first_finditer(self, string: str, *span: int) -> Iterator[Match]:
        return self.compile().finditer(string, *span)


class Unmade:
    """Stands for one of several alternatives of a pattern until a text is tried with it.

    Most texts make a tenth of all alternatives necessary, and to make all takes longer than to
    check one.
    """

    __slots__ = ("_at", "_place", "_replace", "_row", "_whole")
    begins: Final = None
    """Not asked for: it is tried with `search`."""
    since: Final = 0

    def __init__(
        self,
        whole: Pattern,
        at: int,
        row: Row,
        place: int,
        replace: "Callable[[int, Unmade, Pattern], None]",
    ) -> None:
        """The alternative `at` of a pattern, whose row says what it needs.

        `replace` is called with the place where this object stands, itself, and the alternative
        that is to stand there from now on.
        """
        self._whole = whole
        self._at = at
        self._row = row
        self._place = place
        self._replace = replace

    def search(self, string: str, start: int, end: int) -> Match | None:
        """Make it, and search with it."""
        return self._made().search(string, start, end)

    def match(self, string: str, start: int, end: int) -> Match | None:
        """Make it, and match with it."""
        return self._made().match(string, start, end)

    def make_ready(self) -> None:
        """Make it, find out what it needs and compile it."""
        self._made().make_ready()

    def _made(self) -> Pattern:
        made = self._whole.alternative(self._at, self._row)
        self._replace(self._place, self, made)
        return made


Probe: TypeAlias = Pattern | Unmade
"""What a sentence is tried with."""


def _first_words(entry: Entry) -> Clause:
    """The words of a sentence with which a match may begin."""
    stems = (prefix + STEM for prefix in entry.prefixes)
    return frozenset((*entry.words, *stems, *(("#",) if entry.digits else ())))


_CONDITION: Final = re.compile(r"(?<!\\)(?:\\\\)*\(\?\(")
"""A part of a pattern that asks whether a group matched."""
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

    def possible(self, tokens: Tokens, version: int) -> Iterator[Pattern]:
        """Those that text with these words, listed in a version of `STEMS`, can match."""
        for needed, pattern in self._cues:
            named = needed is None or not tokens.isdisjoint(needed)
            if named and pattern.possible(tokens, version):
                yield pattern


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
