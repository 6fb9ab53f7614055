"""Exit statuses, and the one exception that every command ends with when it cannot go on."""

from typing import Final

CLEAN: Final = 0
FOUND: Final = 1
MISUSE: Final = 2


class Misuse(Exception):
    """What the caller did wrong, and where: the lines for standard error."""
