"""What a rule is: data that can be read aloud, and one small function that looks.

A rule looks either at single sentences (`look`, run only on sentences that hold one of its
`triggers`) or at the whole document (`survey`). Both are pure.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias

from plaintalk.document import KINDS, Document, Kind
from plaintalk.finding import Severity
from plaintalk.pattern import Match, Pattern
from plaintalk.record import Record
from plaintalk.text import Role, Sentence

CATEGORIES: Final = (
    "minimising",
    "defensive",
    "over_promise",
    "vague_prevention",
    "jargon",
    "blame",
    "hedging",
    "missing",
    "record",
    "leak",
    "tone",
    "readability",
    "time",
)

ALL_KINDS: Final[tuple[Kind, ...]] = KINDS
PUBLIC: Final[tuple[Kind, ...]] = (
    "closure",
    "summary",
    "follow_up",
    "data_notice",
    "note",
    "update",
)
PROSE: Final[tuple[Role, ...]] = ("text", "item", "subject")
EVERYWHERE: Final[tuple[Role, ...]] = ("text", "item", "subject", "heading", "label")


class Hit(NamedTuple):
    """Where a rule fired. What is None is taken from the rule itself."""

    start: int
    end: int
    message: str | None = None
    severity: Severity | None = None
    suggestion: str | None = None
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A text on which a rule must fire (`bad`) or stay silent (`good`), and its circumstances.

    `at` is the time of publishing (ISO 8601), `internal` the text of an internal review.
    """

    text: str
    kind: Kind = "summary"
    record: Mapping[str, Any] | None = None
    interim: bool = False
    at: str | None = None
    internal: str | None = None


Look: TypeAlias = Callable[[Document, Sentence], Hit | None]
Survey: TypeAlias = Callable[[Document], Iterable[Hit]]
Keep: TypeAlias = Callable[[Document, Sentence, Match], bool]
Tell: TypeAlias = Callable[[Document, Sentence, Match], Hit]


@dataclass(frozen=True, slots=True, eq=False)
class Matching:
    """Looks for the first match of a pattern in a sentence that `keep` does not turn down."""

    pattern: Pattern
    keep: Keep | None = None
    tell: Tell | None = None

    def __call__(self, document: Document, sentence: Sentence) -> Hit | None:
        """The first match that is kept, as a hit."""
        for found in document.each(self.pattern, sentence):
            if self.keep is None or self.keep(document, sentence, found):
                if self.tell is not None:
                    return self.tell(document, sentence, found)
                return Hit(*found.span())
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule of the catalogue.

    `needs` says why a rule cannot be applied to a record (None: it can); rules with `needs` are
    reported as not checked without a record; `needs_time` and `needs_internal` do the same for the
    time of publishing and the internal review. `in_kinds` holds severities that differ by kind.
    """

    id: str
    name: str
    category: str
    severity: Severity
    message: str
    better: str | None
    source: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    kinds: tuple[Kind, ...] = PUBLIC
    in_kinds: Mapping[Kind, Severity] = field(default_factory=lambda: MappingProxyType({}))
    triggers: frozenset[str] = frozenset()
    look: Look | None = None
    survey: Survey | None = None
    roles: tuple[Role, ...] = PROSE
    needs: Callable[[Record], str | None] | None = None
    record_field: str | None = None
    two_person_override: bool = False
    of_classes: bool = False
    """Whether it looks for classes of words; a rule for a certain wording says more of a place."""
    needs_time: bool = False
    needs_internal: bool = False
    idle: Callable[[Record], bool] | None = None
    """Whether the facts of a record leave `look` nothing to find in any text."""
    patterns: tuple[Pattern, ...] = ()
    """Where they are named, `look` can find nothing in a sentence that none of them matches."""
    probed: bool = True
    """Whether a sentence is tried with `patterns` first and not only asked for their words; that
    does not pay where `look` begins with just that, or with a reading that other rules share."""

    def __post_init__(self) -> None:
        """A rule that looks for one pattern need not name it again."""
        if isinstance(self.look, Matching) and not self.patterns:
            object.__setattr__(self, "patterns", (self.look.pattern,))
        elif isinstance(self.look, OneOf) and not self.patterns:
            found = tuple(look.pattern for look in self.look.looks)
            object.__setattr__(self, "patterns", found)

    def severity_in(self, kind: Kind) -> Severity:
        """How grave the rule is in a kind of text, before profiles and facts have their say."""
        return self.in_kinds.get(kind, self.severity)


def examples(*texts: str | Example, **circumstances: Any) -> tuple[Example, ...]:
    """Examples from plain sentences; circumstances (kind, record, interim) apply to the plain."""
    return tuple(
        text if isinstance(text, Example) else Example(text, **circumstances) for text in texts
    )


def matching(pattern: Pattern, keep: Keep | None = None, tell: Tell | None = None) -> Matching:
    """Look for the first match of a pattern in a sentence that `keep` does not turn down."""
    return Matching(pattern, keep, tell)


@dataclass(frozen=True, slots=True, eq=False)
class OneOf:
    """The first hit of several ways to look, in their order."""

    looks: tuple[Matching, ...]

    def __call__(self, document: Document, sentence: Sentence) -> Hit | None:
        """The hit of the first way that has one."""
        for look in self.looks:
            hit = look(document, sentence)
            if hit is not None:
                return hit
        return None


def one_of(*looks: Matching) -> OneOf:
    """Look for several patterns, each with what turns it down."""
    return OneOf(looks)


def near(
    document: Document, sentence: Sentence, found: Match, pattern: Pattern, reach: int = 60
) -> bool:
    """Whether a pattern occurs in the sentence within `reach` characters of a match."""
    start = max(sentence.start, found.start() - reach)
    return pattern.search(document.scan, start, min(sentence.end, found.end() + reach)) is not None


def before(
    document: Document, sentence: Sentence, found: Match, pattern: Pattern, reach: int = 40
) -> bool:
    """Whether a pattern occurs in the sentence within `reach` characters before a match."""
    start = max(sentence.start, found.start() - reach)
    return pattern.search(document.scan, start, found.start()) is not None


def follows(
    document: Document, sentence: Sentence, found: Match, pattern: Pattern, reach: int = 40
) -> bool:
    """Whether a pattern matches right after a match, within `reach` characters."""
    stop = min(sentence.end, found.end() + reach)
    return pattern.match(document.scan, found.end(), stop) is not None
