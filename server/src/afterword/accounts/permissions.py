"""Which role each act needs. One table, read by every verb's first line.

Roles are held on a page or on every page, so every question names the page an act is about, by its
key; None is for acts that are about none (people, new pages), and only roles on every page count.
What the table does not give is refused.
"""

from dataclasses import dataclass
from typing import Protocol

from afterword.accounts.models import ApiToken, Person, Role, RoleGrant, Scope
from afterword.kit.asking import asked_once
from afterword.kit.errors import NotAllowed

NEEDS: dict[str, frozenset[Role]] = {
    "run_incident": frozenset({Role.RESPONDER}),
    "edit_record": frozenset({Role.RESPONDER, Role.WRITER}),
    "decide": frozenset({Role.WRITER, Role.PUBLISHER}),
    "write": frozenset({Role.WRITER, Role.RESPONDER}),
    "review": frozenset({Role.REVIEWER, Role.LEGAL}),
    # Who answers for publishing approves too, where the worst asks for it.
    "approve": frozenset({Role.REVIEWER, Role.LEGAL, Role.PUBLISHER}),
    "remark": frozenset({Role.RESPONDER, Role.WRITER, Role.REVIEWER, Role.LEGAL, Role.PUBLISHER}),
    "publish": frozenset({Role.PUBLISHER}),
    "hold_case": frozenset({Role.REVIEWER, Role.LEGAL, Role.PUBLISHER}),
    "stop_departure": frozenset(
        {Role.RESPONDER, Role.WRITER, Role.REVIEWER, Role.LEGAL, Role.PUBLISHER}
    ),
    # Whoever sees that a text is wrong may keep the rest of its letters from leaving.
    "stop_letters": frozenset(
        {Role.RESPONDER, Role.WRITER, Role.REVIEWER, Role.LEGAL, Role.PUBLISHER}
    ),
    "send_letters": frozenset({Role.PUBLISHER}),
    "override": frozenset({Role.REVIEWER, Role.PUBLISHER}),
    "promise": frozenset({Role.WRITER}),
    "plan_follow_up": frozenset({Role.WRITER, Role.PUBLISHER}),
    "postmortem": frozenset({Role.INVESTIGATOR}),
    "read_evidence": frozenset({Role.LEGAL, Role.PUBLISHER}),
    "manage_audience": frozenset({Role.PUBLISHER}),
    "report_bounces": frozenset({Role.PUBLISHER}),
    "administer": frozenset(),
    "manage_people": frozenset(),
}
OF_NO_PAGE = frozenset({"manage_people"})
"""Acts for which only roles on every page count: whoever gives roles could give themselves all."""


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

OF_SCOPE: dict[str, frozenset[str]] = {
    Scope.CUSTOMERS: frozenset({"manage_audience"}),
    Scope.BOUNCES: frozenset({"report_bounces"}),
}
"""The acts a token of each scope opens, if its maker may do them too."""


@dataclass(frozen=True)
class Bearer:
    """A program that came with a token. The log names the token and whose it is."""

    token: ApiToken

    @property
    def id(self) -> int:
        return self.token.made_by_id

    @property
    def label(self) -> str:
        return f"{self.token.made_by.name} (token {self.token.name})"


def roles_of(person: Person, *, page: int | None) -> frozenset[str]:
    """Return the roles the person holds on the page: those given for it, and those for every page.

    An inactive person holds none.
    """
    return frozenset(role for role, on in _grants_of(person) if on is None or on == page)


@asked_once
def _grants_of(person: Person) -> frozenset[tuple[str, int | None]]:
    """Return each role of an active person with its page, None for every page."""
    if not person.is_active:
        return frozenset()
    return frozenset(RoleGrant.objects.filter(person=person).values_list("role", "page_id"))


def may(actor: Actor, act: str, *, page: int | None) -> bool:
    """Whether the actor may do the act on the page. Administrators may do everything there.

    Raises KeyError for an act that the table does not know.
    """
    needed = NEEDS[act]
    if isinstance(actor, Machine):
        return act != "review"
    if isinstance(actor, Bearer):
        opened = act in OF_SCOPE.get(actor.token.scope, ())
        return opened and page == actor.token.page_id and may(actor.token.made_by, act, page=page)
    if not isinstance(actor, Person):
        return False
    held = roles_of(actor, page=None if act in OF_NO_PAGE else page)
    return Role.ADMIN in held or bool(needed & held)


def acts_of(person: Person, *, page: int | None) -> dict[str, bool]:
    """Return, for every act of the table, whether the person may do it on the page. One query."""
    grants = _grants_of(person)
    everywhere = {role for role, on in grants if on is None}
    here = everywhere | {role for role, on in grants if on == page}
    held = {act: everywhere if act in OF_NO_PAGE else here for act in NEEDS}
    return {act: Role.ADMIN in held[act] or bool(need & held[act]) for act, need in NEEDS.items()}


def require(actor: Actor, act: str, *, page: int | None) -> None:
    """Raise NotAllowed, naming the roles that would do, unless the actor may do the act."""
    if not may(actor, act, page=page):
        wanted = " or ".join(sorted(r.label for r in NEEDS[act] | {Role.ADMIN}))
        raise NotAllowed(
            f"This needs the role {wanted}. Ask an administrator, or someone who holds it."
        )
