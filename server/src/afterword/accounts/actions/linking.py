"""One-time links with which somebody chooses a password: the first one, or a new one."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from afterword.accounts.actions.passwords import refuse_weak
from afterword.accounts.actions.sessions import forget_sessions
from afterword.accounts.models import LinkKind, Person, PersonalLink
from afterword.accounts.permissions import Actor, require
from afterword.accounts.queries import LINK_GONE, hash_of, link_of
from afterword.audit.actions import record_act
from afterword.kit.errors import NotFound, WrongState

VALID_FOR = {LinkKind.WELCOME: timedelta(days=7), LinkKind.RECOVERY: timedelta(hours=24)}


@dataclass(frozen=True)
class Link:
    """A link that was just made. ``token`` is not kept anywhere: show it now or never."""

    token: str = field(repr=False)
    expires_at: datetime


def send_in_again(*, actor: Actor, now: datetime, person: Person) -> Link:
    """Make a link for somebody who lost the way in; earlier links no longer work.

    The password they have goes on working until the link is followed. Raises WrongState for
    somebody who is switched off.
    """
    require(actor, "manage_people", page=None)
    if not person.is_active:
        raise WrongState(f"{person.name} is switched off. Switch them on first.")
    with transaction.atomic():
        kind = LinkKind.RECOVERY if person.has_usable_password() else LinkKind.WELCOME
        link = write_link(person=person, kind=kind, now=now)
        record_act(
            actor=actor, verb="accounts.make_link", subject=f"person:{person.pk}", now=now,
            detail={"kind": kind, "until": link.expires_at.isoformat()},
        )  # fmt: skip
    return link


def follow_link(
    *, now: datetime, token: str, password: str, came_from: str = "", device: str = ""
) -> Person:
    """Set the password of whoever the link is for; the link is used up.

    Every session of theirs ends. ``came_from`` is the network address of the request,
    ``device`` a short name of its browser and system.
    Raises NotFound for a link that does not hold (any longer) and BadInput for a weak password,
    which leaves the link as it was.
    """
    with transaction.atomic():
        link = _held(token, now)
        person = link.person
        person.came_from, person.device = came_from, device
        refuse_weak(password, person)
        person.set_password(password)
        person.save(update_fields=["password"])
        PersonalLink.objects.filter(person=person).delete()
        forget_sessions(person=person)
        record_act(
            actor=person, verb="accounts.follow_link", subject=f"person:{person.pk}", now=now,
            detail={"kind": link.kind},
        )  # fmt: skip
    return person


def write_link(*, person: Person, kind: LinkKind, now: datetime) -> Link:
    """Keep the hash of a new token; call inside the transaction of the act that needs it."""
    token = secrets.token_urlsafe(32)
    PersonalLink.objects.filter(person=person).delete()
    made = PersonalLink.objects.create(
        person=person, kind=kind, token_hash=hash_of(token), expires_at=now + VALID_FOR[kind]
    )
    return Link(token, made.expires_at)


def _held(token: str, now: datetime) -> PersonalLink:
    link = PersonalLink.objects.select_for_update().filter(pk=link_of(token, now).pk).first()
    if link is None:  # followed in this instant, by a second click
        raise NotFound(LINK_GONE)
    return link
