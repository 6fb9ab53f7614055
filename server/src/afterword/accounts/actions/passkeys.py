"""Passkeys: keeping, using and taking off."""

from datetime import datetime
from typing import Any

from django.db import transaction

from afterword.accounts import passkeys
from afterword.accounts.actions.second_steps import first_codes, forget_unneeded_codes
from afterword.accounts.models import Passkey, Person
from afterword.accounts.passkeys import Place
from afterword.audit.actions import record_act
from afterword.kit.errors import BadInput, NotFound

_NOT_MADE = "The browser's answer does not fit what was asked. Try again from this page."


def add_passkey(
    *, now: datetime, person: Person, place: Place, state: Any, answer: dict[str, Any], name: str
) -> list[str]:
    """Keep a passkey that the browser made. Raises BadInput when its answer does not hold.

    Returns the recovery codes if these are the first, to be shown once.
    """
    made = passkeys.made_of(place, state, answer)
    if made is None or Passkey.objects.filter(credential_id=made.credential_id).exists():
        raise BadInput(_NOT_MADE, {"credential": "not accepted"})
    with transaction.atomic():
        kept = Passkey.objects.create(
            person=person, credential_id=made.credential_id, credential=made.credential,
            sign_count=made.sign_count, name=name.strip()[:60] or "Passkey", made_at=now,
        )  # fmt: skip
        codes = first_codes(person=person)
        record_act(
            actor=person, verb="accounts.add_passkey", subject=f"person:{person.pk}", now=now,
            detail={"passkey": kept.pk},
        )  # fmt: skip
    return codes


def use_passkey(
    *, now: datetime, place: Place, state: Any, answer: dict[str, Any]
) -> Person | None:
    """Return whose passkey answered; None when it is unknown, does not hold, or is switched off."""
    named = Passkey.objects.select_related("person").filter(
        credential_id=passkeys.credential_named(answer), person__is_active=True
    )
    with transaction.atomic():
        found = named.select_for_update(of=("self",)).first()
        count = passkeys.count_of(place, state, answer, found) if found else None
        if found is None or count is None:
            return None
        found.sign_count, found.used_at = count, now
        found.save(update_fields=["sign_count", "used_at"])
    return found.person


def remove_passkey(*, now: datetime, person: Person, passkey_id: int) -> None:
    """Take a passkey of one's own off. Raises NotFound."""
    with transaction.atomic():
        gone, _ = Passkey.objects.filter(person=person, pk=passkey_id).delete()
        if not gone:
            raise NotFound("There is no such passkey of yours.")
        forget_unneeded_codes(person=person)
        record_act(
            actor=person, verb="accounts.remove_passkey", subject=f"person:{person.pk}", now=now,
            detail={"passkey": passkey_id},
        )  # fmt: skip
