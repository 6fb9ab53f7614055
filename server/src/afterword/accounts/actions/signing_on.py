"""Single sign-on: whose account it is that a provider vouches for."""

from datetime import datetime

from django.db import IntegrityError, transaction

from afterword.accounts.models import Person, SignOn
from afterword.accounts.openid import Identity
from afterword.accounts.queries import person_by_email
from afterword.audit.actions import record_act
from afterword.kit.errors import NotAllowed

_NOBODY = (
    "Your sign-on worked, but nobody here has an account under its e-mail address. Ask an "
    "administrator to invite you with that address."
)
_OTHER = (
    "Your sign-on worked, but the account with its e-mail address belongs to another sign-on. Ask "
    "an administrator."
)


def sign_on(*, now: datetime, identity: Identity) -> Person:
    """Return the person the provider vouches for; nobody is made an account by it.

    The first time it is whoever has the checked address; from then on it is the provider's own name
    for them, whatever becomes of the address there. Raises NotAllowed with what to do.
    """
    known = SignOn.objects.select_related("person").filter(
        issuer=identity.issuer, subject=identity.subject
    )
    found = known.first()
    person = found.person if found else None
    if person is None and identity.email:
        person = person_by_email(identity.email)
    if person is None or not person.is_active:
        raise NotAllowed(_NOBODY)
    if found is None:
        _tie(person, identity, now)
    return person


def _tie(person: Person, identity: Identity, now: datetime) -> None:
    try:
        with transaction.atomic():
            SignOn.objects.create(
                person=person, issuer=identity.issuer, subject=identity.subject, made_at=now
            )
            record_act(
                actor=person, verb="accounts.tie_sign_on", subject=f"person:{person.pk}", now=now,
                detail={"issuer": identity.issuer},
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed(_OTHER) from None
