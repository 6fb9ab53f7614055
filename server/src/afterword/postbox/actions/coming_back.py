from datetime import datetime

from afterword.postbox.models import CameBack, Letter
from afterword.postbox.reports import Report


def note_came_back(
    *, now: datetime, letter: Letter, report: Report, proven: bool, digest: str
) -> bool:
    """Keep what a mail says of a letter; return False when the same mail was kept before."""
    _, fresh = CameBack.objects.get_or_create(
        digest=digest,
        defaults={
            "letter": letter,
            "recipient": letter.recipient,
            "kind": report.kind.value,
            "status": report.status[:16],
            "said": report.said[:500],
            "proven": proven,
            "at": now,
        },
    )
    return fresh
