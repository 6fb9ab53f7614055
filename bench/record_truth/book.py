"""What one generator of texts is made of: its companies, its ways with figures, its sentences.

There are several books, each written without looking at how the checker fared on the others. A new
one says honestly how the checker does on sentences that nobody tuned it to.
"""

from importlib import import_module
from typing import Any, Final, NamedTuple


class Book(NamedTuple):
    """Three modules: `inventory`, `wording` and `shapes`."""

    name: str
    inventory: Any
    wording: Any
    shapes: Any

    def how_many(self) -> int:
        """The number of distinct sentence shapes."""
        return len({shape for group in self.shapes.GROUPS for shape in group})


NAMES: Final = ("first", "second", "third", "third_holdout", "fourth")


def book(name: str) -> Book:
    """One book by its name."""
    parts = (import_module(f"record_truth.{name}.{part}") for part in Book._fields[1:])
    return Book(name, *parts)


BOOKS: Final = tuple(book(name) for name in NAMES)
