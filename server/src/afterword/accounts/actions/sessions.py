"""Ending sessions, and what else belongs to the moment somebody comes in."""

from datetime import datetime

from django.db import transaction

from afterword.accounts.models import DeskSession, Person
from afterword.accounts.permissions import Actor, require
from afterword.accounts.queries import sessions_of
from afterword.audit.actions import record_act
from afterword.kit.errors import NotFound


def note_sign_in(*, now: datetime, person: Person, way: str) -> None:
    """Log that somebody came in, and how; clear sessions that have run out on the occasion."""
    with transaction.atomic():
        DeskSession.objects.filter(expire_date__lt=now).delete()
        record_act(
            actor=person, verb="accounts.sign_in", subject=f"person:{person.pk}", now=now,
            detail={"with": way},
        )  # fmt: skip


def end_session(*, now: datetime, person: Person, handle: str) -> DeskSession:
    """Sign one of the person's own browsers out. Raises NotFound when it is not signed in."""
    with transaction.atomic():
        found = next((s for s in sessions_of(person, now) if s.handle == handle), None)
        if found is None:
            raise NotFound("That browser is not signed in any more.")
        DeskSession.objects.filter(pk=found.pk).delete()
        record_act(
            actor=person, verb="accounts.end_session", subject=f"person:{person.pk}", now=now,
            detail={"address": found.address, "device": found.device},
        )  # fmt: skip
    return found


def end_sessions(*, actor: Actor, now: datetime, person: Person, keep: str | None = None) -> int:
    """Sign the person out everywhere but in the session ``keep`` (its key). Return how many ended.

    One's own, or as an administrator somebody's.
    """
    if actor.id is None or actor.id != person.pk:
        require(actor, "manage_people", page=None)
    with transaction.atomic():
        ended = forget_sessions(person=person, keep=keep)
        record_act(
            actor=actor, verb="accounts.end_sessions", subject=f"person:{person.pk}", now=now,
            detail={"ended": ended},
        )  # fmt: skip
    return ended


def forget_sessions(*, person: Person, keep: str | None = None) -> int:
    """Delete the person's sessions; call inside the transaction of the act that ends them."""
    ended, _ = DeskSession.objects.filter(person=person).exclude(session_key=keep or "").delete()
    return ended
