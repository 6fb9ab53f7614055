"""Instants and spans in words that every reader understands the same way."""

from datetime import UTC, datetime


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
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_exact(moment: datetime) -> str:
    """Return the instant as ``iso_utc`` does, with milliseconds where it has any."""
    at = moment.astimezone(UTC)
    thousandths = at.microsecond // 1000
    return iso_utc(at) if not thousandths else f"{at:%Y-%m-%dT%H:%M:%S}.{thousandths:03}Z"


def parse_iso(text: str) -> datetime:
    """Return the zone-aware instant an ISO 8601 text names, in UTC.

    Raises ValueError when the text is no instant or names no zone.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone; write it as 2026-03-04T08:12:00Z")
    return moment.astimezone(UTC)


def long_utc(moment: datetime) -> str:
    """Return the instant as ``4 March 2026, 08:12 UTC``, for prose."""
    at = moment.astimezone(UTC)
    return f"{at.day} {at:%B %Y, %H:%M} UTC"
