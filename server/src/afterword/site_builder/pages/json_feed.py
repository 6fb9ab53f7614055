"""The same history as a JSON Feed, version 1.1 (jsonfeed.org)."""

from urllib.parse import urlsplit

from afterword.components.models import Page
from afterword.kit.timespans import iso_utc
from afterword.site_builder.feed import (
    Told,
    content_of,
    language_tag,
    newest_words,
    promises_so_far,
    title_of,
    updated_of,
)
from afterword.site_builder.pages.api.values import Answer, document
from afterword.site_builder.places import incident_address
from afterword.site_builder.tongues import spoken_at


def build(page: Page) -> bytes:
    """Return the bytes of ``/feed.json``: the 25 incidents with the newest word."""
    home = spoken_at(page, "/")
    host = urlsplit(page.url).netloc
    return document(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title_of(page),
            **({"description": said} if (said := promises_so_far(page)) else {}),
            "home_page_url": home,
            "feed_url": spoken_at(page, "/feed.json"),
            "language": language_tag(),
            "authors": [{"name": page.name, "url": home}],
            "items": [_item(page, host, entry) for entry in newest_words(page)],
        }
    )


def _item(page: Page, host: str, told: Told) -> Answer:
    incident, words, promises = told
    first = min((each.display_at for each in words), default=incident.newest_at)
    return {
        "id": f"tag:{host},2005:Incident/{incident.incident_id}",
        "url": spoken_at(page, incident_address(incident.incident_id)),
        "title": incident.title,
        "content_html": content_of(incident, words, promises),
        "date_published": iso_utc(first),
        "date_modified": iso_utc(updated_of(incident, promises)),
        "tags": [incident.kind, incident.status, incident.impact],
    }
