"""Which numbers and lengths of time a text states, in figures of any language or English words."""

import re
from collections.abc import Iterator
from typing import Final

from plaintalk.figures import Length, lengths, number_of

# Digits, and what stands between groups of three of them in one language or another.
_DIGITS: Final = re.compile(r"\d{1,3}(?:[.,'’\s]\d{3})+(?!\d)|\d+")
_WORD: Final = re.compile(r"[a-z]+|[^\sa-z-]")
_LARGE: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}


def stated_numbers(text: str) -> set[int]:
    """Return the whole numbers of a text: ``2,000``, ``2 000``, ``two thousand``."""
    in_digits = {int(re.sub(r"\D", "", each)) for each in _DIGITS.findall(text)}
    return in_digits | set(_in_words(text.lower()))


def stated_lengths(text: str) -> list[Length]:
    """Return the lengths of time of a text, in seconds, with how far each is rounded."""
    scan = text.lower()
    return list(lengths(scan, 0, len(scan)))


def _in_words(scan: str) -> Iterator[int]:
    """Yield each number that stands in words, ``seventeen hundred and ninety-eight``."""
    whole, part, seen = 0, 0, False
    for word in [*_WORD.findall(scan), "."]:
        small = number_of(word) if word.isalpha() and word not in {"a", "an", "half"} else None
        if small is not None:
            part, seen = part + int(small), True
        elif word in _LARGE and (seen or word != "million"):
            part, seen = max(part, 1) * _LARGE[word], True
            if word != "hundred":
                whole, part = whole + part, 0
        elif word != "and" or not seen:
            if seen:
                yield whole + part
            whole, part, seen = 0, 0, False
