"""Refusals held against what else the mail server answered, before anything follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from afterword.postbox.breaker import (
    HELD_BACK,
    WITHIN,
    Heard,
    of_one_run_in_words,
    too_many,
)
from afterword.postbox.models import Attempt, CameBack, Letter, LetterState
from afterword.postbox.outcomes import Outcome, Result
from afterword.postbox.partly import READY
from afterword.postbox.states import Event, sources, wait_before_retry

_LOOKED_AT = 200


@dataclass(frozen=True)
class Judged:
    """What refusals by mail mean. ``held``: the numbers of the letters that are held back, for too
    many are refused; ``run``: the one thing all of those are about, where it is about its words and
    not about the server, with ``why`` in words; ``took_nobody``: whether the server took no letter
    within the hour, so that a refusal is not known to be about a recipient.
    """

    held: frozenset[int] = frozenset()
    run: str = ""
    why: str = ""
    took_nobody: bool = False


def judge_refusals(results: Sequence[Result]) -> Judged:
    """Return what refusals among the results mean. Call it when the tries are written down."""
    refused = [each for each in results if each.outcome is Outcome.REFUSED and each.code]
    if not refused:
        return Judged()
    rows = Attempt.objects.order_by("-pk").values_list(
        "letter_id", "at", "outcome", "code", "answer", "letter__channel", "letter__about"
    )[: len(results) + _LOOKED_AT]
    by_mail = sorted((row for row in rows if row[5] == "email"), key=lambda row: row[1])
    heard = [Heard(*row[:5]) for row in by_mail]
    since = refused[-1].at - WITHIN
    taken = {row[6] for row in by_mail if row[2] == Outcome.ACCEPTED and row[1] >= since}
    held = too_many(heard)
    run = _of_one_run({row[6] for row in by_mail if row[0] in held}, taken, refused[-1].at)
    why = of_one_run_in_words(refused[-1].code, refused[-1].answer) if run else ""
    return Judged(frozenset(held), run, why, took_nobody=not taken)


def _of_one_run(refused: set[str], taken: set[str], at: datetime) -> str:
    """Return the thing the refused letters are about, if they are about one alone of which the
    server took none, and mail about something else is to leave now: that must not wait for it. If
    the server refuses that too, it is about the server.
    """
    if len(refused) != 1 or refused & taken:
        return ""
    (about,) = refused
    due = Q(state=LetterState.CLAIMED) | Q(next_at__lte=at)
    others = Letter.objects.filter(READY, due, channel="email").exclude(about=about)
    return about if others.exists() else ""


def nobody_got(about: str) -> bool:
    """Whether no letter about a thing was taken by any server yet."""
    return not Letter.objects.filter(about=about, state=LetterState.SENT).exists()


def take_back_given_up(letter_ids: frozenset[int], at: datetime) -> None:
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
