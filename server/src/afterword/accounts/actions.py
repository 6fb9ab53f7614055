from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from afterword.accounts.models import Person, Role, RoleGrant
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
    require(actor, "administer")
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise BadInput(f"{email!r} is not an e-mail address.", {"email": "not valid"}) from wrong
    if not name.strip():
        raise BadInput(
            "Give the person a name; it is shown beside what they do.", {"name": "empty"}
        )
    with transaction.atomic():
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
