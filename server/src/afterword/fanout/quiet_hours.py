"""Nights in which nobody is woken by what can wait. Our policy, not evidence."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from afterword.kit.languages import zone_named

NIGHT_BEGINS: Final = time(21)
NIGHT_ENDS: Final = time(8)


def after_the_night(moment: datetime, zone: str) -> datetime | None:
    """Return when the night is over in which the moment lies in the zone (IANA), UTC; None by day,
    and where the zone is not known.
    """
    known = zone_named(zone)
    if known is None:
        return None
    there = moment.astimezone(known)
    if NIGHT_ENDS <= there.time() < NIGHT_BEGINS:
        return None
    day = there.date() + timedelta(days=there.time() >= NIGHT_BEGINS)
    return datetime.combine(day, NIGHT_ENDS, tzinfo=known).astimezone(UTC)
