"""The languages of pages and letters, and how each writes dates, numbers, spans and lists.

The language is the one that is active (``django.utils.translation``). Babel knows the formats; the
few that need words of our own (instants, spans) stand in the catalogs, because a translator may
turn their parts around.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language, gettext, ngettext

ENGLISH: Final = "en"
# Those with a catalog, each by its own name, in the order in which a reader is offered them.
KNOWN: Final = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "ja": "日本語",
}
# Where a language is written differently in two places, the one whose forms we use.
_LOCALES: Final = {"en": "en_GB", "pt": "pt_BR"}


def language() -> str:
    """Return the code of the active language; English where none is."""
    return get_language() or ENGLISH


def own_name(code: str) -> str:
    """Return what a language calls itself: ``Deutsch``."""
    return KNOWN.get(code) or _locale(code).get_display_name(code) or code


def name_of(code: str) -> str:
    """Return what the active language calls another, as it stands in the midst of a sentence."""
    return str(_active().languages.get(code.partition("-")[0], code))


def direction(code: str) -> str:
    """Return ``rtl`` for languages that are written from right to left, else ``ltr``."""
    return _locale(code).text_direction


def day_in_words(day: date) -> str:
    """Return ``4 March 2026``, ``4. März 2026``, ``2026年3月4日``."""
    return format_date(day, "long", locale=_active())


def month_in_words(day: date, *, with_year: bool = True) -> str:
    """Return ``March 2026`` or ``March`` for any day of that month."""
    if with_year:
        return format_skeleton("yMMMM", day, locale=_active())
    return format_date(day, "MMMM", locale=_active())


def month_in_short(day: date) -> str:
    """Return ``Mar`` for any day of that month."""
    return format_date(day, "LLL", locale=_active())


@cache
def zone_names() -> frozenset[str]:
    """Return the IANA names a reader may choose: places, and UTC."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


_REGIONS = (
    "Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian",
    "Pacific",
)  # fmt: skip


@cache
def zones_by_region() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the zones that have a place in the world, for a list to choose from: per region (name,
    place) with ``America/Argentina/Salta`` as ``Argentina, Salta``. Other names are older ones.
    """
    return tuple(
        (
            region,
            tuple(
                (name, name.removeprefix(f"{region}/").replace("/", ", ").replace("_", " "))
                for name in sorted(zone_names())
                if name.startswith(f"{region}/")
            ),
        )
        for region in _REGIONS
    )


def zone_named(name: str) -> tzinfo | None:
    """Return the zone of an IANA name, None for any other text."""
    return ZoneInfo(name) if name in zone_names() else None


def instant_in_words(moment: datetime, zone: str = "") -> str:
    """Return ``4 March 2026, 08:12 UTC``; with an IANA zone ``4 March 2026, 09:12 CET``.

    The zone is named by its usual letters, or by its offset where it has none. An unknown zone
    is UTC.
    """
    at = moment.astimezone(zone_named(zone) or UTC)
    # Translators: a day in words, a time of day (24 hours) and the name of the zone.
    return gettext("%(day)s, %(time)s %(zone)s") % {
        "day": day_in_words(at.date()),
        "time": f"{at:%H:%M}",
        "zone": _letters_of(at),
    }


def _letters_of(at: datetime) -> str:
    name = at.tzname() or "UTC"
    if name.isalpha():
        return name
    offset = f"{at:%z}"
    return f"UTC{offset[:3]}" + ("" if offset[3:5] == "00" else f":{offset[3:5]}")


def number(value: float) -> str:
    """Return ``4,860``, ``4.860``."""
    return format_decimal(value, locale=_active())


def percent(value: float) -> str:
    """Return ``37.4%`` for 37.4, with the decimals it has."""
    share = Decimal(f"{value:g}") / 100
    return format_percent(share, locale=_active(), decimal_quantization=False)


def listed(parts: Sequence[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    return format_list(list(parts), "standard", locale=_active()) if parts else ""


def either(parts: Sequence[str]) -> str:
    """Return ``a``, ``a or b`` or ``a, b or c``."""
    return format_list(list(parts), "or", locale=_active()) if parts else ""


def span_in_words(seconds: int) -> str:
    """Return a span in seconds as words: 22320 is ``6 hours 12 minutes``.

    Spans under a minute are given in seconds, from a day on in days and hours.
    """
    if seconds < 60:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    days, rest = divmod(seconds // 60, 24 * 60)
    hours, minutes = divmod(rest, 60)
    words = ""
    for count, said in (
        (days, ngettext("%(count)s day", "%(count)s days", days)),
        (hours, ngettext("%(count)s hour", "%(count)s hours", hours)),
        (minutes, ngettext("%(count)s minute", "%(count)s minutes", minutes)),
    ):
        if count:
            words = _after(words, said % {"count": number(count)})
    return words


def _after(larger: str, smaller: str) -> str:
    if not larger:
        return smaller
    # Translators: a span, such as "6 hours 12 minutes": the larger unit, then the smaller.
    return gettext("%(larger)s %(smaller)s") % {"larger": larger, "smaller": smaller}


def _active() -> Locale:
    return _locale(language())


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(_LOCALES.get(code, code.replace("-", "_")))
