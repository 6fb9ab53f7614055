"""Which role each act needs. One table, read by every verb's first line."""

from dataclasses import dataclass
from typing import Protocol

from afterword.accounts.models import Person, Role, RoleGrant
from afterword.kit.errors import NotAllowed

NEEDS: dict[str, frozenset[Role]] = {
    "run_incident": frozenset({Role.RESPONDER}),
    "edit_record": frozenset({Role.RESPONDER, Role.WRITER}),
    "decide": frozenset({Role.WRITER, Role.PUBLISHER}),
    "write": frozenset({Role.WRITER, Role.RESPONDER}),
    "review": frozenset({Role.REVIEWER}),
    "publish": frozenset({Role.PUBLISHER}),
    "override": frozenset({Role.REVIEWER, Role.PUBLISHER}),
    "promise": frozenset({Role.WRITER}),
    "plan_follow_up": frozenset({Role.WRITER, Role.PUBLISHER}),
    "postmortem": frozenset({Role.INVESTIGATOR}),
    "manage_audience": frozenset({Role.PUBLISHER}),
    "administer": frozenset(),
}


class Actor(Protocol):
    """Whoever acts: a ``Person``, or ``MACHINE``."""

    @property
    def id(self) -> int | None: ...

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Machine:
    """Afterword itself: the importer, the worker, the demo. It may do everything but approve."""

    id: None = None
    label: str = "Afterword"


MACHINE = Machine()


def roles_of(person: Person) -> frozenset[str]:
    """Return the roles the person holds; an inactive person holds none."""
    if not person.is_active:
        return frozenset()
    return frozenset(RoleGrant.objects.filter(person=person).values_list("role", flat=True))


def may(actor: Actor, act: str) -> bool:
    """Whether the actor may do the act. Administrators may do everything.

    Raises KeyError for an act that the table does not know.
    """
    needed = NEEDS[act]
    if isinstance(actor, Machine):
        return act != "review"
    if not isinstance(actor, Person):
        return False
    held = roles_of(actor)
    return Role.ADMIN in held or bool(needed & held)


def require(actor: Actor, act: str) -> None:
    """Raise NotAllowed, naming the roles that would do, unless the actor may do the act."""
    if not may(actor, act):
        wanted = " or ".join(sorted(r.label for r in NEEDS[act] | {Role.ADMIN}))
        raise NotAllowed(
            f"This needs the role {wanted}. Ask an administrator, or someone who holds it."
        )
