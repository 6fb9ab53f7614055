"""Words as they are searched: the same folding for texts and for questions. Pure.

Letters lose case and accents. Scripts written without spaces are searched sign by sign, so both
databases find a word inside a sentence of them.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

# A text search vector of PostgreSQL holds less than a megabyte; this stays far below it.
LONGEST: Final = 100_000
LONGEST_QUESTION: Final = 200
MOST_WORDS: Final = 8
_MOST_PIECES: Final = 24
_LONGEST_PIECE: Final = 100
_WITHOUT_SPACES = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")
_PIECE = re.compile(r"[^\W_]+")


def pieces(text: str) -> list[str]:
    """Return the words of a text, folded, in order; signs without letter or digit are dropped."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(each for each in plain if unicodedata.category(each) not in {"Mn", "Cf"})
    found = _PIECE.findall(_WITHOUT_SPACES.sub(r" \1 ", bare))
    return [each[:_LONGEST_PIECE] for each in found]


def searchable(texts: Iterable[str]) -> str:
    """Return the words of texts as they are stored, at most ``LONGEST`` characters of them."""
    return " ".join(each for text in texts for each in pieces(text[:LONGEST]))[:LONGEST]


def asked(question: str) -> list[list[str]]:
    """Return the words of a question, each as the pieces that must follow one another.

    Beyond ``MOST_WORDS`` the rest is left out. Empty when there is nothing to search for.
    """
    words = [pieces(word) for word in question[:LONGEST_QUESTION].split()]
    kept: list[list[str]] = []
    for word in words:
        if word and len(kept) < MOST_WORDS and sum(map(len, kept)) + len(word) <= _MOST_PIECES:
            kept.append(word)
    return kept


def for_sqlite(words: Iterable[list[str]]) -> str:
    """Return a question for FTS5. Pieces are letters and digits, so quotes hold them all."""
    return " AND ".join(f'"{" ".join(word)}"{" *" if _begins(word) else ""}' for word in words)


def for_postgresql(words: Iterable[list[str]]) -> str:
    """Return a question for ``to_tsquery``."""
    return " & ".join(
        "(" + " <-> ".join(f"'{piece}'" for piece in word) + (":*" if _begins(word) else "") + ")"
        for word in words
    )


def _begins(word: list[str]) -> bool:
    """Whether the last piece may be the beginning of a longer word; one letter begins too many."""
    return len(word[-1]) > 1
