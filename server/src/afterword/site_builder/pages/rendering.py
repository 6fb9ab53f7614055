"""From a template and its context to bytes, with what every page of the site has in common."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from afterword.components.models import Page


def rendered(
    template: str, page: Page, address: str, context: Mapping[str, Any], as_of: datetime | None
) -> bytes:
    """Return the page's bytes. ``as_of`` is the newest change it shows (UTC), never the clock."""
    framed = {"page": page, "address": address, "as_of": as_of}
    text = render_to_string(f"site/{template}", {**framed, **context})
    # A lone surrogate cannot be encoded; nothing stored should hold one.
    return text.encode("utf-8", "replace")
