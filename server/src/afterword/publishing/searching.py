"""Words as they are searched: the same folding for texts and for questions. Pure.

Letters lose case and accents. What is written together (``09:30``, ``inv-queue``) is kept together
from each of its parts on, and scripts written without spaces in pairs of signs. So a question is
words and beginnings of words alone, which an index answers by itself; for words that must stand
side by side, PostgreSQL would have to read every text that holds them all.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

# A text search vector of PostgreSQL holds less than a megabyte; this stays far below it.
LONGEST: Final = 100_000
LONGEST_QUESTION: Final = 200
MOST_WORDS: Final = 8
_MOST_TOKENS: Final = 24
_LONGEST_TOKEN: Final = 100
# So many parts of what is written together are kept together.
_TOGETHER: Final = 4
_SIGN: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SIGNS = re.compile(f"[{_SIGN}]+")
_RUN = re.compile(f"([{_SIGN}]+)")
_PART = re.compile(r"[^\W_]+")


def searchable(texts: Iterable[str]) -> str:
    """Return the words of texts as they are stored, at most ``LONGEST`` characters of them."""
    found = (token for text in texts for word in _folded(text[:LONGEST]) for token in _kept(word))
    return " ".join(found)[:LONGEST]


def asked(question: str) -> list[list[str]]:
    """Return the words of a question, each as the tokens a text must hold.

    Beyond ``MOST_WORDS`` the rest is left out. Empty when there is nothing to search for.
    """
    words = [list(_wanted(word)) for word in _folded(question[:LONGEST_QUESTION])]
    kept: list[list[str]] = []
    for word in words:
        if word and len(kept) < MOST_WORDS and sum(map(len, kept)) + len(word) <= _MOST_TOKENS:
            kept.append(word)
    return kept


def holds(stored: str, words: Iterable[list[str]]) -> bool:
    """Whether stored words (see ``searchable``) answer a question, as the databases would say."""
    there = sorted(set(stored.split()))
    return all(_is_there(token, there) for token in _all(words))


def for_sqlite(words: Iterable[list[str]]) -> str:
    """Return a question for FTS5. Tokens are letters and digits, so quotes hold them all."""
    return " AND ".join(f'"{token}"{" *" if _begins(token) else ""}' for token in _all(words))


def for_postgresql(words: Iterable[list[str]]) -> str:
    """Return a question for ``to_tsquery``."""
    return " & ".join(f"'{token}'{':*' if _begins(token) else ''}" for token in _all(words))


def _folded(text: str) -> list[str]:
    """Return what stands between the blanks of a text, without case and accents."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(each for each in plain if unicodedata.category(each) not in {"Mn", "Cf"})
    return bare.split()


def _kept(word: str) -> Iterator[str]:
    """Yield the tokens under which a text is found that holds the word."""
    for run in filter(None, _RUN.split(word)):
        if _SIGNS.fullmatch(run):
            yield from (run[n : n + 2] for n in range(len(run)))
        else:
            parts = _PART.findall(run)
            yield from (_joined(parts[n : n + _TOGETHER]) for n in range(len(parts)))


def _wanted(word: str) -> Iterator[str]:
    """Yield the tokens that a text must hold, or beginnings of them, when the word is asked for."""
    for run in filter(None, _RUN.split(word)):
        if _SIGNS.fullmatch(run):
            yield from (run[n : n + 2] for n in range(max(1, len(run) - 1)))
        elif parts := _PART.findall(run):
            starts = range(max(1, len(parts) - _TOGETHER + 1))
            yield from (_joined(parts[n : n + _TOGETHER]) for n in starts)


def _joined(parts: Iterable[str]) -> str:
    return "".join(parts)[:_LONGEST_TOKEN]


def _all(words: Iterable[list[str]]) -> Iterator[str]:
    return (token for word in words for token in word)


def _is_there(token: str, there: list[str]) -> bool:
    place = bisect_left(there, token)
    if place == len(there):
        return False
    return there[place].startswith(token) if _begins(token) else there[place] == token


def _begins(token: str) -> bool:
    """Whether it may be the beginning of a longer word; one letter begins too many.

    A sign of a script without spaces is kept with the one that follows it.
    """
    return len(token) > 1 or _SIGNS.fullmatch(token) is not None
