from datetime import datetime

from afterword.kit.hashing import sha256_of_text
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


def note_refused(*, at: datetime, letter: Letter, report: Report) -> None:
    """Keep that a server refused a letter to our face because its address is gone. What follows is
    for whoever knows the address (``came_back_not_handled``).
    """
    CameBack.objects.get_or_create(
        digest=sha256_of_text(f"refused:{letter.rfc_message_id}"),
        defaults={
            "letter": letter,
            "recipient": letter.recipient,
            "kind": report.kind.value,
            "status": report.status[:16],
            "said": report.said[:500],
            "proven": True,
            "at": at,
            "handled": False,
        },
    )


def mark_handled(came_back: CameBack) -> None:
    """Note that what follows from it is done."""
    CameBack.objects.filter(pk=came_back.pk).update(handled=True)
