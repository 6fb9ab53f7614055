"""Digests: what is minor is laid aside per reader, a part of the readers at a time."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from afterword.fanout.digests import next_digest
from afterword.fanout.models import DigestEntry, Mailing
from afterword.publishing.models import Publication

_BATCH = 1000


class Waiting(NamedTuple):
    """A reader who chose a digest; ``zone`` is an IANA name, empty for the page's."""

    pk: int
    zone: str
    digest: str


def lay(*, publication: Publication, readers: Iterable[Waiting], now: datetime) -> None:
    """Lay the publication into the digests of these readers; a second time changes nothing."""
    DigestEntry.objects.bulk_create(
        (
            DigestEntry(
                subscriber_id=each.pk,
                publication=publication,
                due_at=next_digest(now, each.zone or publication.page.time_zone, each.digest),
            )
            for each in readers
        ),
        batch_size=_BATCH,
        ignore_conflicts=True,
    )


def follow(*, publication: Publication, mailing: Mailing, now: datetime) -> bool:
    """Lay a correction into the next of the digests that what it corrects went to, and note how far
    it is; return False when there were none left.
    """
    if publication.corrects_id is None:
        return False
    there = DigestEntry.objects.filter(
        publication=publication.corrects_id, pk__gt=mailing.digest_cursor
    ).order_by("pk")
    found = list(
        there.values_list("pk", "subscriber", "subscriber__zone", "subscriber__digest")[:_BATCH]
    )
    if not found:
        return False
    lay(publication=publication, readers=(Waiting(*each[1:]) for each in found), now=now)
    mailing.digest_cursor = found[-1][0]
    mailing.save(update_fields=["digest_cursor"])
    return True
