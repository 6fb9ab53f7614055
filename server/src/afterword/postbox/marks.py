"""The places in a message's words that each letter fills in by itself."""

import re

# Private-use characters: no text from people keeps them, so nobody can write a mark by hand.
_OPEN, _CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{_OPEN}([a-z_]+){_CLOSE}")


def mark(name: str) -> str:
    """Return the mark that a letter's ``fill[name]`` replaces."""
    return f"{_OPEN}{name}{_CLOSE}"
