"""How often a network may answer within an hour, whichever process it meets."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.crypto import salted_hmac

from afterword.audience.models import AnswerTurn
from afterword.postbox.actions import CLOCKS_DIFFER

SPAN: Final = timedelta(hours=1)
# A company behind one address may well send a dozen people; nobody else needs as many.
ANSWERS: Final = 12
WITH_WORDS: Final = 3


@dataclass(frozen=True)
class Turn:
    """A turn that was asked for. ``used_up`` says what there were enough of: ``answers``, ``words``
    or "" for neither, and then it was taken.
    """

    used_up: str = ""
    rows: tuple[int, ...] = ()


def take_turn(*, now: datetime, network: str, with_words: bool) -> Turn:
    """Count an answer of the network, before it is kept, or say what it has used up.

    Kept in the database, as tries to sign in are, so that neither a restart nor a second process
    begins anew. A turn that is one too many is not counted: waiting helps.
    """
    limits = {"answers": ANSWERS} | ({"words": WITH_WORDS} if with_words else {})
    keys = {name: _key(name, network) for name in limits}
    forget_turns(now=now)
    # Counted after it is written, and none that came later: of turns at the same instant each has
    # the others before it or behind it, so the last that is left is not refused to both.
    rows = {name: AnswerTurn.objects.create(key=key, at=now).pk for name, key in keys.items()}
    # What is further ahead was counted before the clock was put back, and refuses nobody.
    for name, most in limits.items():
        taken = AnswerTurn.objects.filter(
            key=keys[name], pk__lte=rows[name], at__gt=now - SPAN, at__lte=now + CLOCKS_DIFFER
        )
        if taken.count() > most:
            give_back(Turn(rows=tuple(rows.values())))
            return Turn(used_up=name)
    return Turn(rows=tuple(rows.values()))


def give_back(turn: Turn) -> None:
    """Forget a turn whose answer was refused after all."""
    AnswerTurn.objects.filter(pk__in=turn.rows).delete()


def forget_turns(*, now: datetime) -> None:
    """Delete what is an hour old, or more than an hour ahead."""
    AnswerTurn.objects.filter(Q(at__lte=now - SPAN) | Q(at__gt=now + SPAN)).delete()


def _key(what: str, network: str) -> str:
    return salted_hmac(f"afterword.answers.{what}", network, algorithm="sha256").hexdigest()
