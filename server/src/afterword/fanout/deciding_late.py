"""What deciding anew comes to once a text for everybody has left: who has it, who would get it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from afterword.audience.sealed import address_mark
from afterword.components.models import Page
from afterword.fanout.choosing import (
    FOR_EVERYBODY,
    letters_of_their_own,
    texts_for_everybody,
    who_hears_instead,
)
from afterword.fanout.models import DigestEntry, Mailing
from afterword.fanout.queries import about_of
from afterword.postbox.queries import recipients_of
from afterword.publishing.models import Audience, Publication

MOST_COUNTED = 20_000
"""People of a group who are counted while somebody waits for the page."""
_BATCH = 500


@dataclass(frozen=True)
class AlreadySaid:
    """A text for everybody that has left: how many of some people ``had`` it, or will in a digest,
    and how many ``would`` get it now if they got no letter of their own.
    """

    text: Publication
    had: int
    would: int


def texts_that_left(page: Page, incident_id: str, now: datetime) -> list[Publication]:
    """Return the texts of an incident for everybody that have left and may still be sent."""
    texts = texts_for_everybody(page, incident_id, now)
    begun = Mailing.objects.filter(publication__in=texts).values_list("publication", flat=True)
    left = set(begun) if texts else set()
    return [each for each in texts if each.pk in left]


def already_said(
    texts: Sequence[Publication], emails: Collection[str], without: str = ""
) -> list[AlreadySaid]:
    """Return what these people have of each text; ``without`` is the public id of their list, to
    which nothing was published.
    """
    return [_said(each, list(emails), without) for each in texts]


def has_said_to_everybody(page: Page, incident_id: str) -> bool:
    """Whether there is any summary or note of an incident."""
    found = Publication.objects.filter(page=page, incident_id=incident_id, kind__in=FOR_EVERYBODY)
    return found.exists()


def on_page_alone(page: Page, incident_id: str) -> list[Publication]:
    """Return the summaries and notes of an incident that were mailed to nobody, and never are."""
    found = Publication.objects.filter(
        page=page, incident_id=incident_id, audience=Audience.PAGE, kind__in=FOR_EVERYBODY,
        corrects=None, imported=False,
    )  # fmt: skip
    return list(found.order_by("number"))


def _said(text: Publication, emails: list[str], without: str) -> AlreadySaid:
    own, had, would = letters_of_their_own(text, without), 0, 0
    for begin in range(0, len(emails), _BATCH):
        batch = emails[begin : begin + _BATCH]
        had += recipients_of([about_of(text)]).filter(recipient__in=batch).count()
        laid = DigestEntry.objects.filter(publication=text, subscriber__email__in=batch)
        had += laid.count()
        hears = who_hears_instead(text, batch).values_list("email", flat=True)
        would += sum(address_mark(each) not in own for each in hears)
    return AlreadySaid(text, had, would)
