"""Instants and spans in words that every reader understands the same way."""

from datetime import UTC, date, datetime
from typing import Final

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2100


def format_span(seconds: int) -> str:
    """Return a span in seconds as words: 22320 is ``6 hours 12 minutes``.

    Spans under a minute are given in seconds, from a day on in days and hours.
    """
    if seconds < 60:
        return _count(seconds, "second")
    minutes = seconds // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    return " ".join(_count(n, unit) for n, unit in parts if n)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def iso_utc(moment: datetime) -> str:
    """Return the instant as ``2026-03-04T08:12:00Z`` (UTC, whole seconds)."""
    at = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{at.isoformat(timespec='seconds')}Z"


def iso_exact(moment: datetime) -> str:
    """Return the instant as ``iso_utc`` does, with milliseconds where it has any."""
    at = moment.astimezone(UTC)
    thousandths = at.microsecond // 1000
    return iso_utc(at) if not thousandths else f"{iso_utc(at)[:-1]}.{thousandths:03}Z"


def parse_iso(text: str) -> datetime:
    """Return the zone-aware instant an ISO 8601 text names, in UTC.

    Raises ValueError when the text is no instant, names no zone or lies in no year of ours.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone; write it as 2026-03-04T08:12:00Z")
    if problem := year_problem(moment):
        raise ValueError(f"{text!r} {problem}")
    return moment.astimezone(UTC)


def year_problem(day: date) -> str | None:
    """Return what is wrong with the year of a day or an instant, or None: 1970 to 2100 will do.

    A year outside is a slip of the hand, and arithmetic at the calendar's ends overflows.
    """
    if day.year < FIRST_YEAR:
        return f"is in the year {day.year}, before {FIRST_YEAR}; check the year"
    if day.year > LAST_YEAR:
        return f"is in the year {day.year}, after {LAST_YEAR}; check the year"
    return None


def long_utc(moment: datetime) -> str:
    """Return the instant as ``4 March 2026, 08:12 UTC``, for prose."""
    at = moment.astimezone(UTC)
    return f"{at.day} {at:%B %Y, %H:%M} UTC"
