import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import F, Prefetch, Q
from django.utils.crypto import salted_hmac

from afterword.accounts.models import (
    ApiToken,
    CodeApp,
    DeskSession,
    Passkey,
    Person,
    PersonalLink,
    RecoveryCode,
    Role,
    RoleGrant,
)
from afterword.accounts.permissions import NEEDS
from afterword.kit.asking import asked_once
from afterword.kit.errors import NotFound

LINK_GONE = (
    "This link was used, has run out, or was replaced by a newer one. Ask an administrator for "
    "another; it takes them a minute."
)


def person_by_email(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email.strip()).first()


def names_by_id(ids: set[int]) -> dict[int, str]:
    """Return the display name of each person in the set."""
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))


@asked_once
def people_who_may(act: str, *, page: int) -> list[Person]:
    """Return the active people whose roles on the page allow the act, by name.

    Raises KeyError for an act that the table does not know.
    """
    grants = RoleGrant.objects.filter(
        Q(page_id=None) | Q(page_id=page), role__in={*NEEDS[act], Role.ADMIN}
    )
    found = Person.objects.filter(is_active=True, grants__in=grants)
    return list(found.distinct().order_by("name", "pk"))


def people_called(name: str, *, page: int) -> list[Person]:
    """Return the active people with a role on the page whose name or address this is."""
    grants = RoleGrant.objects.filter(Q(page_id=None) | Q(page_id=page))
    found = Person.objects.filter(
        Q(name__iexact=name) | Q(email__iexact=name), is_active=True, grants__in=grants
    )
    return list(found.distinct().order_by("name", "pk"))


def all_names() -> list[str]:
    """Return the name of everybody who has or had an account here."""
    return list(Person.objects.order_by("name").values_list("name", flat=True))


@asked_once
def holds_role(role: str, *, page: int) -> bool:
    """Whether anybody who is active holds the role on the page."""
    grants = RoleGrant.objects.filter(Q(page_id=None) | Q(page_id=page), role=role)
    return grants.filter(person__is_active=True).exists()


def everybody() -> list[Person]:
    """Return every person with their grants, those who may come in first, by name."""
    grants = Prefetch("grants", RoleGrant.objects.order_by("role"))
    return list(Person.objects.prefetch_related(grants).order_by("-is_active", "name", "pk"))


def person_by_id(person_id: int) -> Person:
    """Return the person. Raises NotFound."""
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise NotFound("There is no such person here.")
    return found


def waiting_for(now: datetime) -> dict[int, datetime]:
    """Return until when the link of each person holds who has not followed theirs."""
    links = PersonalLink.objects.filter(expires_at__gt=now)
    return dict(links.values_list("person_id", "expires_at"))


def sessions_of(person: Person, now: datetime) -> list[DeskSession]:
    """Return the browsers the person is signed in with, the last one used first."""
    found = DeskSession.objects.filter(person=person, expire_date__gt=now)
    return list(found.order_by(F("seen_at").desc(nulls_last=True), "session_key"))


@dataclass(frozen=True)
class SecondSteps:
    """What somebody has besides the password."""

    app_since: datetime | None
    passkeys: list[Passkey]
    codes_left: int

    @property
    def asked_for(self) -> bool:
        """Whether the password alone is not enough."""
        return self.app_since is not None or bool(self.passkeys)


def second_steps_of(person: Person) -> SecondSteps:
    app = CodeApp.objects.filter(person=person).exclude(confirmed_at=None).first()
    return SecondSteps(
        app.confirmed_at if app else None,
        list(Passkey.objects.filter(person=person).order_by("made_at", "pk")),
        RecoveryCode.objects.filter(person=person).count(),
    )


def lacks_second_step(person: Person, roles: Collection[str]) -> bool:
    """Whether somebody with these roles has to have a second step here and has none."""
    wanted: frozenset[str] = settings.SECOND_STEP_FOR
    if not wanted or ("everybody" not in wanted and wanted.isdisjoint(roles)):
        return False
    app = CodeApp.objects.filter(person=person).exclude(confirmed_at=None)
    return not (app.exists() or Passkey.objects.filter(person=person).exists())


def tidied_code(code: str) -> str:
    """Return a code as it was shown: without what people put between the figures."""
    return "".join(sign for sign in code.upper() if sign.isalnum())[:40]


def recovery_hash(person: Person, code: str) -> str:
    """Return what is kept of a recovery code; keyed, for 50 bits can be guessed without."""
    made = salted_hmac(
        "afterword.recovery-code", f"{person.pk}:{tidied_code(code)}", algorithm="sha256"
    )
    return made.hexdigest()


def link_of(token: str, now: datetime) -> PersonalLink:
    """Return the link that a token stands for, with its person. Raises NotFound unless it holds."""
    found = (
        PersonalLink.objects.select_related("person")
        .filter(token_hash=hash_of(token), expires_at__gt=now, person__is_active=True)
        .first()
    )
    if found is None:
        raise NotFound(LINK_GONE)
    return found


def hash_of(token: str) -> str:
    """Return what is kept of a token. It is random, so that a plain hash cannot be guessed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def tokens_of(page: int) -> list[ApiToken]:
    """Return the tokens of a page (its key), the newest first, those that were ended too."""
    found = ApiToken.objects.filter(page_id=page).select_related("made_by")
    return list(found.order_by("-pk")[:200])
