"""Offsets of zone names as people write them, in minutes east of UTC.

A name that stands for several offsets ("ET", "IST") has them all; a name that is not known has
none, and a time in it is not judged.
"""

from datetime import datetime
from functools import lru_cache
from typing import Final

from plaintalk.compiled import later

_HOURS: Final[dict[str, tuple[float, ...]]] = {
    **dict.fromkeys(("utc", "gmt", "z", "wet", "greenwich", "coordinated"), (0,)),
    **dict.fromkeys(("cet", "west"), (1,)),
    **dict.fromkeys(("cest", "eet", "sast"), (2,)),
    **dict.fromkeys(("eest", "msk"), (3,)),
    **dict.fromkeys(("sgt", "hkt", "awst", "singapore"), (8,)),
    **dict.fromkeys(("jst", "kst", "tokyo"), (9,)),
    **dict.fromkeys(("paris", "berlin"), (1, 2)),
    "london": (0, 1),
    "sydney": (10, 11),
    "new": (-5, -4),
    **dict.fromkeys(("et", "eastern"), (-5, -4)),
    **dict.fromkeys(("ct", "central"), (-6, -5)),
    **dict.fromkeys(("mt", "mountain"), (-7, -6)),
    **dict.fromkeys(("pt", "pacific"), (-8, -7)),
    "bst": (1, 6),
    "ist": (5.5, 1, 2),
    "wib": (7,),
    "acst": (9.5,),
    "aest": (10,),
    "aedt": (11,),
    "nzst": (12,),
    "nzdt": (13,),
    "brt": (-3,),
    "edt": (-4,),
    "est": (-5,),
    "cdt": (-5,),
    "cst": (-6, 8),
    "mdt": (-6,),
    "mst": (-7,),
    "pdt": (-7,),
    "pst": (-8,),
    "akst": (-9,),
    "hst": (-10,),
}
_PLACES: Final = {
    **dict.fromkeys(("et", "eastern"), "America/New_York"),
    **dict.fromkeys(("ct", "central"), "America/Chicago"),
    **dict.fromkeys(("mt", "mountain"), "America/Denver"),
    **dict.fromkeys(("pt", "pacific"), "America/Los_Angeles"),
    **{place: f"Europe/{place.title()}" for place in ("london", "paris", "berlin")},
    "sydney": "Australia/Sydney",
    "new": "America/New_York",
}
"""Places whose clocks change, by names that do not say which half of the year it is."""
_OFFSET: Final = later(r"(?:utc|gmt)? ?([+-])(\d{1,2})(?::?(\d{2}))?")
_NAME: Final = later(r"[a-z]+")


@lru_cache(maxsize=128)
def offsets(zone: str | None) -> tuple[int, ...]:
    """Minutes east of UTC that a zone as written may mean; empty if it is not known.

    >>> offsets(" UTC+2"), offsets("(PT)"), offsets("lunar time")
    ((120,), (-480, -420), ())
    """
    if not zone:
        return ()
    written = zone.lower().strip(" ()")
    found = _OFFSET.fullmatch(written)
    if found:
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return (-minutes if found[1] == "-" else minutes,)
    name = _NAME.match(written)
    if not name:
        return ()
    return tuple(round(hours * 60) for hours in _HOURS.get(name.group(), ()))


@lru_cache(maxsize=128)
def offsets_at(place: str, moment: datetime) -> tuple[int, ...]:
    """Minutes east of UTC at a moment in "Europe/Berlin" and the like; empty if it is not known."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - slows the start

    try:
        shift = moment.astimezone(ZoneInfo(place)).utcoffset()
    except (KeyError, ValueError, OSError):
        return ()
    return () if shift is None else (round(shift.total_seconds() / 60),)


def offsets_then(zone: str | None, moments: tuple[datetime, ...]) -> tuple[int, ...]:
    """Like `offsets`, where "ET" and the like have what they had at some moments; sorted.

    >>> offsets_then("ET", (datetime.fromisoformat("2026-03-31T22:52Z"),))
    (-240,)
    """
    meant = offsets(zone)
    if len(meant) > 1 and zone:
        name = _NAME.match(zone.lower().strip(" ()"))
        place = _PLACES.get(name.group()) if name else None
        if place:
            then = {shift for moment in moments for shift in offsets_at(place, moment)}
            return tuple(sorted(then)) or meant
    return meant
