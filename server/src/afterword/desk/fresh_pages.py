"""After something was published: try to have it on the page before the answer, and say if not."""

from django.conf import settings

from afterword.kit import clock
from afterword.publishing.models import Audience, Publication
from afterword.site_builder.actions import build_at_once

FOLLOWS = "The page is being built and follows in a moment; there is no need to publish again."


def with_fresh_pages(said: str) -> str:
    """Build what was asked for, and return what to tell the person who published it."""
    return said if build_at_once(now=clock.now()) else f"{said} {FOLLOWS}"


def said_of(publication: Publication) -> str:
    """Build the pages that changed and return what to tell whoever published."""
    said = [f"Published as number {publication.number}."]
    if publication.audience != Audience.PAGE:
        said.append(
            "The letters leave now."
            if settings.SMTP
            else "The letters wait in the outbox: no mail server is set."
        )
    return with_fresh_pages(" ".join(said))
