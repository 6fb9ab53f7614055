"""The differences that ``docs/statuspage-compat.md`` allows, and how each is checked."""

import re
from collections.abc import Callable
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from compat.recordings import ABSENT, Difference

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "statuspage-compat.md"
_ROW = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \| ([a-z ]+) \| (.+) \|$", re.MULTILINE)


class Allowed(NamedTuple):
    where: str
    recording: str
    how: str
    why: str

    def covers(self, found: Difference, recording: str) -> bool:
        return (
            fnmatchcase(recording, self.recording)
            and fnmatchcase(found.where, self.where)
            and CHECKS[self.how](found.recorded, found.ours)
        )


def allowed() -> list[Allowed]:
    table = DOCUMENT.read_text(encoding="utf-8").partition("## Differences from recordings")[2]
    return [Allowed(*row) for row in _ROW.findall(table)]


def _moments(there: Any, here: Any) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(there), datetime.fromisoformat(here)


def _earlier(there: Any, here: Any) -> bool:
    left, right = _moments(there, here)
    return right < left


def _same_instant(there: Any, here: Any) -> bool:
    if not (isinstance(there, str) and isinstance(here, str)):
        return False
    left, right = _moments(there, here)
    return left == right


def _in_same_order(key: str) -> Callable[[Any, Any], bool]:
    """Only things that are equal in ``key`` may have changed places."""
    return lambda there, here: [each[key] for each in there] == [each[key] for each in here]


def _text(change: Callable[[str], str]) -> Callable[[Any, Any], bool]:
    return lambda there, here: (
        isinstance(there, str) and isinstance(here, str) and change(there) == here
    )


CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "any": lambda there, here: True,
    "earlier": _earlier,
    "added": lambda there, here: there is ABSENT,
    "added null": lambda there, here: there is ABSENT and here is None,
    "not kept": lambda there, here: here is ABSENT,
    "theirs only": lambda there, here: here is None,
    "same positions": _in_same_order("position"),
    "same plan": lambda there, here: (
        _in_same_order("status")(there, here) and _in_same_order("scheduled_for")(there, here)
    ),
    "same instant": _same_instant,
    "not after the end": _earlier,
    "blanks": _text(lambda there: " ".join(there.split())),
    "line ends": _text(lambda there: there.replace("\r\n", "\n").strip()),
    "letter case": _text(str.lower),
    "without the last slash": _text(lambda there: there.rstrip("/")),
    "components rule": lambda there, here: here in ("none", "All Systems Operational"),
}
