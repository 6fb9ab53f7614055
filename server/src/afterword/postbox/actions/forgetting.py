"""Letters whose recipients must not be known any longer."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from afterword.postbox.addresses import FORGOTTEN, forgotten
from afterword.postbox.models import Attempt, CameBack, Letter, LetterState

_FINAL = (LetterState.SENT, LetterState.FAILED, LetterState.WITHDRAWN)
_AT_A_TIME = 500


def forget_recipients(*, about: str, recipients: Collection[str] | None = None) -> int:
    """Take out of the letters about a thing who they were to, and what they said to them alone; of
    all of them, or of those to these ``recipients``.

    Their number, their states and when they left stay. A keyed hash stands for the address, so
    that there is still one letter for each. What servers answered, at once or later, goes too,
    since answers like to repeat the address. Letters that may yet leave are left alone. Returns how
    many were changed.
    """
    changed = 0
    while True:
        with transaction.atomic():
            some = list(_named(about, recipients).select_for_update(of=("self",))[:_AT_A_TIME])
            for letter in some:
                letter.recipient = forgotten(letter.recipient)
                letter.fill = {}
                letter.last_answer = ""
            Letter.objects.bulk_update(some, ["recipient", "fill", "last_answer"])
            Attempt.objects.filter(letter__in=some).exclude(answer="").update(answer="")
            for letter in some:
                CameBack.objects.filter(letter=letter).update(recipient=letter.recipient, said="")
        changed += len(some)
        if len(some) < _AT_A_TIME:
            return changed


def _named(about: str, recipients: Collection[str] | None) -> "QuerySet[Letter]":
    found = Letter.objects.filter(about=about, state__in=_FINAL)
    if recipients is not None:
        found = found.filter(recipient__in=list(recipients))
    return found.exclude(recipient__startswith=FORGOTTEN).order_by("pk")
