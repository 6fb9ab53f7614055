"""Planned work for a calendar (RFC 5545)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext

from afterword.components.models import Page
from afterword.kit.markdown import plain_text
from afterword.publishing import queries
from afterword.publishing.models import Publication, PublicIncident
from afterword.site_builder.places import incident_address
from afterword.site_builder.tongues import as_said, spoken_at
from afterword.site_builder.words import STATUS, told_status

LONGEST = 50
_LINE = 75


def build(page: Page) -> bytes:
    """Return the bytes of ``/calendar.ics``: what is planned or running, and the newest before.

    ``DTSTAMP`` is the time of the newest word, never the clock: equal contents give equal bytes.
    """
    ahead = [each for each in queries.open_incidents(page) if each.kind == "maintenance"]
    behind = queries.newest(page, kind="maintenance", limit=LONGEST, is_open=False)
    planned = sorted(
        (each for each in (*ahead, *behind) if each.scheduled_for is not None),
        key=lambda each: (each.scheduled_for, each.pk),
    )
    words = queries.publications_of_many(page, [each.incident_id for each in planned])
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Afterword//Planned work//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(gettext('%(page)s planned work') % {'page': page.name})}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for each in planned:
        lines += _event(page, each, words[each.incident_id])
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(page: Page, planned: PublicIncident, words: Sequence[Publication]) -> Iterator[str]:
    begins = planned.scheduled_for or planned.started_at
    yield "BEGIN:VEVENT"
    yield f"UID:{planned.incident_id}@{_text(urlsplit(page.url).hostname or 'status')}"
    yield f"DTSTAMP:{_instant(planned.updated_at)}"
    yield f"LAST-MODIFIED:{_instant(planned.updated_at)}"
    yield f"SEQUENCE:{max(len(words) - 1, 0)}"
    yield f"DTSTART:{_instant(begins)}"
    if planned.scheduled_until is not None and planned.scheduled_until > begins:
        yield f"DTEND:{_instant(planned.scheduled_until)}"
    yield f"SUMMARY:{_text(planned.title)}"
    newest = plain_text(as_said(words[-1]).html) if words else ""
    state = STATUS.get(told_status(planned), planned.status)
    yield f"DESCRIPTION:{_text(f'{state}. {newest}'.strip())}"
    yield f"URL:{spoken_at(page, incident_address(planned.incident_id))}"
    yield f"STATUS:{'CANCELLED' if planned.called_off else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Escape as RFC 5545 3.3.11 asks; what no calendar can hold is left out."""
    safe = "".join(each for each in text if each == "\n" or each.isprintable())
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        safe = safe.replace(plain, escaped)
    return safe


def _folded(line: str) -> Iterator[str]:
    """Cut a line into pieces of at most 75 bytes, the later ones begun by a blank."""
    room, piece = _LINE, ""
    used = 0
    for each in line:
        size = len(each.encode("utf-8", "replace"))
        if used + size > room:
            yield piece
            piece, used = " ", 1
        piece += each
        used += size
    yield piece
