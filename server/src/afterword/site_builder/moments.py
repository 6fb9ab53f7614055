"""Instants on a page: in UTC, marked up so that a script can add the reader's own zone."""

from datetime import date, datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

from afterword.kit.languages import day_in_words, instant_in_words
from afterword.kit.timespans import iso_utc, parse_iso


def at(moment: datetime) -> SafeString:
    """Return ``<time …>4 March 2026, 08:12 UTC</time>``."""
    return format_html(
        '<time class="at" datetime="{}">{}</time>', iso_utc(moment), instant_in_words(moment)
    )


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
