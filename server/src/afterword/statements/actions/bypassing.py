"""A text that cannot wait for a second person, and the second person who reads it afterwards."""

from datetime import datetime
from typing import Final

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from afterword.statements import queries
from afterword.statements.actions.holding import MAX_COMMENT, tidied_comment
from afterword.statements.models import Bypass, Statement, StatementKind

SHORTEST_REASON = 20
# What is mailed to chosen people cannot be taken back, so it never leaves unread.
NEVER: Final = frozenset({StatementKind.FOLLOW_UP, StatementKind.DATA_NOTICE})


def begin_bypass(*, actor: Actor, now: datetime, statement: Statement, reason: str) -> Bypass:
    """Write down that the text leaves unread, inside the door's transaction, before it does.

    Raises NotAllowed for anybody but a publisher, for letters and for what counsel reads, BadInput
    for a reason under 20 characters.
    """
    require(actor, "publish", page=statement.incident.page_id)
    if not isinstance(actor, Person):
        raise NotAllowed("Only a person, by name, lets a text out unread.")
    if statement.kind in NEVER:
        raise NotAllowed(
            "A letter cannot be taken back, so it never leaves unread. Ask somebody to review it."
        )
    if any(need.part == "legal" for need in queries.needs_of(statement)):
        raise NotAllowed("Counsel has to read this text before it leaves; it never leaves unread.")
    reason = tidied_comment(reason)
    if len(reason) < SHORTEST_REASON:
        raise BadInput(
            f"Say in at least {SHORTEST_REASON} characters why nobody could read it first.",
            {"reason": "is too short"},
        )
    bypass = Bypass.objects.create(statement=statement, reason=reason, used_by=actor, used_at=now)
    _record(actor, "statements.bypass", bypass, now)
    return bypass


def read_afterwards(
    *, actor: Actor, now: datetime, bypass: Bypass, stands: bool, comment: str
) -> Bypass:
    """Say of a text that left unread whether it stands. Once.

    Raises NotAllowed for its writers and for who let it out, BadInput without a comment when it
    does not stand, WrongState when somebody read it already.
    """
    require(actor, "review", page=bypass.statement.incident.page_id)
    if not isinstance(actor, Person):
        raise NotAllowed("A review needs a person who is signed in.")
    comment = tidied_comment(comment)
    if not stands and not comment:
        raise BadInput("Say what does not stand; the writer corrects it.", {"comment": "is empty"})
    with transaction.atomic():
        held = Bypass.objects.select_for_update(of=("self",)).get(pk=bypass.pk)
        newest = queries.newest_revision(held.statement)
        if actor.pk in queries.authors_of(newest) | {held.used_by_id}:
            raise NotAllowed(
                "You wrote this text or let it out, so somebody else has to read it now."
            )
        if held.read_at is not None:
            raise WrongState("Somebody read it already.")
        held.read_by, held.read_at, held.stands, held.comment = actor, now, stands, comment
        held.save(update_fields=["read_by", "read_at", "stands", "comment"])
        _record(actor, "statements.read_afterwards", held, now)
    return held


def _record(actor: Actor, verb: str, bypass: Bypass, now: datetime) -> None:
    record_act(
        actor=actor,
        verb=verb,
        subject=f"statement:{bypass.statement.public_id}",
        now=now,
        detail={"reason": bypass.reason[:MAX_COMMENT], "stands": bypass.stands},
    )
