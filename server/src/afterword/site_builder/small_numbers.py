"""When a share or a middle value may be given at all. Pure."""

from collections.abc import Sequence
from typing import Final

# Below ten, a single one more or less moves a share by ten points: what is so few is listed.
ENOUGH: Final = 10


def percent(part: int, whole: int) -> int | None:
    """Return the share in whole percent, or None when the whole is too small to give one."""
    return None if whole < ENOUGH else round(100 * part / whole)


def middle(classes: Sequence[tuple[str, int]]) -> str | None:
    """Return the class that holds the middle one of ordered classes, None below ``ENOUGH``.

    The lower of the two where the middle lies between.
    """
    whole = sum(number for _, number in classes)
    if whole < ENOUGH:
        return None
    passed = 0
    for name, number in classes:
        passed += number
        if 2 * passed >= whole:
            return name
    return None
