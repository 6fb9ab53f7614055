"""What does not depend on any incident: assets, and the pages for when something is wrong."""

from django.utils.translation import gettext, gettext_noop

from afterword.components.models import Page
from afterword.site_builder.assets import assets
from afterword.site_builder.looks import look_files
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.tongues import tongues_of

PROBLEMS = {
    "404.html": (
        gettext_noop("There is nothing at this address"),
        gettext_noop(
            "Perhaps the link was cut short. Every incident that was ever published here still has "
            "its page; the history lists all of them."
        ),
    ),
    "500.html": (
        gettext_noop("Something on our side broke"),
        gettext_noop(
            "This part of the site failed. What you sent may or may not have been kept: look "
            "before you send it again. The status page itself does not depend on it."
        ),
    ),
    "503.html": (
        gettext_noop("This part of the site is not available right now"),
        gettext_noop(
            "What you asked for needs our database, which does not answer. What you sent may or "
            "may not have been kept: look before you send it again, in a few minutes. The status "
            "page itself does not depend on it."
        ),
    ),
}


# Forms with a reader's own token carry a noindex of their own; the desk is nobody's reading.
ROBOTS = b"User-agent: *\nDisallow: /desk/\n"


def build(page: Page) -> dict[str, bytes]:
    """Return the frame's files by path."""
    problems = {
        path: rendered(
            "problem.html",
            page,
            f"/{path}",
            {
                "heading": gettext(heading),
                "words": gettext(words),
                # Nobody knows which address it will answer for.
                "tongues": tongues_of(page, "/"),
            },
            None,
        )
        for path, (heading, words) in PROBLEMS.items()
    }
    return {**assets().files, **look_files(page).files, **problems, "robots.txt": ROBOTS}
