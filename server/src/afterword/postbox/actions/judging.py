"""Refusals held against what else the mail server answered, before anything follows from them."""

from collections.abc import Sequence
from datetime import datetime

from afterword.postbox.breaker import HELD_BACK, Heard, too_many
from afterword.postbox.models import Attempt, CameBack, Letter, LetterState
from afterword.postbox.outcomes import Outcome, Result
from afterword.postbox.states import Event, sources, wait_before_retry

_LOOKED_AT = 200


def too_many_refused(results: Sequence[Result]) -> set[int]:
    """Return the numbers of the letters by mail whose refusal is held back, for the server refuses
    too many. Call it when the tries are written down.
    """
    refused = [each for each in results if each.outcome is Outcome.REFUSED and each.code]
    if not refused:
        return set()
    rows = Attempt.objects.order_by("-pk").values_list(
        "letter_id", "at", "outcome", "code", "answer", "letter__channel"
    )[: len(results) + _LOOKED_AT]
    heard = sorted((Heard(*row[:5]) for row in rows if row[5] == "email"), key=lambda h: h.at)
    return too_many(heard)


def take_back_given_up(letter_ids: set[int], at: datetime) -> None:
    """Let letters wait again that were given up when it was not plain yet that too many are
    refused. What already followed for an address stays, and so does its letter; so do letters that
    were asked to stop since.
    """
    acted_on = CameBack.objects.filter(letter__in=letter_ids, handled=True)
    given_up = Letter.objects.filter(
        pk__in=letter_ids, state__in=sources(Event.TAKE_BACK), channel="email", stop_asked=False
    ).exclude(pk__in=acted_on.values("letter"))
    # Others are held by now: to wait for one that somebody else holds could be for ever.
    held = list(given_up.order_by("pk").select_for_update(of=("self",), skip_locked=True))
    CameBack.objects.filter(letter__in=[each.pk for each in held], handled=False).delete()
    for letter in held:
        Letter.objects.filter(pk=letter.pk).update(
            state=LetterState.WAITING, next_at=at + wait_before_retry(1),
            last_answer=held_back(letter.last_answer),
        )  # fmt: skip


def held_back(answer: str) -> str:
    """Return the server's answer as that of a letter whose refusal is held back."""
    return f"{HELD_BACK}{answer}"[:500]
