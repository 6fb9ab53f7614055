"""What is asked for besides the password: a code from an app, or one of the recovery codes."""

import secrets
from datetime import datetime

from django.db import transaction

from afterword.accounts import totp
from afterword.accounts.actions.sessions import forget_sessions
from afterword.accounts.models import CodeApp, Passkey, Person, RecoveryCode
from afterword.accounts.permissions import Actor, require
from afterword.accounts.queries import recovery_hash, tidied_code
from afterword.audit.actions import record_act
from afterword.kit.errors import BadInput, WrongState
from afterword.kit.sealing import seal, unseal

PURPOSE = "totp"
RECOVERY_CODES = 10
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another
WRONG_CODE = (
    "That is not the code of this moment, or it was used already. Wait for the next one, and look "
    "whether the phone's clock is right."
)


def begin_app(*, now: datetime, person: Person) -> str:
    """Return the secret for a new app, the same one until it is confirmed.

    Raises WrongState when an app is in use: it has to be taken off first.
    """
    with transaction.atomic():
        app, made = CodeApp.objects.select_for_update().get_or_create(person=person)
        if app.confirmed_at is not None:
            raise WrongState("There is an app already. Take it off before you set up another.")
        secret = None if made else unseal(app.sealed_secret, purpose=PURPOSE)
        if secret is None:
            secret = totp.new_secret()
            app.sealed_secret = seal(secret, purpose=PURPOSE)
            app.save(update_fields=["sealed_secret"])
    return secret


def confirm_app(*, now: datetime, person: Person, code: str) -> list[str]:
    """Put the app to use after it has shown that it has the secret.

    Returns the recovery codes if these are the first, to be shown once. Raises BadInput for a
    wrong code.
    """
    with transaction.atomic():
        app = CodeApp.objects.select_for_update().filter(person=person, confirmed_at=None).first()
        step = _step(app, code, now) if app else None
        if app is None or step is None:
            raise BadInput(WRONG_CODE, {"code": WRONG_CODE})
        app.confirmed_at, app.last_step = now, step
        app.save(update_fields=["confirmed_at", "last_step"])
        codes = first_codes(person=person)
        record_act(actor=person, verb="accounts.add_app", subject=f"person:{person.pk}", now=now)
    return codes


def remove_app(*, now: datetime, person: Person) -> None:
    """Ask for no codes of an app any more. Does nothing when there is none."""
    with transaction.atomic():
        gone, _ = CodeApp.objects.filter(person=person).delete()
        if gone:
            forget_unneeded_codes(person=person)
            record_act(
                actor=person, verb="accounts.remove_app", subject=f"person:{person.pk}", now=now
            )


def renew_codes(*, now: datetime, person: Person) -> list[str]:
    """Return new recovery codes, to be shown once; the old ones work no more.

    Raises WrongState for somebody whose password needs no second step.
    """
    with transaction.atomic():
        if not _needs_codes(person):
            raise WrongState("Recovery codes stand in for an app or a passkey; set up one first.")
        codes = _write_codes(person)
        record_act(
            actor=person, verb="accounts.renew_codes", subject=f"person:{person.pk}", now=now
        )
    return codes


def take_off_second_steps(*, actor: Actor, now: datetime, person: Person) -> None:
    """Remove app, passkeys and recovery codes of somebody who lost them, and every session."""
    require(actor, "manage_people", page=None)
    with transaction.atomic():
        CodeApp.objects.filter(person=person).delete()
        Passkey.objects.filter(person=person).delete()
        RecoveryCode.objects.filter(person=person).delete()
        forget_sessions(person=person)
        record_act(
            actor=actor, verb="accounts.take_off_second_steps",
            subject=f"person:{person.pk}", now=now,
        )  # fmt: skip


def take_code(*, now: datetime, person: Person, code: str) -> str:
    """Use a code up. Return "code" or "recovery code" for one that holds, "" for any other."""
    with transaction.atomic():
        app = CodeApp.objects.filter(person=person).exclude(confirmed_at=None).first()
        step = _step(app, code, now) if app else None
        if app is not None and step is not None:
            # Of two requests with one code at the same instant, one finds the step taken.
            mine = CodeApp.objects.filter(pk=app.pk, last_step__lt=step).update(last_step=step)
            return "code" if mine else ""
        used, _ = RecoveryCode.objects.filter(
            person=person, code_hash=recovery_hash(person, code)
        ).delete()
        if not used:
            return ""
        left = RecoveryCode.objects.filter(person=person).count()
        record_act(
            actor=person, verb="accounts.use_recovery_code", subject=f"person:{person.pk}",
            now=now, detail={"left": left},
        )  # fmt: skip
        return "recovery code"


def first_codes(*, person: Person) -> list[str]:
    """Return recovery codes for somebody who has none, else nothing; inside a transaction."""
    if RecoveryCode.objects.filter(person=person).exists():
        return []
    return _write_codes(person)


def forget_unneeded_codes(*, person: Person) -> None:
    """Delete recovery codes that stand in for nothing; call inside the act's transaction."""
    if not _needs_codes(person):
        RecoveryCode.objects.filter(person=person).delete()


def _needs_codes(person: Person) -> bool:
    apps = CodeApp.objects.filter(person=person).exclude(confirmed_at=None)
    return apps.exists() or Passkey.objects.filter(person=person).exists()


def _write_codes(person: Person) -> list[str]:
    codes = [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2))
        for _ in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.filter(person=person).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, code_hash=recovery_hash(person, code)) for code in codes
    )
    return codes


def _step(app: CodeApp, code: str, now: datetime) -> int | None:
    secret = unseal(app.sealed_secret, purpose=PURPOSE)
    return totp.step_of(secret, tidied_code(code), now) if secret else None
