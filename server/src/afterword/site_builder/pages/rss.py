"""The RSS feed, in the shape Statuspage's readers know (COMPAT 1.8)."""

from datetime import datetime
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from afterword.components.models import Page
from afterword.site_builder.feed import (
    Told,
    content_of,
    newest_words,
    promises_so_far,
    title_of,
    updated_of_all,
    xml_text,
)
from afterword.site_builder.pages.api.values import zone_of
from afterword.site_builder.places import incident_address
from afterword.site_builder.tongues import spoken_at


def build(page: Page) -> bytes:
    """Return the bytes of ``/history.rss``: the 25 incidents with the newest word."""
    entries = newest_words(page)
    home, itself = spoken_at(page, "/"), spoken_at(page, "/history.rss")
    zone = zone_of(page)
    title = xml_text(title_of(page))
    updated, said = updated_of_all(page, entries), promises_so_far(page)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
        "<channel>",
        f"<title>{title}</title>",
        f"<link>{xml_text(home.rstrip('/'))}</link>",
        f'<atom:link rel="self" type="application/rss+xml" href="{xml_text(itself)}"/>',
        f"<description>{title}{f'. {xml_text(said)}' if said else ''}</description>",
        f"<pubDate>{_mail_date(updated, zone)}</pubDate>",
        *(_item(page, zone, entry) for entry in entries),
        "</channel>",
        "</rss>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _item(page: Page, zone: ZoneInfo, told: Told) -> str:
    incident, words, promises = told
    address = xml_text(spoken_at(page, incident_address(incident.incident_id)))
    lines = [
        "<item>",
        f"<title>{xml_text(incident.title)}</title>",
        f"<description>{xml_text(content_of(incident, words, promises))}</description>",
        f"<pubDate>{_mail_date(incident.newest_at, zone)}</pubDate>",
    ]
    if incident.scheduled_until is not None:
        end = _mail_date(incident.scheduled_until, zone)
        lines.append(f"<maintenanceEndDate>{end}</maintenanceEndDate>")
    lines += [f"<link>{address}</link>", f"<guid>{address}</guid>", "</item>"]
    return "\n".join(lines)


def _mail_date(moment: datetime, zone: ZoneInfo) -> str:
    """Return the instant as mail writes it, with a numeric offset: some readers know no ``GMT``."""
    return format_datetime(moment.astimezone(zone))
