"""Passwords: what is too weak, and changing one's own."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from afterword.accounts.actions.sessions import forget_sessions
from afterword.accounts.models import Person, PersonalLink
from afterword.audit.actions import record_act
from afterword.kit.errors import BadInput, NotAllowed


def refuse_weak(password: str, person: Person | None = None) -> None:
    """Raise BadInput, in words, for a password that is short, common or like the person's name."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise BadInput(" ".join(weak.messages), {"password": " ".join(weak.messages)}) from weak


def change_password(
    *, now: datetime, person: Person, old: str, new: str, session_key: str | None = None
) -> None:
    """Change one's own password; every session of the person but ``session_key`` ends.

    Raises NotAllowed when the old one is wrong and BadInput when the new one is weak.
    """
    if not person.check_password(old):
        raise NotAllowed("The password you have now is another one. Nothing was changed.")
    refuse_weak(new, person)
    with transaction.atomic():
        person.set_password(new)
        person.save(update_fields=["password"])
        PersonalLink.objects.filter(person=person).delete()
        forget_sessions(person=person, keep=session_key)
        record_act(
            actor=person, verb="accounts.change_password", subject=f"person:{person.pk}", now=now
        )
