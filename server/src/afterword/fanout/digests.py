"""What may wait for a digest, and when digests leave. Our policy, not evidence."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

from afterword.audience.models import Digest
from afterword.kit.languages import zone_named
from afterword.publishing.models import Audience, Publication, PublicationKind

LEAVES_AT: Final = time(8)
# Of the impacts an incident may have; one that is not known counts as grave.
_MINOR: Final = frozenset({"none", "minor", "maintenance"})


def can_wait(publication: Publication) -> bool:
    """Whether those who chose a digest get the publication in it: notes, and closures of minor
    incidents. What goes on, corrections and letters to a list never wait.
    """
    if publication.audience != Audience.SUBSCRIBERS or publication.corrects_id is not None:
        return False
    if publication.kind == PublicationKind.CLOSURE:
        return publication.facts.get("incident", {}).get("impact") in _MINOR
    return publication.kind == PublicationKind.NOTE


def next_digest(moment: datetime, zone: str, digest: str) -> datetime:
    """Return when the next digest leaves after the moment, UTC: at eight in the reader's zone
    (IANA; UTC where it is not known), every day or on Mondays.
    """
    there: tzinfo = zone_named(zone) or UTC
    day = moment.astimezone(there).date()
    while True:
        at = datetime.combine(day, LEAVES_AT, tzinfo=there).astimezone(UTC)
        if at > moment and (digest != Digest.WEEKLY or day.weekday() == 0):
            return at
        day += timedelta(days=1)
