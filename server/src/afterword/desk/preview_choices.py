"""What may be looked at before a text leaves, for the pages that offer it."""

from typing import Any

from afterword.components.models import Page
from afterword.kit.languages import name_of

KINDS = {
    "page": "The page",
    "letter": "The letter",
    "text": "The letter as plain text",
    "feed": "The feed entry",
}


def preview_choices(page: Page) -> dict[str, Any]:
    """Return the kinds of preview, and the languages there are (code, name), for a template."""
    return {
        "previews": list(KINDS.items()),
        "preview_languages": [(code, name_of(code)) for code in page.languages],
    }
