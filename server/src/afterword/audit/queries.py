from collections.abc import Iterator

from afterword.audit.actions import GENESIS, content_of
from afterword.audit.models import Entry
from afterword.kit.hashing import chained


def entries_about(subject: str) -> list[Entry]:
    """Return every act on the subject, oldest first."""
    return list(Entry.objects.filter(subject=subject).order_by("sequence"))


def newest(limit: int, *, before: int | None = None) -> list[Entry]:
    """Return the newest acts, newest first; ``before`` is the sequence number to go on below."""
    found = Entry.objects.all() if before is None else Entry.objects.filter(sequence__lt=before)
    return list(found.order_by("-sequence")[:limit])


def broken_links() -> Iterator[int]:
    """Yield the sequence number of each entry whose hash or place in the chain is wrong."""
    previous, expected = GENESIS, 1
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=1000):
        right = (
            entry.sequence == expected
            and entry.previous_hash == previous
            and entry.hash == chained(previous, content_of(entry))
        )
        if not right:
            yield entry.sequence
        previous, expected = entry.hash, entry.sequence + 1
