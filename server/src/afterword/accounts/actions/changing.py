"""What an administrator changes about people: roles, and whether they may come in at all."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from afterword.accounts.actions.sessions import forget_sessions
from afterword.accounts.models import Person, PersonalLink, Role, RoleGrant
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.kit.errors import WrongState

_LAST = (
    "This would leave nobody who may administer Afterword. Make somebody else an administrator "
    "first."
)


def set_roles(
    *,
    actor: Actor,
    now: datetime,
    person: Person,
    roles: Iterable[Role],
    page: int | None = None,
) -> None:
    """Give the person exactly these roles on the page of that key, or (None) on every page.

    What they hold elsewhere stays.

    Raises WrongState when no active administrator would be left.
    """
    require(actor, "manage_people", page=None)
    wanted = {Role(role) for role in roles}
    with transaction.atomic():
        _hold_everybody()
        there = RoleGrant.objects.filter(person=person, page_id=page)
        held = {Role(role) for role in there.values_list("role", flat=True)}
        if held == wanted:
            return
        there.exclude(role__in=wanted).delete()
        RoleGrant.objects.bulk_create(
            RoleGrant(person=person, role=role, page_id=page) for role in sorted(wanted - held)
        )
        _refuse_without_administrator()
        record_act(
            actor=actor, verb="accounts.set_roles", subject=f"person:{person.pk}", now=now,
            detail={
                "from": sorted(held),
                "to": sorted(wanted),
                **({} if page is None else {"page": page}),
            },
        )  # fmt: skip


def switch_off(*, actor: Actor, now: datetime, person: Person) -> None:
    """Let the person in no more, at once; what they did stays, under their name.

    Raises WrongState when no active administrator would be left.
    """
    require(actor, "manage_people", page=None)
    with transaction.atomic():
        _hold_everybody()
        if _switched(person, on=False):
            PersonalLink.objects.filter(person=person).delete()
            forget_sessions(person=person)
            _refuse_without_administrator()
            record_act(
                actor=actor, verb="accounts.switch_off", subject=f"person:{person.pk}", now=now
            )
    person.is_active = False


def switch_on(*, actor: Actor, now: datetime, person: Person) -> None:
    """Let the person in again, with the roles they had."""
    require(actor, "manage_people", page=None)
    with transaction.atomic():
        _hold_everybody()
        if _switched(person, on=True):
            record_act(
                actor=actor, verb="accounts.switch_on", subject=f"person:{person.pk}", now=now
            )
    person.is_active = True


def _switched(person: Person, *, on: bool) -> bool:
    changed = Person.objects.filter(pk=person.pk, is_active=not on).update(is_active=on)
    return bool(changed)


def _hold_everybody() -> None:
    """Two administrators who take the role from each other at once must not both succeed."""
    administrators = Person.objects.filter(grants__role=Role.ADMIN, grants__page_id=None)
    list(Person.objects.select_for_update().filter(pk__in=administrators).order_by("pk"))


def _refuse_without_administrator() -> None:
    if not Person.objects.filter(
        is_active=True, grants__role=Role.ADMIN, grants__page_id=None
    ).exists():
        raise WrongState(_LAST)
