"""The rest that sending takes after trouble, kept where everybody can see it and end it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from afterword.postbox.breaker import HELD_BACK
from afterword.postbox.models import Letter, LetterState, Rest
from afterword.postbox.partly import READY


def rest(*, channel: str, now: datetime, until: datetime, because: str) -> None:
    """Note that sending through a channel rests until then, and why."""
    with transaction.atomic():
        row, fresh = Rest.objects.select_for_update().get_or_create(
            channel=channel, defaults={"since": now, "until": until, "answer": because[:500]}
        )
        if not fresh:
            Rest.objects.filter(pk=row.pk).update(
                until=until, answer=because[:500], times=F("times") + 1, ended_at=None
            )


def work_again(*, channel: str) -> None:
    """Note that letters leave through the channel."""
    Rest.objects.filter(channel=channel).delete()


def end_rest(*, channel: str, now: datetime) -> str | None:
    """Ask every worker to try again at once, with what was given back; return why it rested, None
    when it does not rest.
    """
    with transaction.atomic():
        row = Rest.objects.select_for_update().filter(channel=channel, ended_at=None).first()
        if row is None:
            return None
        row.ended_at = row.until = now
        row.save(update_fields=["ended_at", "until"])
        Letter.objects.filter(
            READY,
            Q(last_answer=row.answer) | Q(last_answer__startswith=HELD_BACK, channel=channel),
            state=LetterState.WAITING,
            next_at__gt=now,
        ).update(next_at=now)
    return row.answer
