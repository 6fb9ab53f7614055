"""Tokens for programs: made and ended on the desk, good for one page and one purpose."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from afterword.accounts.models import ApiToken, Person, Scope
from afterword.accounts.permissions import Actor, Bearer, require
from afterword.accounts.queries import hash_of
from afterword.audit.actions import record_act
from afterword.kit.errors import BadInput, NotAllowed, NotFound

PREFIX = "aw_"
"""What every token begins with, so that scanners of leaked secrets can know one."""
A_MINUTE = 60
"""Requests a token may make in a minute."""
_UNKNOWN = "Send a token of the desk: Authorization: Bearer aw_…"


@dataclass(frozen=True)
class MadeToken:
    """A token that was just made. ``secret`` is not kept anywhere: show it now or never."""

    token: ApiToken
    secret: str = field(repr=False)


class UnknownToken(NotFound):
    """No token, or none that is good (any more). It does not say which."""

    status = 401


class TooOften(NotAllowed):
    """A token was used more than ``A_MINUTE`` times in a minute."""

    status = 429


def make_token(*, actor: Person, now: datetime, page: int, name: str, scope: str) -> MadeToken:
    """Make a token for a page (its key). It never does more than the person who made it may.

    Raises BadInput for no name or a purpose that is not offered.
    """
    require(actor, "administer", page=page)
    if not name.strip() or len(name) > 60:
        raise BadInput("Name the program it is for, in at most 60 characters.", {"name": "missing"})
    if scope not in Scope.values:
        raise BadInput("Choose what it is for.", {"scope": "unknown"})
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        made = ApiToken.objects.create(
            page_id=page, name=name.strip(), scope=scope, token_hash=hash_of(secret),
            made_by=actor, made_at=now,
        )  # fmt: skip
        record_act(
            actor=actor, verb="accounts.make_token", subject=f"token:{made.pk}", now=now,
            detail={"scope": scope},
        )  # fmt: skip
    return MadeToken(made, secret)


def end_token(*, actor: Actor, now: datetime, page: int, token_id: int) -> ApiToken:
    """End a token of the page at once; repeating it is harmless. Raises NotFound."""
    require(actor, "administer", page=page)
    with transaction.atomic():
        found = ApiToken.objects.select_for_update().filter(page_id=page, pk=token_id).first()
        if found is None:
            raise NotFound("There is no such token on this page.")
        if found.ended_at is None:
            found.ended_at = now
            found.save(update_fields=["ended_at"])
            record_act(actor=actor, verb="accounts.end_token", subject=f"token:{found.pk}", now=now)
    return found


def use_token(*, now: datetime, secret: str) -> Bearer:
    """Return who comes with the secret, and count the use. Raises UnknownToken and TooOften."""
    minute = int(now.timestamp() // 60)
    good = ApiToken.objects.filter(
        token_hash=hash_of(secret), ended_at=None, made_by__is_active=True
    )
    # On SQLite a transaction holds up everybody who writes: not for guesses of strangers.
    if not good.exists():
        raise UnknownToken(_UNKNOWN)
    with transaction.atomic():
        held = good.select_for_update(of=("self",)).select_related("made_by")
        found = held.first()
        if found is None:
            raise UnknownToken(_UNKNOWN)
        times = found.times + 1 if found.minute == minute else 1
        found.minute, found.times, found.used_at = minute, min(times, A_MINUTE + 1), now
        found.save(update_fields=["minute", "times", "used_at"])
    if times > A_MINUTE:
        raise TooOften(f"More than {A_MINUTE} requests a minute. Wait until the next one.")
    return Bearer(found)
