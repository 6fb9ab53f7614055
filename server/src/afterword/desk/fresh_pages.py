"""After something was published: try to have it on the page before the answer, and say if not."""

from afterword.kit import clock
from afterword.site_builder.actions import build_at_once

FOLLOWS = "The page is being built and follows in a moment; there is no need to publish again."


def with_fresh_pages(said: str) -> str:
    """Build what was asked for, and return what to tell the person who published it."""
    return said if build_at_once(now=clock.now()) else f"{said} {FOLLOWS}"
