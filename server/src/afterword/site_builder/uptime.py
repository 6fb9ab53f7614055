"""Uptime as pages show it: a track of days per part, its months, and both in words.

Nothing here asks for the time. A track ends with the newest day that is counted
(``Page.rolled_through``); after it stands what the spans say of the time since.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from afterword.components import queries
from afterword.components.models import Component, ComponentStatus, Page
from afterword.components.rollup import WORST_LAST
from afterword.components.uptime import (
    DAY,
    NO_DATA,
    PLAIN,
    UNKNOWN,
    Figures,
    days_between,
    percent_text,
    share_up,
)
from afterword.kit.languages import language, percent, span_in_words
from afterword.site_builder.moments import day as day_words

LENGTH = 90
BEFORE = "before"
QUIET = frozenset({str(ComponentStatus.OPERATIONAL), NO_DATA, BEFORE})


@dataclass(frozen=True)
class Day:
    """A UTC day that is over; ``state`` is its worst status, ``no_data`` or ``before``.

    ``whole``: it is known from midnight to midnight.
    """

    day: date
    state: str
    figures: Figures = UNKNOWN
    whole: bool = False


@dataclass(frozen=True)
class Track:
    """The counted days of a part, oldest first, and ``now``: the worst status since they ended."""

    days: tuple[Day, ...]
    now: str
    weights: Mapping[str, int]

    @property
    def total(self) -> Figures:
        return sum((each.figures for each in self.days), UNKNOWN)

    @property
    def share(self) -> Fraction | None:
        """Uptime of the days, None unless one of them is known from midnight to midnight."""
        return share_up(self.total, self.weights) if any(d.whole for d in self.days) else None

    @property
    def known_days(self) -> int:
        return sum(each.figures.known > timedelta() for each in self.days)


def tracks_of(
    page: Page, components: Sequence[Component], *, length: int = LENGTH
) -> dict[int, Track]:
    """Return the newest ``length`` days by component key; empty until a day has been counted.

    ``components`` are those a reader sees. A group is as bad as its worst member on each day, and
    its uptime is that of its members' times put together. Only showcased parts have a track.
    """
    if page.rolled_through is None:
        return {}
    shown = [each for each in components if each.showcase and not each.is_group]
    first, last = page.rolled_through - (length - 1) * DAY, page.rolled_through
    weights = queries.weights_of(page)
    begun = queries.first_days(shown)
    rows = queries.uptime_days(shown, first, last)
    since = queries.since_midnight_after(shown, last)
    tracks = {
        each.pk: Track(
            tuple(
                _day(day, begun.get(each.pk), each.start_date, rows[each.pk])
                for day in days_between(first, last)
            ),
            since.get(each.pk, each.status),
            weights,
        )
        for each in shown
    }
    for group in components:
        members = [tracks[each.pk] for each in shown if each.group_id == group.pk]
        if group.is_group and members:
            tracks[group.pk] = _together(members)
    return {
        key: track
        for key, track in tracks.items()
        if any(each.state != BEFORE for each in track.days)
    }


@dataclass(frozen=True)
class Month:
    """The counted days of a UTC month (``2026-03``) together. ``share`` as that of a ``Track``."""

    month: str
    total: Figures
    share: Fraction | None


def months_of(page: Page, components: Sequence[Component], *, limit: int) -> list[Month]:
    """Return the newest months of a component, or of members together, newest first."""
    shown = [each for each in components if each.showcase and not each.is_group]
    if page.rolled_through is None or not shown:
        return []
    last = page.rolled_through
    months = [_month_before(last, back) for back in range(limit)]
    begun = queries.first_days(shown)
    rows = queries.uptime_days(shown, months[-1], last)
    weights = queries.weights_of(page)
    found = []
    for first in months:
        end = min(last, _month_before(first, -1) - DAY)
        total, days, whole = UNKNOWN, 0, False
        for each in shown:
            if each.pk not in begun:
                continue
            from_day = max(first, begun[each.pk], each.start_date or first)
            number = max(0, (end - from_day).days + 1)
            told = [figures for day, figures in rows[each.pk].items() if from_day <= day <= end]
            plain = number - len(told)
            days += number
            total += sum(told, UNKNOWN) + Figures(known=plain * DAY)
            whole = whole or plain > 0 or any(figures.known == DAY for figures in told)
        if days:
            share = share_up(total, weights) if whole else None
            found.append(Month(f"{first:%Y-%m}", total, share))
    return found


def _month_before(day: date, months: int) -> date:
    """Return the first day of the month so many months before that of ``day``."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _day(day: date, begun: date | None, start: date | None, rows: Mapping[date, Figures]) -> Day:
    if begun is None or day < (start or begun):
        return Day(day, BEFORE)
    figures = UNKNOWN if day < begun else rows.get(day, PLAIN)
    return Day(day, figures.worst, figures, whole=figures.known == DAY)


def _together(tracks: Sequence[Track]) -> Track:
    days = tuple(
        Day(
            each[0].day,
            max((one.state for one in each), key=_BADNESS.index),
            sum((one.figures for one in each), UNKNOWN),
            whole=any(one.whole for one in each),
        )
        for each in zip(*(track.days for track in tracks), strict=True)
    )
    now = max((track.now for track in tracks), key=_BADNESS.index)
    return Track(days, now, tracks[0].weights)


_BADNESS = [BEFORE, NO_DATA, *WORST_LAST]


def share_of_day(day: Day, weights: Mapping[str, int]) -> Fraction | None:
    """Return the uptime of one day, None unless it is known from midnight to midnight."""
    return share_up(day.figures, weights) if day.whole else None


def percent_of(share: Fraction | None) -> str:
    """Return ``99.98%``, cut off and never rounded up, or "" when there is nothing to judge by."""
    return "" if share is None else percent(float(percent_text(share)))


def in_words(day: Day) -> str:
    """Return ``12 November 2026: down 43 minutes``."""
    return _in_words(language(), day)


# The same days are told on the front page and on those of the part and its group, again and again.
@lru_cache(maxsize=20_000)
def _in_words(_language: str, day: Day) -> str:
    return f"{day_words(day.day)}: {what_happened(day)}"


def what_happened(day: Day) -> str:
    """Return what a day was like."""
    return _("before this part began") if day.state == BEFORE else figures_in_words(day.figures)


def figures_in_words(figures: Figures) -> str:
    """Return the worst first: ``down 43 minutes, degraded 2 hours``; ``working`` for none."""
    if not figures.known:
        return _("no data")
    told = [
        template % {"span": _span(length)}
        for template, length in (
            (_("down %(span)s"), figures.major),
            (_("partly down %(span)s"), figures.partial),
            (_("degraded %(span)s"), figures.degraded),
            (_("planned work %(span)s"), figures.maintenance),
        )
        if length
    ]
    return ", ".join(told) or _("working")


def since_in_words(track: Track) -> str:
    words = {
        "operational": _("working"),
        "under_maintenance": _("planned work"),
        "degraded_performance": _("degraded"),
        "partial_outage": _("partly down"),
        "major_outage": _("down"),
    }
    return _("Since %(day)s: at worst %(state)s") % {
        "day": day_words(track.days[-1].day + DAY),
        "state": words.get(track.now, track.now),
    }


def _span(length: timedelta) -> str:
    """Return a length in words; what lasted less than a second still lasted."""
    return span_in_words(max(1, length // timedelta(seconds=1)))


def told_of(track: Track, most: int) -> Iterable[str]:
    """Say each day that was not plain, the newest first, and what all the others were."""
    troubled = [each for each in reversed(track.days) if each.state not in QUIET]
    good = sum(each.state == ComponentStatus.OPERATIONAL for each in track.days)
    yield ngettext(
        "Worked all of %(good)d of %(days)d day.", "Worked all of %(good)d of %(days)d days.",
        len(track.days),
    ) % {"good": good, "days": len(track.days)}  # fmt: skip
    yield from (f"{in_words(each)}." for each in troubled[:most])
    if len(troubled) > most:
        more = len(troubled) - most
        yield ngettext(
            "%(more)d more day with trouble is listed on the page of this part.",
            "%(more)d more days with trouble are listed on the page of this part.",
            more,
        ) % {"more": more}
    unknown = sum(each.state == NO_DATA for each in track.days)
    if unknown:
        yield ngettext(
            "No data for %(days)d day.", "No data for %(days)d days.", unknown
        ) % {"days": unknown}  # fmt: skip
    before = sum(each.state == BEFORE for each in track.days)
    if before:
        yield ngettext(
            "%(days)d day before it began.", "%(days)d days before it began.", before
        ) % {"days": before}  # fmt: skip
    yield f"{since_in_words(track)}."
