"""What an import did, or would do: one shape for every list."""

from collections.abc import Sequence
from dataclasses import dataclass

from afterword.audience.pieces import REFUSED_SHOWN


@dataclass(frozen=True)
class Report:
    """Counts are of customers (or people); ``refused`` and ``duplicates`` of rows.

    ``every_refusal`` holds (line of the file, why) in the file's order. ``written`` is False after
    a dry run, and whenever a row was refused that was not to be skipped.
    """

    added: int
    changed: int
    unchanged: int
    every_refusal: tuple[tuple[int, str], ...]
    duplicates: int
    ignored_columns: tuple[str, ...]
    written: bool

    @property
    def rows_refused(self) -> tuple[tuple[int, str], ...]:
        """The first 200 refusals: what a page or an answer can show."""
        return self.every_refusal[:REFUSED_SHOWN]

    @property
    def refused(self) -> int:
        return len(self.every_refusal)


def report(
    *,
    added: int,
    changed: int,
    total: int,
    refused: Sequence[tuple[int, str]],
    duplicates: int,
    ignored_columns: tuple[str, ...],
    written: bool,
) -> Report:
    """Return the report of an import of ``total`` customers or people."""
    return Report(
        added=added,
        changed=changed,
        unchanged=total - added - changed,
        every_refusal=tuple(sorted(refused)),
        duplicates=duplicates,
        ignored_columns=ignored_columns,
        written=written,
    )
