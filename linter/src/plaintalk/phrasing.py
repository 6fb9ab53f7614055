"""How figures of the record are put into words: in messages, and as one-key fixes."""

from datetime import date, datetime
from typing import Final

from plaintalk.record import Customers

_UNITS: Final = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
_SHORT: Final = {"day": "d", "hour": "h", "minute": "min", "second": "s"}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _parts(seconds: float) -> list[tuple[int, str]]:
    """Days, hours and minutes; seconds only below an hour."""
    whole = max(0, round(seconds))
    if whole >= 3600:
        whole = (whole + 30) // 60 * 60
    parts: list[tuple[int, str]] = []
    for size, unit in _UNITS:
        count, whole = divmod(whole, size)
        if count:
            parts.append((count, unit))
    return parts or [(0, "second")]


def format_duration(seconds: float) -> str:
    """A length of time in full words: `format_duration(22320)` is "6 hours 12 minutes"."""
    return " ".join(f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in _parts(seconds))


def short_duration(seconds: float) -> str:
    """A length of time for messages: `short_duration(22320)` is "6 h 12 min"."""
    return " ".join(f"{n} {_SHORT[unit]}" for n, unit in _parts(seconds))


def format_day(day: date) -> str:
    """A date that reads the same everywhere: "4 March 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def format_clock(moment: datetime) -> str:
    """A time of day with its zone, in UTC: "14:24 UTC". The moment is timezone-aware."""
    return f"{moment:%H:%M} UTC"


def format_percent(value: float) -> str:
    """A share without needless digits: "37%", "0.4%"."""
    rounded = round(value, 1) if value < 10 else round(value)
    if value > 0 and rounded == 0:
        rounded = float(f"{value:.1g}")
    return f"{rounded:g}%"


def affected_phrase(customers: Customers, noun: str) -> str | None:
    """Who was affected, in the words of the text: "1,798 users (37%)", or None if unknown.

    Nothing is offered where the basis is unknown; an estimate says that it is one.
    """
    if customers.basis == "unknown":
        return None
    about = "about " if customers.basis == "estimated" else ""
    share = customers.share
    if customers.affected is not None:
        if customers.affected == 1:
            noun = noun[:-1] if noun.endswith("s") else noun
        elif not noun.endswith("s") and noun not in ("people", "persons"):
            noun += "s"
        counted = f"{about}{customers.affected:,} {noun}"
        return f"{counted} ({format_percent(share)})" if share is not None else counted
    if share is not None:
        return f"{about}{format_percent(share)} of {noun}"
    return None


def affected_short(customers: Customers) -> str | None:
    """The record's figures for a message: "37 %, 1,798 of 4,860", or None if it has none."""
    parts = []
    share = customers.share
    if share is not None:
        parts.append(format_percent(share))
    if customers.affected is not None:
        of = f" of {customers.total:,}" if customers.total is not None else ""
        parts.append(f"{customers.affected:,}{of} customers")
    return ", ".join(parts) or None


def article_for(word: str) -> str:
    """`a` or `an` before a word, judged by its first letter."""
    return "an" if word[:1].lower() in "aeiou" else "a"
