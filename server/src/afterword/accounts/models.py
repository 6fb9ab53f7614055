from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import salted_hmac


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in to the desk. The e-mail address is the sign-in name."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    came_from: str = ""
    """The network address of the request this person acts through; the desk sets it."""
    device: str = ""
    """A short name of the browser and system of that request; the desk sets it."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name written into audit entries and shown beside acts."""
        return f"{self.name} <{self.email}>"


class Role(models.TextChoices):
    """What a person may do on a page, or on every page. A person may hold several."""

    RESPONDER = "responder", "Responder"
    WRITER = "writer", "Writer"
    REVIEWER = "reviewer", "Reviewer"
    LEGAL = "legal", "Legal"
    PUBLISHER = "publisher", "Publisher"
    INVESTIGATOR = "investigator", "Investigator (postmortems)"
    ADMIN = "admin", "Administrator"


class RoleGrant(models.Model):
    """A role somebody holds on one page, or (None) on every page there is and will be.

    ``page_id`` is the page's key and no foreign key: pages belong to a room above this one.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    page_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "role"),
                condition=models.Q(page_id=None),
                name="one_grant_per_role",
            ),
            models.UniqueConstraint(
                fields=("person", "role", "page_id"), name="one_grant_per_role_and_page"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class LinkKind(models.TextChoices):
    """What a one-time link is for."""

    WELCOME = "welcome", "First password"
    RECOVERY = "recovery", "New password"


class PersonalLink(models.Model):
    """A link with which one person chooses a password, once. Only the token's hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=20, choices=LinkKind.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class SignInTry(models.Model):
    """One try to sign in that failed, or is being made, under a key for its address or network.

    ``key`` is a keyed hash: people type passwords into the wrong field, and nothing typed is kept.
    """

    key = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = (models.Index(fields=("key", "at")),)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.at}"


class DeskSession(AbstractBaseSession):
    """A browser that Afterword knows, and who is signed in there (None: nobody yet).

    The columns are copied out of the session's data whenever it is saved; ``accounts.sessions``
    does it. ``session_key`` is the cookie itself, so pages name a session by its ``handle``.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sessions", null=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id} {self.device}"

    @property
    def handle(self) -> str:
        """A name for the session that opens nothing."""
        made = salted_hmac("afterword.session", self.session_key, algorithm="sha256")
        return made.hexdigest()[:32]


class CodeApp(models.Model):
    """The app that makes somebody's codes. Asked for from ``confirmed_at`` on; one a person.

    ``last_step`` is the newest step a code was taken of: no code works twice.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="code_app")
    sealed_secret = models.CharField(max_length=400)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.person_id}"


class RecoveryCode(models.Model):
    """A code for when app and passkeys are out of reach. Works once; only a keyed hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.person_id}"


class Passkey(models.Model):
    """A WebAuthn credential. ``credential`` is its attested data: id, kind and public key.

    ``sign_count`` is what the authenticator counted at its last use; zero where it counts nothing.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.CharField(max_length=1400, unique=True)
    credential = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class SignOn(models.Model):
    """Whom a single sign-on provider means by one of its subjects. One a person and provider."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ons")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("issuer", "subject"), name="one_person_per_subject"),
            models.UniqueConstraint(fields=("person", "issuer"), name="one_subject_per_person"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.issuer}"


class Scope(models.TextChoices):
    """What a token is for. What each may do: ``accounts.permissions.OF_SCOPE``."""

    CUSTOMERS = "customers", "Bring in customers and contacts"
    BOUNCES = "bounces", "Report mail that came back"


class ApiToken(models.Model):
    """A key with which a program acts on one page, as far as its scope and its maker may.

    Only a hash of it is kept. ``minute`` and ``times`` count what it was used for in the newest
    minute (since 1970). ``page_id`` is the page's key: pages belong to a room above this one.
    """

    page_id = models.BigIntegerField()
    name = models.CharField(max_length=60)
    scope = models.CharField(max_length=20, choices=Scope.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    minute = models.BigIntegerField(default=0)
    times = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"token {self.pk}"
