"""What a publication's hash commits to, and how a chain of them is verified."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from afterword.kit.hashing import chained
from afterword.publishing.log_lines import GENESIS
from afterword.publishing.models import Publication

__all__ = ["GENESIS", "content_of", "first_break", "sealed"]


def content_of(publication: Publication) -> dict[str, Any]:
    """Return the part of a publication that its hash commits to: all that any reader can see."""
    corrected = publication.corrects
    return {
        "number": publication.number,
        "kind": publication.kind,
        "incident": publication.incident_id,
        "source": publication.source_id,
        "title": publication.title,
        "body": publication.body,
        "format": publication.body_format,
        "html": publication.html,
        "language": publication.language,
        "facts": publication.facts,
        "commitments": publication.commitments,
        "record_hash": publication.record_hash,
        "audience": publication.audience,
        "recipient_list": publication.recipient_list,
        "corrects": corrected.number if corrected else None,
        "display_at": _instant(publication.display_at),
        "published_at": _instant(publication.published_at),
        "imported": publication.imported,
    }


def sealed(publication: Publication) -> str:
    """Return the hash a publication must carry, from its content and ``previous_hash``."""
    return chained(publication.previous_hash, content_of(publication))


def first_break(publications: Iterable[Publication]) -> int | None:
    """Return the number of the first publication that does not fit its chain, or None.

    Expects the publications of one page in ascending order, from number 1.
    """
    previous, expected = GENESIS, 1
    for publication in publications:
        whole = (
            publication.number == expected
            and publication.previous_hash == previous
            and publication.hash == sealed(publication)
        )
        if not whole:
            return expected
        previous, expected = publication.hash, expected + 1
    return None


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
