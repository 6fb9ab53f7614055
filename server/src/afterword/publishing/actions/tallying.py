"""Keeps the tallies, so that what a publication costs does not grow with what was published."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import F

from afterword.components.models import Page
from afterword.publishing.models import PublicTally

Counted = tuple[str, str]


def recount(*, page: Page, before: Iterable[Counted], after: Iterable[Counted]) -> set[Counted]:
    """Take what was counted out of the tallies and count what is there now; return what changed.

    Each item is (what is counted, its kind), once for every time it counts. Needs the held page.
    """
    change = Counter(after)
    change.subtract(Counter(before))
    changed = {key: number for key, number in change.items() if number}
    _add(page, changed)
    return set(changed)


def _add(page: Page, changes: Mapping[Counted, int]) -> None:
    for (about, value), number in sorted(changes.items()):
        row, _ = PublicTally.objects.get_or_create(page=page, about=about, value=value)
        PublicTally.objects.filter(pk=row.pk).update(number=F("number") + number)
