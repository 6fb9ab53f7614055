"""Places that list what was published by something else than its month: one file each.

``promises`` is ``/commitments/``, ``promises:2026-03`` what was settled in that month,
``maintenance`` is ``/maintenance/``. Pure; what these places hold is made by ``pages.lists``.
"""

import re

PROMISES = "promises"
MAINTENANCE = "maintenance"
_FIXED = {PROMISES: "/commitments/", MAINTENANCE: "/maintenance/"}
_MONTH = re.compile(r"\d{4}-\d{2}")


def address_of(place: str) -> str | None:
    """Return the address of a place, or None when it is none of these."""
    about, _, key = place.partition(":")
    if place in _FIXED:
        return _FIXED[place]
    if about == PROMISES and _MONTH.fullmatch(key):
        return promises_address(key)
    return None


def place_of(path: str) -> str | None:
    """Return the place that makes a file, or None when it is none of these."""
    match path.split("/"):
        case ["commitments", "index.html"]:
            return PROMISES
        case ["maintenance", "index.html"]:
            return MAINTENANCE
        case ["commitments", year, month, "index.html"]:
            return f"{PROMISES}:{year}-{month}"
    return None


def promises_address(month: str) -> str:
    return f"/commitments/{month[:4]}/{month[5:]}/"
