"""Places that list what was published by something else than its month: one file each.

``promises`` is ``/commitments/``, ``promises:2026-03`` what was settled in that month,
``maintenance`` is ``/maintenance/``, ``patterns`` is ``/patterns/``, ``trust`` is ``/trust/``;
``year:2026`` is a year of the history; ``having:impact/major`` the newest incidents that have
something in common. Pure; what these places hold is made by ``pages.lists``.
"""

import re
from typing import Final

PROMISES: Final = "promises"
PATTERNS: Final = "patterns"
MAINTENANCE: Final = "maintenance"
TRUST: Final = "trust"
_FIXED = {
    PROMISES: "/commitments/",
    MAINTENANCE: "/maintenance/",
    PATTERNS: "/patterns/",
    TRUST: "/trust/",
}
HAVING: Final = "having"
# What incidents may have in common, as the addresses name it.
IN_COMMON: Final = ("component", "impact", "data", "cause")
_MONTH = re.compile(r"\d{4}-\d{2}")
_YEAR = re.compile(r"\d{4}")
_COMMON = re.compile(rf"({'|'.join(IN_COMMON)})/([A-Za-z0-9][A-Za-z0-9._-]*)")


def address_of(place: str) -> str | None:
    """Return the address of a place, or None when it is none of these."""
    about, _, key = place.partition(":")
    if place in _FIXED:
        return _FIXED[place]
    if about == PROMISES and _MONTH.fullmatch(key):
        return promises_address(key)
    if about == "year" and _YEAR.fullmatch(key):
        return year_address(key)
    if about == HAVING and _COMMON.fullmatch(key):
        return f"/history/{key}/"
    return None


def place_of(path: str) -> str | None:
    """Return the place that makes a file, or None when it is none of these."""
    match path.split("/"):
        case ["commitments", "index.html"]:
            return PROMISES
        case ["maintenance", "index.html"]:
            return MAINTENANCE
        case ["patterns", "index.html"]:
            return PATTERNS
        case ["trust", "index.html"]:
            return TRUST
        case ["commitments", year, month, "index.html"]:
            return f"{PROMISES}:{year}-{month}"
        case ["history", year, "index.html"] if _YEAR.fullmatch(year):
            return year_place(year)
        case ["history", about, key, "index.html"] if about in IN_COMMON:
            return having_place(about, key)
    return None


def key_of(place: str) -> str:
    """Return what a place is about: the month, the year, or ``impact/major``."""
    return place.partition(":")[2]


def year_place(year: str) -> str:
    return f"year:{year}"


def having_place(about: str, key: str) -> str:
    return f"{HAVING}:{about}/{key}"


def promises_address(month: str) -> str:
    return f"/commitments/{month[:4]}/{month[5:]}/"


def year_address(year: str) -> str:
    return f"/history/{year}/"


def having_address(about: str, key: str) -> str:
    return f"/history/{about}/{key}/"
