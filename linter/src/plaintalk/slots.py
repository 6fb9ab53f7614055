"""Slots of a way of speaking: a class of words, and the classes that stand near it.

A rule that lists wordings knows only those; one that says "a word that restricts, and soon after it
a word for a nuisance" knows what can be said with all words of both classes. Classes are large, so
they are looked for as words of a sentence and not as patterns: that costs nothing to compile, and
next to nothing where a sentence holds no word of a class.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from plaintalk.document import WORD, Document
from plaintalk.known_sentences import KNOWN, Known
from plaintalk.pattern import Match, Pattern, Tokens, words
from plaintalk.rule import Hit, Keep
from plaintalk.text import Sentence

_RUN: Final = re.compile(r"[a-z]+\??")
_ALL: Final = re.compile(r"[\s\S]+")
_BREAK: Final = re.compile(r"[;:.!?()\"]")
Phrase: TypeAlias = tuple[str, ...]
Pair: TypeAlias = tuple[str, str]
"""Two words side by side."""
_Bits: TypeAlias = tuple[dict[str, int], dict[Pair, int]]
_EVERYWHERE: Final = words(
    "a an the of to in on at for by as and or is was were be been had has have not that this it we "
    "our with from us you your do did all i n t s no are will may might could would should who "
    "their they its one out up more than so if"
)


class Asking(Pattern):
    """Sets of words of which a sentence must hold one each, where no pattern is looked for."""

    __slots__ = ()

    def __init__(self, *sets: frozenset[str]) -> None:
        """From the sets, which are not empty."""
        super().__init__("", spelled=True)
        self.telling = (sets,)

    def probes(self) -> tuple[Pattern, ...]:
        """Itself: there is nothing to read."""
        return (self,)


def _spelled(entry: str) -> Iterator[Phrase]:
    """The words of an entry as runs of letters; one that ends in "s?" with the "s" and without."""
    runs = _RUN.findall(entry)
    if not runs or any("?" in run for run in runs[:-1]):
        raise ValueError(f'"{entry}" has no word that could be looked for.')
    stem, optional, _ = runs[-1].partition("s?")
    yield (*runs[:-1], stem)
    if optional:
        yield (*runs[:-1], f"{stem}s")


def _says(pair: Pair) -> int:
    """How much two words side by side say: the letters of those that do not stand everywhere."""
    return sum(len(word) for word in pair if word not in _EVERYWHERE)


class Slot:
    """A class of words and phrases.

    The listing has blanks between entries, "_" for a blank within one, and "s?" at the end of those
    that may stand in the plural. Raises `ValueError` for an entry without letters.
    """

    def __init__(self, listing: str) -> None:
        entries = listing.split()
        # Thousands of entries are read at every start; most are plain words, or plain phrases.
        single = set(filter(str.isalpha, entries))
        phrases: list[Phrase] = []
        rare = []
        for entry in entries:
            if entry in single:
                continue
            if entry.replace("_", "").isalpha():
                phrases.append(tuple(entry.split("_")))
                continue
            for said in _spelled(entry):
                if len(said) == 1:
                    single.add(said[0])
                else:
                    phrases.append(said)
        for said in phrases:
            telling = [word for word in said if word not in _EVERYWHERE] or said
            rare.append(max(telling, key=len))
        self._single = single
        self._phrases = phrases
        self._pairs: dict[str, dict[str, list[Phrase]]] | None = None
        """By the first word of an entry and the second, what stands behind them; put in order when
        a text is first looked through for them."""
        self._heads: frozenset[str] = frozenset()
        """The first words of all entries, from then on."""
        self.rare = frozenset((*single, *rare))
        """Of every entry the word that says most."""

    def _in_order(self) -> dict[str, dict[str, list[Phrase]]]:
        """Put the phrases in order by their first words."""
        pairs: dict[str, dict[str, list[Phrase]]] = {}
        for said in self._phrases:
            pairs.setdefault(said[0], {}).setdefault(said[1], []).append(said[2:])
        for seconds in pairs.values():
            for rests in seconds.values():
                rests.sort(key=len, reverse=True)
        self._heads = frozenset((*self._single, *pairs))
        # Last, so that another thread finds all of it or nothing.
        self._pairs = pairs
        return pairs

    def telling(self) -> tuple[set[str], list[Pair]]:
        """The entries of one word, and of every phrase the two words side by side that say most."""
        return self._single, [max(pairwise(said), key=_says) for said in self._phrases]

    def places(self, listed: list[str], here: Tokens) -> list[tuple[int, int]]:
        """Where entries begin and end in a row of words; the longest, where several begin.

        `here` holds the words of the row, and maybe more.
        """
        pairs = self._pairs
        if pairs is None:
            pairs = self._in_order()
        heads = self._heads & here
        if not heads:
            return []
        single = self._single
        found = []
        last = len(listed) - 1
        for at in [at for at, word in enumerate(listed) if word in heads]:
            word = listed[at]
            end = 0
            if at < last and word in pairs:
                for rest in pairs[word].get(listed[at + 1], ()):
                    stop = at + 2 + len(rest)
                    if not rest or tuple(listed[at + 2 : stop]) == rest:
                        end = stop
                        break
            if end or word in single:
                found.append((at, end or at + 1))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Saying:
    """One slot, or two of them with at most so many words between, and what turns a place down.

    `either` says that the second may stand before the first as well. What is between two slots does
    not end a clause.
    """

    first: Slot
    second: Slot | None = None
    most: int = 0
    either: bool = False
    keep: Keep | None = None

    def __call__(self, document: Document, sentence: Sentence) -> Hit | None:
        """The first place that is kept."""
        here = document.worded[sentence.index]
        if here.isdisjoint(self.first.rare):
            return None
        if self.second is not None and here.isdisjoint(self.second.rare):
            return None
        return self.place(document, sentence)

    def place(self, document: Document, sentence: Sentence) -> Hit | None:
        """The first place that is kept, in a sentence that holds words of each slot."""
        known = document.known[sentence.index]
        if self in known.nothing:
            return None
        spans = self._spans(known.listed, known.worded)
        if not spans:
            known.nothing.add(self)
        for start, end in spans:
            found = _as_match(document, sentence, start, end)
            if self.second is not None and _BREAK.search(found.group()):
                continue
            if self.keep is None or self.keep(document, sentence, found):
                return Hit(*found.span())
        return None

    def asking(self) -> Asking:
        """What a sentence must hold for a place to be found."""
        second = () if self.second is None else (self.second.rare,)
        return Asking(self.first.rare, *second)

    def _spans(self, listed: list[str], here: Tokens) -> list[tuple[int, int]]:
        firsts = self.first.places(listed, here)
        if self.second is None or not firsts:
            return firsts
        seconds = self.second.places(listed, here)
        spans = []
        for start, end in firsts:
            for other, last in seconds:
                if end <= other <= end + self.most:
                    spans.append((start, last))
                    break
                if self.either and last <= start <= last + self.most:
                    spans.append((other, end))
                    break
        return spans


def _as_match(document: Document, sentence: Sentence, start: int, end: int) -> Match:
    """The text from one word of a sentence up to another, as a match."""
    words = list(WORD.finditer(document.flat, sentence.start, sentence.end))
    found = _ALL.match(document.scan, words[start].start(), words[end - 1].end())
    assert found is not None  # noqa: S101 - words have letters
    return found


class _Spoken:
    """Which ways of speaking a sentence may hold, found out for those of all rules at once.

    Most phrases have a word that stands in many sentences, so a phrase is known by two words of it
    that stand side by side. Each way has two bits, one for each slot that must be held.
    """

    def __init__(self) -> None:
        self._sayings: list[Saying] = []
        self._bits: _Bits | None = None

    def add(self, sayings: tuple[Saying, ...]) -> int:
        """Note some ways of speaking; the place of the bits of the first one."""
        self._bits = None
        # What is known of sentences says nothing of these.
        KNOWN.forget()
        self._sayings += sayings
        return 2 * (len(self._sayings) - len(sayings))

    def held(self, known: Known) -> int:
        """The bits of the slots that a sentence may hold."""
        held = known.held
        if held is None:
            bits, pair_bits = self._bits or self._number()
            held = 0
            for word in filter(bits.__contains__, known.listed):
                held |= bits[word]
            for pair in filter(pair_bits.__contains__, pairwise(known.listed)):
                held |= pair_bits[pair]
            known.held = held
        return held

    def _number(self) -> _Bits:
        bits: dict[str, int] = {}
        pair_bits: dict[Pair, int] = {}
        for at, saying in enumerate(self._sayings):
            for slot, bit in ((saying.first, 1), (saying.second or saying.first, 2)):
                singles, pairs = slot.telling()
                own = bit << 2 * at
                for word in singles:
                    bits[word] = bits.get(word, 0) | own
                for pair in pairs:
                    pair_bits[pair] = pair_bits.get(pair, 0) | own
        self._bits = bits, pair_bits
        return self._bits


_SPOKEN: Final = _Spoken()


def first_said(*sayings: Saying) -> Callable[[Document, Sentence], Hit | None]:
    """Look for several ways of speaking, in their order."""
    first = _SPOKEN.add(sayings)
    firsts = sum(1 << 2 * at for at in range(len(sayings)))

    def look(document: Document, sentence: Sentence) -> Hit | None:
        held = _SPOKEN.held(document.known[sentence.index]) >> first
        held &= held >> 1 & firsts
        while held:
            lowest = held & -held
            hit = sayings[lowest.bit_length() // 2].place(document, sentence)
            if hit is not None:
                return hit
            held ^= lowest
        return None

    return look


def asked(*sayings: Saying) -> tuple[Pattern, ...]:
    """What a sentence must hold for one of some ways of speaking: the `patterns` of a rule."""
    return tuple(saying.asking() for saying in sayings)


def heads(*sayings: Saying) -> frozenset[str]:
    """The words that the first slots of some ways of speaking are known by: triggers of a rule."""
    return frozenset().union(*(saying.first.rare for saying in sayings))
