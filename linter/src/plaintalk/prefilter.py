"""Which words a text must hold for a pattern to match it at all.

Trying a pattern at every character of a sentence is slow; asking whether two sets of words meet is
not. `required_words` reads the source of a pattern and returns clauses: a match is possible only
if the text holds at least one word of every clause. Words are runs of the letters a to z, "improv*"
for any word that begins so, "#" for any digit, "%" and "/". What it does not understand it leaves
open, so that the answer errs on the side of trying the pattern.
"""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from plaintalk.needs import Clause, Entry, Needs
from plaintalk.stems import STEM

_EDGE: Final = "\x00"
"""Stands for a word boundary."""
_OPEN: Final = "Ω"
"""Stands for text that is not known, which may hold letters."""
_MOST_STRINGS: Final = 400
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(rf"(?<![a-z{_OPEN}])[a-z]+(?![a-z{_OPEN}])")
_BEGUN: Final = re.compile(rf"(?<![a-z{_OPEN}])[a-z]{{3,}}(?={_OPEN})")
"""Letters that a word begins with; fewer than three say too little."""
_COMMON: Final = frozenset(
    (
        *("a", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but"),
        *("by", "can", "could", "did", "do", "for", "from", "had", "has", "have", "how", "i"),
        *("if", "in", "into", "is", "it", "its", "may", "more", "no", "not", "of", "on", "or"),
        *("our", "out", "over", "s", "some", "such", "t", "that", "the", "their", "there"),
        *("these", "they", "this", "to", "us", "was", "we", "were", "what", "when", "which"),
        *("who", "will", "with", "would", "you", "your", "customers", "users", "service"),
        *("issue", "issues", "incident", "#"),
    )
)
_LETTER_CLASSES: Final = frozenset("wsSW")
_MOST_WAYS: Final = 3
"""How many ways are told apart; with more of them, asking takes longer than it spares."""
_DIGIT_SIGN: Final = "#"
_DIGIT_CLAUSE: Final = frozenset({_DIGIT_SIGN})
_SIGNS: Final = ("%", "/")
"""Signs that are asked for as if they were words."""
_TOLD: Final = 3
"""How many words of a plain string are asked for."""


@dataclass(slots=True)
class _Part:
    """A piece of a pattern: the strings it stands for, or None; and what it requires if None.

    `clauses` holds whichever way it matches; `ways` tells the ways apart, each with its clauses.
    """

    strings: frozenset[str] | None
    clauses: tuple[Clause, ...] = ()
    ways: tuple[Needs, ...] = ((),)
    starts: frozenset[str] | None = None
    """What a match begins with if `strings` is None; None where that is not known."""
    optional: bool = False
    closed: bool = False
    """Whether every match, if `strings` is None, ends with something other than a letter."""


_UNKNOWN: Final = _Part(None)
_NOTHING: Final = _Part(frozenset({""}))


def required_words(source: str) -> Needs:
    """Clauses of words that every match of a pattern needs; empty if nothing can be said.

    >>> required_words(r"\\b(?:lesson|lessons) learned\\b")
    (frozenset({'learned'}), frozenset({'lessons', 'lesson'}))
    """
    part = _read(source)
    return _clauses_of(part) if part else ()


def ways_to_match(source: str) -> tuple[Needs, ...]:
    """The ways in which a pattern may match, each with the clauses that it needs.

    >>> ways_to_match(r"\\bat fault\\b|\\bno \\w+ data\\b")
    ((frozenset({'fault'}), frozenset({'at'})), (frozenset({'no'}), frozenset({'data'})))
    """
    part = _read(source)
    return _ways_of(part) if part else ((),)


def _read(source: str) -> _Part | None:
    reader = _Reader(source)
    part = reader.alternatives()
    return part if reader.at == len(source) else None


class Reading(NamedTuple):
    """What can be said about the matches of a pattern from its source."""

    clauses: Needs = ()
    ways: tuple[Needs, ...] = ((),)
    entry: Entry | None = None


def read(source: str) -> Reading:
    """Everything that can be said about a pattern, from one reading of its source."""
    part = _read(source)
    return Reading(_clauses_of(part), _ways_of(part), _entry_of(part)) if part else Reading()


def entry(source: str) -> Entry | None:
    """How every match of a pattern begins, or None if that cannot be said.

    >>> entry(r"\\b(?:lesson|learn\\w*) ")
    Entry(words=frozenset({'lesson'}), prefixes=('learn',), digits=False, within=False)
    """
    return read(source).entry


def _entry_of(part: _Part) -> Entry | None:
    starts = part.starts if part.strings is None else part.strings
    if starts is None:
        return None
    words: set[str] = set()
    prefixes: set[str] = set()
    digits = within = False
    for start in starts:
        found = _START.match(start)
        if not found:
            return None
        if found["digit"]:
            digits = True
            within = within or not found["edge"]
        elif found["next"] and found["next"] != _OPEN:
            words.add(found["word"])
        else:
            prefixes.add(found["word"])
    return Entry(frozenset(words), tuple(sorted(prefixes)), digits, within)


_START: Final = re.compile(
    rf"(?P<edge>{_EDGE}*)(?P<digit>\d)|{_EDGE}+(?P<word>[a-z]+)(?P<next>[\s\S]?)"
)


def _clauses_of(part: _Part) -> Needs:
    if part.strings is None:
        return part.clauses
    return _told(_OPEN + one + _OPEN for one in part.strings)


def _ways_of(part: _Part) -> tuple[Needs, ...]:
    return part.ways if part.strings is None else (_clauses_of(part),)


def _is_closed(part: _Part) -> bool:
    return part.closed if part.strings is None else _end_closed(part.strings)


def _end_closed(strings: AbstractSet[str]) -> bool:
    """Whether all strings end with something that is neither a letter nor unknown."""
    return all(one and not one[-1].isalpha() for one in strings)


def _told(strings: Iterable[str]) -> Needs:
    """The most telling word of every string, the next one and so on, as far as all have one."""
    every = [_words_of(one) for one in strings]
    fewest = min(_TOLD, *map(len, every)) if every else 0
    return tuple(frozenset(words[at] for words in every) for at in range(fewest))


def _words_of(string: str) -> list[str]:
    """Whole words of a string, beginnings of words, "#" and other signs, rare ones first."""
    found = set(_WORD.findall(string))
    found.update(one + STEM for one in _BEGUN.findall(string))
    if _DIGIT.search(string):
        found.add(_DIGIT_SIGN)
    found.update(sign for sign in _SIGNS if sign in string)
    return sorted(found, key=lambda word: (word in _COMMON, -len(word), word))


_HOW_OFTEN: Final = """
# 420 the 293 we 255 to 228 and 162 : 161 was 161 a 158 of 147 in 116 on 112 this 105 for 102
by 100 are 98 that 95 our 94 it 94 utc 93 is 92 not 89 were 84 :: 73 data 67 will 63 from 58
affected 58 at 56 all 54 incident 50 with 50 minutes 47 you 47 customers 46 an 43 % 43 be 42 no
42 have 38 your 37 resolved 36 outage 36 hours 36 issue 33 errors 33 as 33 users 32 us 32
service 32 time 30 lost 29 been 28 some 28 has 28 yet 28 every 28 working 27 again 27 cause 26
requests 26 t 25 after 25 know 24 could 24 do 24 services 24 failed 24 up 23 update 23 may 22
work 22 caused 22 database 22 say 22 back 21 changed 21 failure 21 still 20 how 20 until 20
during 19 when 19 first 19 happened 19 about 19 or 18 down 18 saw 17 thank 17 monitoring 17
what 17 long 16 sorry 16 pm 16 also 16 out 16 next 16 full 16 between 16 who 15 slow 15 due 15
now 15 am 15 since 14 days 14 issues 14 their 14 which 14 same 14 one 14 too 14 error 13 had 13
two 13 more 13 being 13 accounts 13 within 13 s 13 began 13 unavailable 13 reports 13 but 12
provider 12 before 12 started 12 second 12 account 12 lasted 12
"""
"""Words and signs, each with how many of a thousand sentences about incidents hold it."""
_PAIRS: Final = iter(_HOW_OFTEN.split())
_OFTEN: Final = {word: int(often) for word, often in zip(_PAIRS, _PAIRS, strict=True)}
_SELDOM: Final = 1.0

MOST_CLAUSES: Final = 4
"""How many clauses of a way are worth asking for before a pattern is tried; the dearest are left
out."""


def telling(
    begins: Clause | None, ways: tuple[Needs, ...]
) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """What is worth asking for before a pattern is tried, for each way in which it may match."""
    first = () if begins is None else (begins,)
    chosen = (sorted(dict.fromkeys((*first, *way)), key=_rank)[:MOST_CLAUSES] for way in ways)
    return tuple(dict.fromkeys(tuple(tuple(sorted(one)) for one in way) for way in chosen))


def _rank(clause: Clause) -> tuple[float, list[str]]:
    return weight(clause), sorted(clause)


def weight(clause: AbstractSet[str]) -> float:
    """How often some word of a clause is likely to stand in a sentence."""
    return sum(map(_frequency, clause))


@cache
def _frequency(token: str) -> float:
    if not token.endswith(STEM):
        return _OFTEN.get(token, _SELDOM)
    return sum((often for word, often in _OFTEN.items() if word.startswith(token[:-1])), _SELDOM)


def _weakest(parts: list[_Part]) -> tuple[Clause, ...]:
    """One clause that holds whichever of some alternatives matched."""
    chosen: set[str] = set()
    for part in parts:
        clauses = _clauses_of(part)
        if not clauses:
            return ()
        chosen |= min(clauses, key=weight)
    return (frozenset(chosen),)


def _starts_of(part: _Part) -> frozenset[str] | None:
    if part.strings is None:
        return part.starts
    return frozenset(one + _OPEN for one in part.strings)


def _united_starts(parts: list[_Part]) -> frozenset[str] | None:
    united: set[str] = set()
    for part in parts:
        starts = part.strings if part.strings is not None else part.starts
        if starts is None:
            return None
        united |= starts
    return frozenset(united)


def _starting(
    starts: frozenset[str], run: set[str], item: _Part
) -> tuple[frozenset[str] | None, bool]:
    """What a sequence may begin with, seen up to an item that is not a plain string.

    Strings of the run that hold a sign say how the match begins; where the run may be empty, or a
    mere edge, the item says so, and if it may be left out the rest of the sequence does.
    """
    told = {one + _OPEN for one in run if one.strip(_EDGE + _OPEN)}
    empty = {one for one in run if not one.strip(_EDGE)}
    if len(told) + len(empty) < len(run):
        return None, True
    if not empty:
        return starts | told, True
    own = _starts_of(item)
    if own is None or item.optional:
        return None, True
    return starts | told | {left + right for left in empty for right in own}, True


_PLAIN: Final = re.compile(r"(?: \+|[a-z'](?![?*+{]))+")
"""Letters and blanks that stand for themselves."""
_NO_WORD_BEHIND: Final = re.compile(r"\?<!(?:\\w|\[\\w[^\]\\]*\])\)")
"""What stands in a bracket that says "not behind a letter or digit": an edge of a word."""


def _run_behind(run: set[str], item: _Part) -> set[str]:
    """What is known behind an item that does not join the run: its strings, or only an edge."""
    apart = _end_closed(run)
    if item.strings is not None:
        return {(_EDGE if apart else _OPEN) + one for one in item.strings}
    return {_EDGE if item.closed and (apart or not item.optional) else _OPEN}


def _seen_from(left: str, part: _Part) -> _Part:
    """Strings, as one of several alternatives that are not all strings: what stands before them
    says whether they begin with a whole word."""
    strings = part.strings or frozenset()
    told = _told(left + one + _OPEN for one in strings)
    return _Part(None, told, (told,), _starts_of(part), closed=_is_closed(part))


def _repeated(item: _Part) -> _Part:
    starts, closed = _starts_of(item), _is_closed(item)
    return _Part(None, _clauses_of(item), _ways_of(item), starts, closed=closed)


class _Reader:
    """Reads the source of a pattern from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.left = _OPEN
        """What stands before the next item: an edge, or what is not known."""
        self.ahead: list[Clause] = []
        """What looks ahead from the sequence that is being read ask for, if it is a digit."""

    def peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def alternatives(self) -> _Part:
        """Sequences with bars between them, up to a closing bracket or the end."""
        left = self.left
        parts = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            self.left = left
            parts.append(self.sequence())
        if len(parts) == 1:
            return parts[0]
        known = [part.strings for part in parts if part.strings is not None]
        if len(known) == len(parts):
            united = frozenset().union(*known)
            if len(united) <= _MOST_STRINGS:
                return _Part(united)
        parts = [part if part.strings is None else _seen_from(left, part) for part in parts]
        ways = tuple(dict.fromkeys(way for part in parts for way in _ways_of(part)))
        weakest = _weakest(parts)
        if len(ways) > _MOST_WAYS:
            ways = (weakest,)
        closed = all(map(_is_closed, parts))
        return _Part(None, weakest, ways, _united_starts(parts), closed=closed)

    def sequence(self) -> _Part:
        """Items side by side; strings that touch are joined."""
        run: set[str] = {""}
        clauses: list[Clause] = []
        ways: tuple[Needs, ...] = ((),)
        starts: frozenset[str] | None = frozenset()
        begun = False
        known = True
        left = self.left
        before, self.ahead = self.ahead, []

        def need(more: Needs, either: tuple[Needs, ...]) -> None:
            nonlocal ways
            clauses.extend(more)
            if len(ways) * len(either) > _MOST_WAYS:
                either = (more,)
            ways = tuple(dict.fromkeys(way + other for way in ways for other in either))

        def close() -> None:
            told = _told(one + _OPEN for one in run)
            need(told, (told,))

        while self.peek() not in ("", "|", ")"):
            item = self.plain() or self.quantified({one or left for one in run})
            if item.strings is not None and len(run) * len(item.strings) <= _MOST_STRINGS:
                run = {left + right for left in run for right in item.strings}
                continue
            if not begun and starts is not None:
                starts, begun = _starting(starts, run, item)
            if known:
                run = {left + one for one in run}
            close()
            known = False
            if item.strings is None:
                need(item.clauses, item.ways)
            run = _run_behind(run, item)
        ahead, self.ahead = self.ahead, before
        if known:
            return _Part(frozenset(run))
        need(tuple(ahead), (tuple(ahead),))
        close()
        begins = starts if begun else None
        return _Part(None, tuple(clauses), ways, begins, closed=_end_closed(run))

    def plain(self) -> _Part | None:
        """Letters and blanks that stand for themselves."""
        found = _PLAIN.match(self.source, self.at)
        if not found:
            return None
        self.at = found.end()
        return _Part(frozenset({found.group().replace(" +", " ")}))

    def quantified(self, before: set[str]) -> _Part:
        """One item with what says how often it stands; `before` is what it stands behind."""
        if self.peek() == "(":
            self.left = _EDGE if _end_closed(before) else _OPEN
        item = self.item()
        sign = self.peek()
        if sign == "{":
            end = self.source.index("}", self.at)
            least = self.source[self.at + 1 : end].split(",")[0]
            self.at = end + 1
            self.skip_lazy()
            if least in ("", "0"):
                return _Part(None, starts=_starts_of(item), optional=True, closed=_is_closed(item))
            return _repeated(item)
        if sign not in ("?", "*", "+") or not sign:
            return item
        self.at += 1
        self.skip_lazy()
        if item.strings == frozenset({" "}):
            return _Part(frozenset({" "} if sign == "+" else {"", " "}))
        if sign == "?" and item.strings is not None:
            return _Part(item.strings | {""})
        if sign == "+":
            return _repeated(item)
        return _Part(None, starts=_starts_of(item), optional=True, closed=_is_closed(item))

    def skip_lazy(self) -> None:
        if self.peek() in ("?", "+") and self.peek():
            self.at += 1

    def item(self) -> _Part:
        sign = self.peek()
        self.at += 1
        if sign == "(":
            return self.group()
        if sign == "[":
            return self.characters()
        if sign == "\\":
            return self.escape()
        if sign in (".", "^", "$"):
            return _UNKNOWN if sign == "." else _NOTHING
        return _Part(frozenset({sign}))

    def escape(self) -> _Part:
        sign = self.peek()
        self.at += 1
        if sign == "b":
            return _Part(frozenset({_EDGE}))
        if sign in ("A", "Z"):
            return _NOTHING
        if sign == "d":
            return _Part(frozenset({"0"}))
        if sign == "s":
            return _Part(frozenset({" "}))
        if sign in ("n", "t"):
            return _Part(frozenset({" "}))
        return _UNKNOWN if sign.isalnum() else _Part(frozenset({sign}))

    def group(self) -> _Part:
        """A group, whose opening bracket has been read; a look around counts as nothing."""
        around = ahead = False
        if self.peek() == "?":
            opening = re.compile(r"\?(?:P<\w+>|:|=|!|<=|<!|[aimsx]+:)").match(self.source, self.at)
            if not opening:
                self.at = len(self.source) + 1
                return _UNKNOWN
            ahead = opening.group() == "?="
            around = opening.group()[1] in "=!" or opening.group() in ("?<=", "?<!")
            behind = _NO_WORD_BEHIND.match(self.source, self.at)
            if behind:
                self.at = behind.end()
                return _Part(frozenset({_EDGE}))
            self.at = opening.end()
        inner = self.alternatives()
        self.at += 1
        if ahead and _DIGIT_CLAUSE in _clauses_of(inner):
            self.ahead.append(_DIGIT_CLAUSE)
        return _NOTHING if around else inner

    def characters(self) -> _Part:
        """A class of characters, whose opening bracket has been read."""
        found: set[str] = set()
        plain = self.peek() != "^"
        first = True
        while first or self.peek() != "]":
            first = False
            sign = self.peek()
            self.at += 1
            if sign == "\\":
                sign = self.peek()
                self.at += 1
                plain = plain and sign not in _LETTER_CLASSES
                sign = "0" if sign == "d" else sign
            if self.peek() == "-" and self.source[self.at + 1 : self.at + 2] != "]":
                self.at += 2
                plain = plain and sign.isdigit()
            found.add(sign)
            if self.at > len(self.source):
                return _UNKNOWN
        self.at += 1
        return _Part(frozenset(found)) if plain else _UNKNOWN
