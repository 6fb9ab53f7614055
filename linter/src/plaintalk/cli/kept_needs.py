"""The table of needs turned around, kept from one run of the command to the next.

See `kept_values`; a file belongs to one state of the table and of what turns it around.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from plaintalk import needs_index
from plaintalk.cli.kept_values import place_beside, read_values, save_values
from plaintalk.needs_index import INDEX, NeedsIndex, Turned

_TABLE: Final = str(Path(needs_index.__file__).with_name("needs_table.py"))
"""The table itself, which a run that has it turned around does not load."""
_MAKERS: Final = (needs_index.__file__, _TABLE)


@contextmanager
def kept_needs() -> Iterator[None]:
    """Use what an earlier run has turned around; at the end, keep what this one has."""
    file = place_beside(needs_index.__spec__.cached, ".needs")
    if file is None:
        yield
        return
    INDEX.start(read_needs(file))
    try:
        yield
    finally:
        save_needs(file, INDEX)
        INDEX.start(None)


def read_needs(file: Path) -> Turned | None:
    """What a file holds; None if it is damaged or somebody else's."""
    match read_values(file, *_MAKERS):
        case str() as beginnings, list() as clauses, dict() as words, dict() as rows:
            return Turned(beginnings, clauses, words, rows)
    return None


def save_needs(file: Path, kept: NeedsIndex) -> None:
    """Write down what was turned around, if anything was and there is a place for it."""
    if kept.fresh is not None:
        save_values(file, tuple(kept.fresh), *_MAKERS)
