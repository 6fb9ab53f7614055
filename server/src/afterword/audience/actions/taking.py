"""The way every file of people takes: compared outside any transaction, written in one, once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import transaction

from afterword.audience.actions.reports import Report, report
from afterword.audience.models import IntakeStep
from afterword.components.models import Page

BATCH = 500
"""Rows that are looked up, or written, with one statement."""
Watch = Callable[[IntakeStep, int, int], None]
"""Is told at each step, and every 500 rows or people of it, how many are done, and of how many.
What it raises ends the import, with nothing written.
"""
Then = Callable[[Report], None]
Found = TypeVar("Found")


def unwatched(step: IntakeStep, done: int, of: int) -> None:
    """Watch an import that nobody waits for."""


def untold(said: Report) -> None:
    """Hear of an import of which nothing else is to be written down."""


@dataclass(frozen=True)
class Checked:
    """What became of a file's rows: of ``total`` customers or people it tells, ``duplicates`` rows
    repeat others, and ``refused`` holds (line of the file, why).
    """

    total: int
    refused: list[tuple[int, str]]
    duplicates: int
    ignored_columns: tuple[str, ...]


@dataclass(frozen=True)
class Comparing(Generic[Found]):
    """How the rows of one list are held against what is known.

    ``newest`` gives what changes whenever the list may have changed, ``compare`` finds what has to
    be written, ``write`` writes it and its entry in the log, ``counts`` says how many are added
    and how many changed.
    """

    newest: Callable[[], object]
    compare: Callable[[Watch], Found]
    write: Callable[[Found], None]
    counts: Callable[[Found], tuple[int, int]]


def taken(
    *,
    page: Page,
    checked: Checked,
    comparing: Comparing[Found],
    written: bool,
    watch: Watch,
    then: Then,
) -> Report:
    """Compare, then write under the page's lock what differs if it is to be ``written``.

    What changed on the list meanwhile is compared anew before it is written. ``then`` gets the
    report in the transaction that writes: what it writes counts with it or not at all.
    """
    last = comparing.newest()
    found = comparing.compare(watch)
    watch(IntakeStep.WRITING, 0, checked.total)
    with transaction.atomic():
        if written:
            # Two imports at once would both see the same people as new.
            list(Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk"))
            if comparing.newest() != last:
                found = comparing.compare(unwatched)
            comparing.write(found)
        added, changed = comparing.counts(found)
        said = report(
            added=added,
            changed=changed,
            total=checked.total,
            refused=checked.refused,
            duplicates=checked.duplicates,
            ignored_columns=checked.ignored_columns,
            written=written,
        )
        then(said)
    return said
