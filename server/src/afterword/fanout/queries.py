from django.db.models import Exists, Max, OuterRef

from afterword.fanout.models import Mailing
from afterword.postbox.queries import count_reached, counts_about
from afterword.publishing.models import Publication
from afterword.publishing.queries import unsent_publications

# Ids are handed out before they are committed, so a lower one may appear after a higher one.
_LATE_COMMITS = 1000


def about_of(publication: Publication) -> str:
    """Return the name under which letters of a publication stand in the outbox.

    It holds a part of the content's hash: another database with the same numbers makes other
    Message-IDs.
    """
    return f"publication:{publication.pk}:{publication.hash[:12]}"


def without_mailing() -> list[Publication]:
    """Return publications that go further than the page and have no mailing yet, oldest first."""
    last: int = Mailing.objects.aggregate(last=Max("publication_id"))["last"] or 0
    mailed = Mailing.objects.filter(publication=OuterRef("pk"))
    found = unsent_publications(after=max(0, last - _LATE_COMMITS)).filter(~Exists(mailed))
    return list(found.select_related("page", "corrects"))


def letter_counts(publication: Publication) -> dict[str, int]:
    """Return the publication's letters counted by state; every state is a key."""
    return counts_about(about_of(publication))


def count_who_got(publication: Publication) -> int:
    """Return how many a correction of the publication would reach: whose letter left, or will."""
    return count_reached(about_of(publication))
