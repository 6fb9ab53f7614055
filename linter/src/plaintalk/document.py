"""One text under check: the text, its kind, the facts, and what rules may ask about places."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any, Final, Literal, TypeAlias, TypeVar

from plaintalk.figures import (
    ANY_UNIT,
    CLOCK_SIGNS,
    NUMBER_WORDS,
    QUANTITIES,
    RANGE_SIGNS,
    Length,
    Span,
    clock_places,
    clocks_at,
    length_places,
    lengths_at,
    ranges_at,
    spans_of,
)
from plaintalk.finding import State
from plaintalk.known_sentences import KNOWN, Known
from plaintalk.needs import Clause
from plaintalk.pattern import EXPERIENCE, Cues, Match, Pattern, Probe, Tokens, words
from plaintalk.profiles import Profile
from plaintalk.record import Record
from plaintalk.stems import STEM, STEMS
from plaintalk.text import MAX_SENTENCE, Sentence, Text

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
NUMERAL: Final = "#"
"""Stands for any digit among the words of a sentence."""
_SIGNS: Final = (NUMERAL, "%", "/", ":", "::")
SIGNS: Final = frozenset(_SIGNS)
_DIGIT, _PERCENT, _SLASH, _COLON, _SECOND_COLON = (1 << at for at in range(len(_SIGNS)))
SIGN_SETS: Final = tuple(
    tuple(sign for at, sign in enumerate(_SIGNS) if bits >> at & 1)
    for bits in range(1 << len(_SIGNS))
)
"""The signs that a sentence holds, by `Document.signed`: every set of them."""
_LETTERS: Final = bytes(one if chr(one).islower() else 32 for one in range(128)) + b" " * 128
_FEW: Final = 8
# It starts with a set of characters, so the search is quick.
_FIGURE_OR_SIGN: Final = re.compile(r"[%/\d](?:(?<=\d)\d*(?::(?=\d))?)?")
_LONG: Final = MAX_SENTENCE // 2 - 1
_WITHIN: Final = re.compile(r"[a-z][a-z]")
_NO_WORD: Final = (NUMERAL, STEM)
"""How what stands among the words of a sentence ends if it is no whole word."""
LONG_UNIT: Final = words("day days hour hours minute minutes second seconds")
MISSING: Final = Evidence("missing")

_HEADINGS_BACK: Final = 24
"""How many headings back a wider one is looked for, so that a text of headings stays quick."""


class _Needles(dict[str, tuple[str, int]]):
    """What to look for in the padded text to find a word, or a word with a beginning.

    With it stands how far behind the end of a sentence that may reach.
    """

    def __missing__(self, token: str) -> tuple[str, int]:
        stem = token[-1] == STEM
        found = (f" {token[:-1]}", 1) if stem else (f" {token} ", 2)
        # Tokens are those of patterns, of which there are some thousands.
        self[token] = found
        return found


_NEEDLES: Final = _Needles()


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
    listed: list[list[str]] = field(default_factory=list)
    """For every sentence, its words (runs of the letters a to z) in order."""
    known: list[Known] = field(default_factory=list)
    """For every sentence what is kept of it from one text to the next."""
    scan: str = ""
    """The masked, lower-cased text."""
    flat: str = ""
    """The text with a blank in place of everything but the letters a to z."""
    worded: list[set[str]] = field(default_factory=list)
    """For every sentence, the words in it, and among them the signs that it holds: "#" for a digit,
    "%", "/", ":" for a colon between digits, and "::" for a second one. Beside the words stand
    their beginnings that patterns ask for: "improv*"."""
    signed: list[int] = field(default_factory=list)
    """For every sentence, which signs it holds, as a place in `SIGN_SETS`."""
    version: int = 0
    """Up to which version of `STEMS` those are listed."""
    digits: dict[int, list[int]] = field(default_factory=dict)
    """For every sentence that holds a digit, where each row of digits begins."""
    memory: dict[str, Any] = field(default_factory=dict)
    """What rules worked out about this document and share with each other, by name."""
    _padded: str = ""
    """`flat` with a blank before and behind it."""
    _cut: frozenset[int] = frozenset()
    """Sentences that end within a word, as they were far too long."""
    _count: int | None = None
    _clocks: dict[int, tuple[Match, ...]] = field(default_factory=dict)
    _quantities: dict[int, bool] = field(default_factory=dict)
    _lengths: dict[int, tuple[Length, ...]] = field(default_factory=dict)
    _clockish: dict[int, list[int]] = field(default_factory=dict)
    _ranges: dict[int, tuple[Match, ...]] = field(default_factory=dict)
    _spans: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    _titles: dict[Pattern, dict[int, bool]] = field(default_factory=dict)
    _anywhere: dict[Pattern, Match | None] = field(default_factory=dict)
    _known: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the words, digits and signs of every sentence, once and for all rules."""
        scan = self.scan = self.text.scan
        sentences = self.text.sentences
        # Bytes are made over many times faster than text; what is not ASCII is no letter here.
        flat = self.flat = scan.encode("ascii", "replace").translate(_LETTERS).decode("ascii")
        self._padded = f" {flat} "
        self._cut = frozenset(
            one.index
            for one in sentences
            if one.end - one.start > _LONG and _WITHIN.match(flat, one.end - 1)
        )
        self.signed = [0] * len(sentences)
        if sentences:
            self._read_signs(scan)
        self._list_words()

    def _list_words(self) -> None:
        """List the words of every sentence, with their beginnings, and its signs."""
        # Before the words: what is asked for meanwhile may be listed, or not.
        self.version = STEMS.version
        beginnings = STEMS.listed().__getitem__
        flat, signed = self.flat, self.signed
        spans = [(one.start, one.end) for one in self.text.sentences]
        self.known = KNOWN.of(self.scan, spans, self.version)
        for (start, end), signs, known in zip(spans, signed, self.known, strict=True):
            if not known.worded:
                line = known.listed = flat[start:end].split()
                # Last, so that another thread finds all of it or nothing.
                known.worded = set(chain(SIGN_SETS[signs], line, *map(beginnings, line)))
        self.listed = [one.listed for one in self.known]
        self.worded = [one.worded for one in self.known]

    def _read_signs(self, scan: str) -> None:
        sentences, signed, digits = self.text.sentences, self.signed, self.digits
        index, start, stop = 0, sentences[0].start, sentences[0].end
        for found in _FIGURE_OR_SIGN.finditer(scan, start, sentences[-1].end):
            at, end = found.span()
            if at >= stop:
                while at >= stop:
                    index += 1
                    stop = sentences[index].end
                start = sentences[index].start
            if at < start:
                continue
            sign = scan[end - 1]
            if sign == "%":
                signed[index] |= _PERCENT
                continue
            if sign == "/":
                signed[index] |= _SLASH
                continue
            here = signed[index]
            if sign == ":":
                here |= _SECOND_COLON if here & _COLON else _COLON
            signed[index] = here | _DIGIT
            if index in digits:
                digits[index].append(at)
            else:
                digits[index] = [at]
            while end > stop:  # Only where a row was cut because it is far too long.
                index += 1
                start, stop = sentences[index].start, sentences[index].end
                signed[index] |= _DIGIT
                digits[index] = [start]

    @property
    def word_count(self) -> int:
        """How many words the text has."""
        if self._count is None:
            self._count = sum(map(len, self.listed))
        return self._count

    def once(self, question: "Callable[[Document], Answer]") -> Answer:
        """The answer to a question about the whole text, worked out at the first asking."""
        answer: Answer
        try:
            answer = self._known[question]
        except KeyError:
            answer = self._known[question] = question(self)
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
            known = any(self.find(one, sentence) for one in QUANTITIES)
            self._quantities[sentence.index] = known
        return known

    def quantity_near(self, sentence: Sentence) -> bool:
        """Whether this sentence or the next one counts people or work."""
        return self.has_quantity(sentence) or self.has_quantity(self.text.following(sentence))

    def lengths(self, sentence: Sentence | None) -> tuple[Length, ...]:
        """Lengths of time stated in a sentence."""
        if sentence is None:
            return ()
        index = sentence.index
        known = self._lengths.get(index)
        if known is None:
            here, nothing = self.worded[index], self.known[index].nothing
            if lengths_at in nothing or here.isdisjoint(ANY_UNIT if NUMERAL in here else LONG_UNIT):
                self._lengths[index] = ()
                return ()
            openings = length_places(self.scan, sentence.start, sentence.end)
            worded = NUMBER_WORDS & here
            if worded:
                openings += self.places(worded, sentence)
                openings.sort()
            known = tuple(lengths_at(openings, self.scan, sentence.end))
            if not known:
                nothing.add(lengths_at)
            self._lengths[index] = known
        return known

    def clocks(self, sentence: Sentence) -> tuple[Match, ...]:
        """Times of day stated in a sentence, with groups `clock` and `zone`."""
        index = sentence.index
        if index not in self.digits:
            return ()
        found = self._clocks.get(index)
        if found is None:
            found = ()
            nothing = self.known[index].nothing
            if not self.worded[index].isdisjoint(CLOCK_SIGNS) and clocks_at not in nothing:
                found = tuple(clocks_at(self._clock_places(sentence), self.scan, sentence.end))
                if not found:
                    nothing.add(clocks_at)
            self._clocks[index] = found
        return found

    def _clock_places(self, sentence: Sentence) -> list[int]:
        known = self._clockish.get(sentence.index)
        if known is None:
            known = clock_places(self.scan, sentence.start, sentence.end)
            self._clockish[sentence.index] = known
        return known

    def ranges(self, sentence: Sentence) -> tuple[Match, ...]:
        """Pairs of clock times as written, with groups `first`, `last` and their zones."""
        index = sentence.index
        if index not in self.digits:
            return ()
        found = self._ranges.get(index)
        if found is None:
            found = ()
            nothing = self.known[index].nothing
            if not self.worded[index].isdisjoint(RANGE_SIGNS) and ranges_at not in nothing:
                found = tuple(ranges_at(self._clock_places(sentence), self.scan, sentence.end))
                if not found:
                    nothing.add(ranges_at)
            self._ranges[index] = found
        return found

    def vocabulary(self) -> set[str]:
        """The words of the whole text, with those in code, quotations and links."""
        known: set[str] | None = self.memory.get("vocabulary")
        if known is None:
            known = set(SIGNS).union(*self.worded)
            for start, end in self.text.masked:
                known.update(WORD.findall(self.text.low, start, end))
            for one in self.text.unread:
                known.update(WORD.findall(self.text.low, *one))
            self.memory["vocabulary"] = known
        return known

    def holds(self, sentence: Sentence, words: frozenset[str]) -> bool:
        """Whether a sentence holds one of some words, written in lower case without accents."""
        return not self.worded[sentence.index].isdisjoint(words)

    def spans(self, sentence: Sentence | None) -> tuple[Span, ...]:
        """Pairs of clock times stated in a sentence."""
        if sentence is None:
            return ()
        ranges = self.ranges(sentence)
        if not ranges:
            return ()
        known = self._spans.get(sentence.index)
        if known is None:
            known = tuple(spans_of(ranges, self.scan, sentence.start))
            self._spans[sentence.index] = known
        return known

    def openings(
        self, sentence: Sentence, begun_by: Callable[[str], int], allowed: int
    ) -> list[tuple[int, int]]:
        """Where words of a sentence stand, each with those of the `allowed` bits that it sets.

        `begun_by` tells the bits of a word, or of `NUMERAL`; places where none is set are left out.
        """
        index = sentence.index
        at = sentence.start - 1
        find, stop = self._padded.find, sentence.end + 2
        if index in self._cut or index - 1 in self._cut:
            words = WORD.finditer(self.flat, sentence.start, sentence.end)
            places = [(one.start(), begun_by(one.group()) & allowed) for one in words]
        else:
            places = []
            for word in self.listed[index]:
                bits = begun_by(word) & allowed
                if bits:
                    # The same word has the same bits, so that no place of it was passed over.
                    at = find(f" {word} ", at + 1, stop)
                    places.append((at, bits))
        if index in self.digits:
            bits = begun_by(NUMERAL) & allowed
            if bits:
                places += [(at, bits) for at in self.digits[index]]
        return places

    def words(self, sentence: Sentence) -> Tokens:
        """The words of a sentence, as runs of the letters a to z."""
        return self.worded[sentence.index]

    def _places(self, begins: Clause, sentence: Sentence) -> Sequence[int] | None:
        """Where in a sentence words stand that begin a match, in order; None if there are many."""
        index = sentence.index
        here = self.worded[index] & begins
        if not here:
            return ()
        places: list[int] = []
        start, end = sentence.start, sentence.end
        find = self._padded.find
        for token in here:
            if token == NUMERAL:
                places += self.digits[index]
                continue
            needle, more = _NEEDLES[token]
            # In the padded text a blank stands one place before each word, at the word's own place.
            stop = end + more
            at = find(needle, start, stop)
            while at >= 0:
                places.append(at)
                at = find(needle, at + 1, stop)
        if index in self._cut:
            places += self._cut_off(here, sentence)
        if len(places) > 1:
            if len(places) > _FEW:
                return None
            places = sorted(set(places))
        return places

    def _cut_off(self, tokens: Iterable[str], sentence: Sentence) -> list[int]:
        """The place of the last word of a sentence that ends within it, if it is one of some."""
        lead = self.flat.rfind(" ", sentence.start, sentence.end) + 1 or sentence.start
        word = self.flat[lead : sentence.end]
        return [lead for token in tokens if token == word and self._begins_a_word(lead)]

    def _begins_a_word(self, at: int) -> bool:
        return at == 0 or self.flat[at - 1] == " "

    def places(self, words: Iterable[str], sentence: Sentence) -> list[int]:
        """Where some words begin in a sentence, in order."""
        start, stop = sentence.start, sentence.end + 2
        find = self._padded.find
        places = []
        for word in words:
            needle = _NEEDLES[word][0]
            at = find(needle, start, stop)
            while at >= 0:
                places.append(at)
                at = find(needle, at + 1, stop)
        if sentence.index in self._cut:
            places += self._cut_off(words, sentence)
        if len(places) > 1:
            places.sort()
        return places

    def matches(self, pattern: Probe, sentence: Sentence) -> bool:
        """Whether a pattern that is possible in a sentence does match."""
        scan, end = self.scan, sentence.end
        if pattern.begins is not None and pattern.since <= self.version:
            places = self._places(pattern.begins, sentence)
            if places is not None:
                match = pattern.match
                for at in places:  # noqa: SIM110 - `any` with a generator costs twice as much
                    if match(scan, at, end):
                        return True
                return False
        return pattern.search(scan, sentence.start, end) is not None

    def find(self, pattern: Pattern, sentence: Sentence) -> Match | None:
        """The first match of a pattern in a sentence."""
        here, version = self.worded[sentence.index], self.version
        # As in `Pattern.possible`: what most calls come to, without one more call.
        screen = pattern.screen
        if screen is None or pattern.since > version:
            screen = None
        elif here.isdisjoint(screen):
            return None
        nothing = self.known[sentence.index].nothing
        if pattern in nothing:
            return None
        if pattern.has_a_way(here) if screen else pattern.possible(here, version):
            found = self._find(pattern, sentence)
            if found is not None:
                return found
        nothing.add(pattern)
        return None

    def _find(self, pattern: Pattern, sentence: Sentence) -> Match | None:
        """The first match of a pattern that is possible in a sentence."""
        scan, start, end = self.scan, sentence.start, sentence.end
        if pattern.cold and not EXPERIENCE.enough:
            return next(self._matches_of_parts(pattern, sentence), None)
        if pattern.begins is not None and pattern.since <= self.version:
            places = self._places(pattern.begins, sentence)
            if places is not None:
                match = pattern.match
                for at in places:
                    found = match(scan, at, end)
                    if found:
                        return found
                return None
        return pattern.search(scan, start, end)

    def each(self, pattern: Pattern, sentence: Sentence) -> Iterable[Match]:
        """Every match of a pattern in a sentence, from left to right."""
        here, version = self.worded[sentence.index], self.version
        screen = pattern.screen
        if screen is None or pattern.since > version:
            screen = None
        elif here.isdisjoint(screen):
            return ()
        nothing = self.known[sentence.index].nothing
        if pattern in nothing:
            return ()
        every: Iterable[Match] = ()
        if pattern.has_a_way(here) if screen else pattern.possible(here, version):
            every = self._each(pattern, sentence)
        if not every:
            nothing.add(pattern)
        return every

    def _each(self, pattern: Pattern, sentence: Sentence) -> Iterable[Match]:
        """Every match of a pattern that is possible in a sentence."""
        if pattern.cold and not EXPERIENCE.enough:
            return self._matches_of_parts(pattern, sentence)
        if pattern.begins is not None and pattern.since <= self.version:
            places = self._places(pattern.begins, sentence)
            if places is not None:
                return _matches(pattern, places, self.scan, sentence.end) if places else ()
        return pattern.finditer(self.scan, sentence.start, sentence.end)

    def _matches_of_parts(self, pattern: Pattern, sentence: Sentence) -> Iterator[Match]:
        """Every match of a pattern that is not compiled, found with those of its alternatives
        that are possible: the leftmost, and of those that begin together the first named."""
        here, scan, end = self.worded[sentence.index], self.scan, sentence.end
        parts = [part.search for part in pattern.cold if part.possible(here, self.version)]
        at = sentence.start
        while parts:
            found = [one for search in parts if (one := search(scan, at, end))]
            if not found:
                return
            leftmost = min(found, key=Match.start)
            yield leftmost
            at = max(leftmost.end(), at + 1)

    def first(self, cues: Cues, sentence: Sentence) -> Match | None:
        """The first match of the first of some patterns that has one."""
        scan, start, end = self.scan, sentence.start, sentence.end
        for pattern in cues.possible(self.worded[sentence.index], self.version):
            found = pattern.search(scan, start, end)
            if found:
                return found
        return None

    def anywhere(self, pattern: Pattern) -> Match | None:
        """The first match of a pattern in the whole text, across sentences; looked for once."""
        if pattern not in self._anywhere:
            self._anywhere[pattern] = self._search(pattern)
        return self._anywhere[pattern]

    def _search(self, pattern: Pattern) -> Match | None:
        vocabulary, scan = self.vocabulary(), self.scan
        if not pattern.possible(vocabulary, self.version):
            return None
        begins = pattern.begins
        if begins is None or any(one[-1] in _NO_WORD for one in begins):
            return pattern.search(scan)
        whole = Sentence(-1, 0, len(scan), "text", 0)
        for at in self.places(begins & vocabulary, whole):
            found = pattern.match(scan, at)
            if found:
                return found
        return None

    def stands_under(self, sentence: Sentence, pattern: Pattern) -> bool:
        """Whether the heading or label above a sentence matches a pattern."""
        title = sentence.under
        if title is None:
            return False
        known = self._titles.setdefault(pattern, {})
        answer = known.get(title.index)
        if answer is None:
            answer = self.find(pattern, title) is not None or self._stands_under_a_wider(
                title, pattern
            )
            known[title.index] = answer
        return answer

    def _stands_under_a_wider(self, title: Sentence, pattern: Pattern) -> bool:
        """Whether a heading of a higher rank above a heading matches: "## Actions, ### Process"."""
        rank = self._rank(title)
        above = title.under
        for _ in range(_HEADINGS_BACK):
            if above is None or rank <= 1:
                break
            if 0 < self._rank(above) < rank:
                if self.find(pattern, above) is not None:
                    return True
                rank = self._rank(above)
            above = above.under
        return False

    def _rank(self, title: Sentence) -> int:
        """How many signs "#" stand before a heading; 0 if it is none of that kind."""
        line = self.text.raw.rfind("\n", 0, title.start) + 1
        lead = self.text.raw[line : title.start].strip()
        return len(lead) if lead and not lead.strip("#") else 0

    def time_near(self, sentence: Sentence) -> bool:
        """Whether this sentence or the next one says how long."""
        following = self.text.following(sentence)
        return bool(
            self.lengths(sentence)
            or self.spans(sentence)
            or self.lengths(following)
            or self.spans(following)
        )


def _matches(pattern: Pattern, places: Sequence[int], scan: str, end: int) -> list[Match]:
    """Matches that begin at one of some places, none within another."""
    free = 0
    match = pattern.match
    every = []
    for at in places:
        if at >= free:
            found = match(scan, at, end)
            if found:
                free = found.end()
                every.append(found)
    return every
