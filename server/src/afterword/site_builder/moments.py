"""Instants on a page: in UTC, marked up so that a script can add the reader's own zone."""

from datetime import UTC, date, datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from afterword.kit.languages import day_in_words, instant_in_words
from afterword.kit.timespans import iso_utc, parse_iso


def at(moment: datetime) -> SafeString:
    """Return ``<time …>4 March 2026, 08:12 UTC</time>``."""
    return format_html(
        '<time class="at" datetime="{}">{}</time>', iso_utc(moment), instant_in_words(moment)
    )


def window(begin: datetime, end: datetime | None) -> SafeString:
    """Return ``4 March 2026, 08:00 UTC to 10:00 UTC``; the day again where it is another."""
    if end is None:
        return at(begin)
    last = at(end)
    if begin.astimezone(UTC).date() == end.astimezone(UTC).date():
        said = f"{end.astimezone(UTC):%H:%M} UTC"
        last = format_html('<time class="at" datetime="{}">{}</time>', iso_utc(end), said)
    # Translators: when planned work begins and ends, each an instant in words.
    return format_html(gettext("{begin} to {end}"), begin=at(begin), end=last)


def day(moment: date) -> str:
    """Return ``4 March 2026``."""
    return day_in_words(moment)


def at_text(text: object) -> SafeString | None:
    """Return ``at`` of an ISO instant from frozen facts, or None when it is none."""
    moment = instant(text)
    return at(moment) if moment else None


def instant(text: object) -> datetime | None:
    """Return the instant a frozen fact names, or None for null, ``unknown`` or nonsense."""
    if not isinstance(text, str):
        return None
    try:
        return parse_iso(text)
    except ValueError:
        return None


def day_text(text: object) -> str | None:
    """Return a frozen date (``2026-03-18`` or an instant) in words, or None."""
    if not isinstance(text, str):
        return None
    try:
        return day(date.fromisoformat(text[:10]))
    except ValueError:
        return None
