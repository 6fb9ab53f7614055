"""What an import did, or would do: one shape for every list."""

from collections.abc import Sequence
from dataclasses import dataclass

REFUSED_SHOWN = 200


@dataclass(frozen=True)
class Report:
    """Counts are of customers (or people); ``refused`` and ``duplicates`` of rows.

    ``rows_refused`` holds the first 200 refusals as (line of the file, why). ``written`` is False
    after a dry run, and whenever a row was refused that was not to be skipped.
    """

    added: int
    changed: int
    unchanged: int
    rows_refused: tuple[tuple[int, str], ...]
    refused: int
    duplicates: int
    ignored_columns: tuple[str, ...]
    written: bool


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
        rows_refused=tuple(sorted(refused)[:REFUSED_SHOWN]),
        refused=len(refused),
        duplicates=duplicates,
        ignored_columns=ignored_columns,
        written=written,
    )
