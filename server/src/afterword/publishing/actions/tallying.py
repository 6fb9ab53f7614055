"""Keeps the tallies, so that what a publication costs does not grow with what was published."""

from collections import Counter
from collections.abc import Iterable, Mapping

from afterword.components.models import Page
from afterword.publishing.models import PublicTally

Counted = tuple[str, str]


def recount(*, page: Page, before: Iterable[Counted], after: Iterable[Counted]) -> set[Counted]:
    """Take what was counted out of the tallies and count what is there now; return what changed.

    Each item is (what is counted, its kind), once for every time it counts; a Counter says how
    often. Needs the held page.
    """
    change = Counter(after)
    change.subtract(Counter(before))
    changed = {key: number for key, number in change.items() if number}
    if changed:
        _add(page, changed)
    return set(changed)


def _add(page: Page, changes: Mapping[Counted, int]) -> None:
    """Write the new numbers. Two statements, however many: nobody else counts while it is held."""
    values = {value for _, value in changes}
    known = PublicTally.objects.filter(
        page=page, about__in={about for about, _ in changes}, value__in=values
    )
    numbers = {(row.about, row.value): row.number for row in known}
    PublicTally.objects.bulk_create(
        (
            PublicTally(
                page=page, about=about, value=value, number=numbers.get((about, value), 0) + number
            )
            for (about, value), number in sorted(changes.items())
        ),
        update_conflicts=True,
        update_fields=["number"],
        unique_fields=["page", "about", "value"],
    )
