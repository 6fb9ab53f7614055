"""New people: with a password at once, or with a link to choose one."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from afterword.accounts.actions.linking import Link, write_link
from afterword.accounts.models import LinkKind, Person, Role, RoleGrant
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.kit.errors import BadInput


def create_person(
    *,
    actor: Actor,
    now: datetime,
    email: str,
    name: str,
    password: str,
    roles: Iterable[Role],
) -> Person:
    """Create somebody who can sign in. Raises BadInput for a bad or used address."""
    require(actor, "manage_people", page=None)
    with transaction.atomic():
        return _written(actor, now, email, name, password, roles)


def invite(
    *, actor: Actor, now: datetime, email: str, name: str, roles: Iterable[Role]
) -> tuple[Person, Link]:
    """Create somebody who chooses a password by following a link, valid for a week, once.

    Raises BadInput for a bad or used address, or when no role is given: without one the desk
    would show nothing.
    """
    require(actor, "manage_people", page=None)
    given = set(roles)
    if not given:
        raise BadInput("Give at least one role; without one the desk opens for nobody.",
                       {"roles": "none"})  # fmt: skip
    with transaction.atomic():
        person = _written(actor, now, email, name, None, given)
        link = write_link(person=person, kind=LinkKind.WELCOME, now=now)
        record_act(
            actor=actor, verb="accounts.invite", subject=f"person:{person.pk}", now=now,
            detail={"until": link.expires_at.isoformat()},
        )  # fmt: skip
    return person, link


def _written(
    actor: Actor, now: datetime, email: str, name: str, password: str | None, roles: Iterable[Role]
) -> Person:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise BadInput(f"{email!r} is not an e-mail address.", {"email": "not valid"}) from wrong
    if not name.strip():
        raise BadInput(
            "Give the person a name; it is shown beside what they do.", {"name": "empty"}
        )
    if Person.objects.filter(email__iexact=email).exists():
        raise BadInput(f"{email} already has an account.", {"email": "in use"})
    person = Person(email=email, name=name.strip()[:120], joined_at=now)
    person.set_password(password)
    person.save(force_insert=True)
    RoleGrant.objects.bulk_create(RoleGrant(person=person, role=r) for r in sorted(set(roles)))
    record_act(
        actor=actor, verb="accounts.create", subject=f"person:{person.pk}", now=now,
        detail={"roles": sorted(set(roles))},
    )  # fmt: skip
    return person
