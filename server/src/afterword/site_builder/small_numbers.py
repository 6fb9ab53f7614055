"""When a share or a middle value may be given at all. Pure."""

from typing import Final

# Below ten, a single one more or less moves a share by ten points: what is so few is listed.
ENOUGH: Final = 10


def percent(part: int, whole: int) -> int | None:
    """Return the share in whole percent, or None when the whole is too small to give one."""
    return None if whole < ENOUGH else round(100 * part / whole)
