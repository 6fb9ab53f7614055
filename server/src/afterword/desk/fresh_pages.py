"""After something was published: try to have it on the page before the answer, and say if not."""

from afterword.kit import clock
from afterword.site_builder.actions import build_at_once


def the_page_follows() -> str:
    """Build what was asked for; return "" when it is on the page, else what to tell the person."""
    if build_at_once(now=clock.now()):
        return ""
    return "The page is being built and follows in a moment; there is no need to publish again."
