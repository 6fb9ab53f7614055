"""One text under check: the text, its kind, the facts, and what rules may ask about places."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias, TypeVar

from plaintalk.figures import QUANTITY, Length, Span, clocks, lengths, spans
from plaintalk.finding import State
from plaintalk.pattern import Match, Pattern, Tokens, words
from plaintalk.profiles import Profile
from plaintalk.record import Record
from plaintalk.text import Sentence, Text

Answer = TypeVar("Answer")

Kind: TypeAlias = Literal[
    "closure", "summary", "follow_up", "data_notice", "note", "update", "postmortem"
]

KINDS: Final[tuple[Kind, ...]] = (
    "closure",
    "summary",
    "follow_up",
    "data_notice",
    "note",
    "update",
    "postmortem",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well one element is covered, and the sentence that covers it."""

    state: State
    sentence: Sentence | None = None


WORD: Final = re.compile(r"[a-z]+")
LONG_UNIT: Final = words("day days hour hours minute minutes second seconds")
HALF_DAYS: Final = words("am pm a p")
ANY_UNIT: Final = LONG_UNIT | words("d h hr hrs m min mins s sec secs")
MISSING: Final = Evidence("missing")


@dataclass(slots=True, eq=False)
class Document:
    """Everything a rule may look at. Rules read it and change nothing."""

    text: Text
    kind: Kind
    record: Record | None
    profile: Profile
    interim: bool = False
    at: datetime | None = None
    is_internal: Callable[[str], bool] | None = None
    elements: Mapping[str, Evidence] = field(default_factory=dict)
    places: list[dict[str, list[int]]] = field(default_factory=list)
    """For every sentence, its words (runs of the letters a to z) and where each begins."""
    numeric: set[int] = field(default_factory=set)
    """Indexes of the sentences that hold a digit."""
    word_count: int = 0
    signs: tuple[str, ...] = ()
    """The signs that rules wait for and that stand somewhere in the text."""
    memory: dict[str, Any] = field(default_factory=dict)
    """What rules worked out about this document and share with each other, by name."""
    _clocks: dict[int, tuple[Match, ...]] = field(default_factory=dict)
    _quantities: dict[int, bool] = field(default_factory=dict)
    _lengths: dict[int, tuple[Length, ...]] = field(default_factory=dict)
    _spans: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    _known: dict[Any, Any] = field(default_factory=dict)

    @property
    def scan(self) -> str:
        """The masked, lower-cased text."""
        return self.text.scan

    def once(self, question: "Callable[[Document], Answer]") -> Answer:
        """The answer to a question about the whole text, worked out at the first asking."""
        if question not in self._known:
            self._known[question] = question(self)
        answer: Answer = self._known[question]
        return answer

    def element(self, name: str) -> Evidence:
        """What coverage found for an element; missing if it was not looked for."""
        return self.elements.get(name, MISSING)

    def has_quantity(self, sentence: Sentence | None) -> bool:
        """Whether a sentence counts people or work: "1,798 customers", "37 %", "all users"."""
        if sentence is None:
            return False
        known = self._quantities.get(sentence.index)
        if known is None:
            known = self.find(QUANTITY, sentence) is not None
            self._quantities[sentence.index] = known
        return known

    def quantity_near(self, sentence: Sentence) -> bool:
        """Whether this sentence or the next one counts people or work."""
        return self.has_quantity(sentence) or self.has_quantity(self.text.following(sentence))

    def lengths(self, sentence: Sentence | None) -> tuple[Length, ...]:
        """Lengths of time stated in a sentence."""
        if sentence is None:
            return ()
        units = ANY_UNIT if sentence.index in self.numeric else LONG_UNIT
        if self.places[sentence.index].keys().isdisjoint(units):
            return ()
        known = self._lengths.get(sentence.index)
        if known is None:
            known = tuple(lengths(self.scan, sentence.start, sentence.end))
            self._lengths[sentence.index] = known
        return known

    def clocks(self, sentence: Sentence) -> tuple[Match, ...]:
        """Times of day stated in a sentence, with groups `clock` and `zone`."""
        if not self._may_hold_clocks(sentence):
            return ()
        known = self._clocks.get(sentence.index)
        if known is None:
            known = tuple(clocks(self.scan, sentence.start, sentence.end))
            self._clocks[sentence.index] = known
        return known

    def _may_hold_clocks(self, sentence: Sentence) -> bool:
        """A quick look, since most sentences hold none."""
        if sentence.index not in self.numeric:
            return False
        colon = ":" in self.signs and self.scan.find(":", sentence.start, sentence.end) >= 0
        return colon or self.holds(sentence, HALF_DAYS)

    def vocabulary(self) -> set[str]:
        """The words of the whole text, with those in code, quotations and links."""
        known: set[str] | None = self.memory.get("vocabulary")
        if known is None:
            known = set().union(*self.places)
            for start, end in self.text.masked:
                known.update(WORD.findall(self.text.low, start, end))
            for one in self.text.unread:
                known.update(WORD.findall(self.text.low, *one))
            self.memory["vocabulary"] = known
        return known

    def holds(self, sentence: Sentence, words: frozenset[str]) -> bool:
        """Whether a sentence holds one of some words, written in lower case without accents."""
        return not self.places[sentence.index].keys().isdisjoint(words)

    def spans(self, sentence: Sentence | None) -> tuple[Span, ...]:
        """Pairs of clock times stated in a sentence."""
        if sentence is None or not self._may_hold_clocks(sentence):
            return ()
        known = self._spans.get(sentence.index)
        if known is None:
            known = tuple(spans(self.scan, sentence.start, sentence.end))
            self._spans[sentence.index] = known
        return known

    def words(self, sentence: Sentence) -> Tokens:
        """The words of a sentence, as runs of the letters a to z."""
        return self.places[sentence.index].keys()

    def find(self, pattern: Pattern, sentence: Sentence) -> Match | None:
        """The first match of a pattern in a sentence."""
        return next(self.each(pattern, sentence), None)

    def each(self, pattern: Pattern, sentence: Sentence) -> Iterator[Match]:
        """Every match of a pattern in a sentence, from left to right."""
        index = sentence.index
        return pattern.each(
            self.places[index], index in self.numeric, self.text.scan, sentence.start, sentence.end
        )

    def stands_under(self, sentence: Sentence, pattern: Pattern) -> bool:
        """Whether the heading or label above a sentence matches a pattern."""
        title = sentence.under
        return title is not None and pattern.search(self.scan, title.start, title.end) is not None

    def time_near(self, sentence: Sentence) -> bool:
        """Whether this sentence or the next one says how long."""
        following = self.text.following(sentence)
        return bool(
            self.lengths(sentence)
            or self.spans(sentence)
            or self.lengths(following)
            or self.spans(following)
        )
