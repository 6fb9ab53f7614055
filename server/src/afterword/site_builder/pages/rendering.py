"""From a template and its context to bytes, with what every page of the site has in common."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from afterword.components.models import Page
from afterword.site_builder.tongues import tongues_of, turned


def rendered(
    template: str, page: Page, address: str, context: Mapping[str, Any], as_of: datetime | None
) -> bytes:
    """Return the page's bytes. ``as_of`` is the newest change it shows (UTC), never the clock."""
    tongues = tongues_of(page, address)
    framed = {
        "page": page,
        "address": address,
        "as_of": as_of,
        "tongues": tongues,
        "first_tongue": tongues[0] if tongues else None,
    }
    text = render_to_string(f"site/{template}", {**framed, **context})
    # A lone surrogate cannot be encoded; nothing stored should hold one.
    return turned(text, page).encode("utf-8", "replace")
