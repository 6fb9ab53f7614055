"""One text under check: the text, its kind, the facts, and what rules may ask about places."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias, TypeVar

from plaintalk.figures import QUANTITY, Length, Span, lengths, spans
from plaintalk.finding import State
from plaintalk.pattern import Pattern
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
            known = QUANTITY.search(self.scan, sentence.start, sentence.end) is not None
            self._quantities[sentence.index] = known
        return known

    def quantity_near(self, sentence: Sentence) -> bool:
        """Whether this sentence or the next one counts people or work."""
        return self.has_quantity(sentence) or self.has_quantity(self.text.following(sentence))

    def lengths(self, sentence: Sentence | None) -> tuple[Length, ...]:
        """Lengths of time stated in a sentence."""
        if sentence is None:
            return ()
        known = self._lengths.get(sentence.index)
        if known is None:
            known = tuple(lengths(self.scan, sentence.start, sentence.end))
            self._lengths[sentence.index] = known
        return known

    def spans(self, sentence: Sentence | None) -> tuple[Span, ...]:
        """Pairs of clock times stated in a sentence."""
        if sentence is None:
            return ()
        known = self._spans.get(sentence.index)
        if known is None:
            known = tuple(spans(self.scan, sentence.start, sentence.end))
            self._spans[sentence.index] = known
        return known

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
