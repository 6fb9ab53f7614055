from collections.abc import Collection, Iterable
from datetime import datetime

from afterword.kit.hashing import sha256_of_text
from afterword.kit.timespans import iso_exact
from afterword.postbox.models import CameBack, Letter, LetterState
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


def note_all_came_back(
    *, now: datetime, told: Iterable[tuple[str, Letter, Report]], proven: bool
) -> None:
    """Keep what was said of several letters, each with its digest.

    Raises IntegrityError, keeping none, when one of them was kept before.
    """
    CameBack.objects.bulk_create(
        [
            CameBack(
                digest=digest, letter=letter, recipient=letter.recipient, kind=report.kind.value,
                status=report.status[:16], said=report.said[:500], proven=proven, at=now,
            )
            for digest, letter, report in told
        ],
        batch_size=500,
    )  # fmt: skip


def note_refused(*, at: datetime, letter: Letter, report: Report) -> None:
    """Keep that a server refused a letter to our face because its address is gone. What follows is
    for whoever knows the address (``came_back_not_handled``).
    """
    CameBack.objects.get_or_create(
        # One that is sent again may be refused again, and that is said anew.
        digest=sha256_of_text(f"refused:{letter.rfc_message_id}:{iso_exact(at)}"),
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


def settle_came_back(*, about: str, recipients: Collection[str]) -> None:
    """Let nothing follow from what servers said of letters about a thing and nobody acted on yet.
    What was given up of those to the recipients may be sent again: that their mail was stopped is
    taken back.
    """
    CameBack.objects.filter(letter__about=about, handled=False).update(handled=True)
    Letter.objects.filter(
        about=about, recipient__in=list(recipients), channel="email", state=LetterState.FAILED
    ).update(stop_asked=False)


def mark_handled(came_back: CameBack) -> None:
    """Note that what follows from it is done."""
    CameBack.objects.filter(pk=came_back.pk).update(handled=True)
