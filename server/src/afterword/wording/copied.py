"""Finding passages shared with a text that nobody here can read: salted hashes of word runs."""

import hashlib
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

RUN: Final = 8
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_FENCED = re.compile(r"^\d+$")


class Passage(NamedTuple):
    """A stretch of the public text, in code points."""

    start: int
    end: int
    runs: int


class _Word(NamedTuple):
    text: str
    start: int
    end: int


def _words(text: str) -> list[_Word]:
    return [_Word(m[0].casefold(), m.start(), m.end()) for m in _WORD.finditer(text)]


def _digest(salt: str, words: list[_Word]) -> str:
    run = " ".join(w.text for w in words)
    return hashlib.sha256(f"{salt}\n{run}".encode("utf-8", "surrogatepass")).hexdigest()


def run_digests(text: str, salt: str) -> Iterator[str]:
    """Yield the salted SHA-256 of each run of eight words of a text."""
    words = _words(text)
    for at in range(len(words) - RUN + 1):
        yield _digest(salt, words[at : at + RUN])


def copied_passages(
    text: str, *, salt: str, digests: frozenset[str], exempt: frozenset[str] = frozenset()
) -> list[Passage]:
    """Return the shared passages, when the texts share two runs of eight words or more.

    A run counts when at least half its words are neither numbers nor exempt (words of titles
    and component names): both texts may state the same facts.
    """
    words = _words(text)
    passages: list[Passage] = []
    for at in range(len(words) - RUN + 1):
        run = words[at : at + RUN]
        own = sum(w.text not in exempt and not _FENCED.match(w.text) for w in run)
        if own * 2 < RUN or _digest(salt, run) not in digests:
            continue
        start, end = run[0].start, run[-1].end
        if passages and start <= passages[-1].end:
            last = passages[-1]
            passages[-1] = Passage(last.start, end, last.runs + 1)
        else:
            passages.append(Passage(start, end, 1))
    return passages if sum(p.runs for p in passages) >= 2 else []
