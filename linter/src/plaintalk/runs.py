"""Runs of words: what two texts share when a passage was copied from one into the other."""

from collections.abc import Iterator
from typing import Final

from plaintalk.compiled import later

RUN_LENGTH: Final = 8
_WORD: Final = later(r"[^\W_]+(?:['’][^\W_]+)*")


def word_runs(text: str, length: int = RUN_LENGTH) -> Iterator[tuple[int, int, str]]:
    """Every run of `length` words: start, end and the words in lower case with single blanks.

    Keep only (salted) hashes of the runs of a text that must not be read, and pass a function
    that says whether a run is among them to `plaintalk.check(..., is_internal=...)`.
    """
    found = [(one.start(), one.end(), one.group().lower()) for one in _WORD.finditer(text)]
    for index in range(len(found) - length + 1):
        run = found[index : index + length]
        yield run[0][0], run[-1][1], " ".join(word for _, _, word in run)
