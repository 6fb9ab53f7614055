"""``/history.json?page=N``: what ended in three months, as Statuspage's own pages ask for it.

A calendar quarter is a file, so that a new incident rewrites one of them and not all.
"""

from datetime import UTC, datetime

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.publishing.models import Publication, PublicIncident
from afterword.publishing.projection import ended_at
from afterword.site_builder.pages.api.texts import body_of
from afterword.site_builder.pages.api.values import Answer, document, zone_of
from afterword.site_builder.words import MONTHS


def build(page: Page, quarter: str) -> bytes | None:
    """Return the bytes for a quarter (``2026-q1``, UTC), or None when nothing ended in it.

    Months after the last one with incidents are left out; they may not have come yet.
    """
    begin, end = _bounds(quarter)
    ended = queries.ended_between(page, begin, end)
    if not ended:
        return None
    by_month: dict[int, list[Answer]] = {}
    for chunk in queries.with_newest_word(page, ended):
        for each, word in chunk:
            month = ended_at(each).astimezone(UTC).month
            by_month.setdefault(month, []).append(_entry(page, each, word))
    months = [
        {"name": MONTHS[month - 1], "year": begin.year, "incidents": by_month.get(month, [])}
        for month in range(max(by_month), begin.month - 1, -1)
    ]
    return document({"months": months})


def _entry(page: Page, incident: PublicIncident, word: Publication | None) -> Answer:
    return {
        "code": incident.incident_id,
        "name": incident.title,
        "message": body_of(word) if word is not None else "",
        "impact": incident.impact,
        "timestamp": _timestamp(page, incident),
    }


def _timestamp(page: Page, incident: PublicIncident) -> str:
    """Return when it began and ended, with the marks that scripts turn into a reader's time."""
    zone = zone_of(page)
    begin = incident.started_at.astimezone(zone)
    if incident.resolved_at is None:
        return f"{_day(begin)}, {_time(begin)} {begin:%Z}"
    end = incident.resolved_at.astimezone(zone)
    last = _time(end) if end.date() == begin.date() else f"{_day(end)}, {_time(end)}"
    return f"{_day(begin)}, {_time(begin)} - {last} {end:%Z}"


def _day(moment: datetime) -> str:
    return f"{MONTHS[moment.month - 1][:3]} <var data-var='date'>{moment.day}</var>"


def _time(moment: datetime) -> str:
    return f"<var data-var='time'>{moment:%H:%M}</var>"


def _bounds(quarter: str) -> tuple[datetime, datetime]:
    year, number = int(quarter[:4]), int(quarter[-1])
    begin = datetime(year, number * 3 - 2, 1, tzinfo=UTC)
    end = datetime(year + number // 4, number % 4 * 3 + 1, 1, tzinfo=UTC)
    return begin, end
