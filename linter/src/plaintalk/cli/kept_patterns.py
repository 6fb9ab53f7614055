"""Compiled patterns, kept from one run of the command to the next; see `kept_values`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from plaintalk import alternatives, compiled, pattern
from plaintalk.cli.kept_values import place_beside, read_values, save_values
from plaintalk.compiled import COMPILED, Codes, Compiled

_MOST: Final = 6_000
"""Patterns in a file; there are some 2,600, and those of sources that have changed since."""
_MAKERS: Final = (alternatives.__file__, compiled.__file__, pattern.__file__)
"""These modules make of a source as written what is compiled and kept."""


@contextmanager
def kept_patterns() -> Iterator[None]:
    """Use what earlier runs have compiled; at the end, keep what this one has."""
    file = place_beside(compiled.__spec__.cached, ".patterns")
    if file is None:
        yield
        return
    COMPILED.start(read_codes(file))
    try:
        yield
    finally:
        save_codes(file, COMPILED)
        COMPILED.stop()


def read_codes(file: Path) -> Codes:
    """What a file holds; nothing if it is damaged or somebody else's."""
    known = read_values(file, *_MAKERS)
    return known if isinstance(known, dict) else {}


def save_codes(file: Path, kept: Compiled) -> None:
    """Write down what was compiled, if anything was and there is a place for it."""
    if not kept.new:
        return
    known = kept.known if len(kept.known) + len(kept.new) <= _MOST else {}
    save_values(file, {**known, **kept.new}, *_MAKERS)
