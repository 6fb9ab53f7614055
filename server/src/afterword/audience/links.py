"""Addresses that stand in mails. The token is in the path, for redirects lose what follows it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext

from afterword.kit.errors import NotFound
from afterword.kit.sealing import seal, unseal

CONFIRM_WITHIN = timedelta(days=7)
_SALT = "afterword.audience.confirm"
_WAY_OUT = "audience.way_out"


def subscribe_url() -> str:
    return f"{settings.PUBLIC_URL}/subscribe/"


def hook_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}/subscribe/hooks/{token}/"


def confirm_url(confirmation: str) -> str:
    return f"{settings.PUBLIC_URL}/subscribe/confirm/{confirmation}/"


def manage_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}/subscribe/manage/{token}/"


def unsubscribe_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}/unsubscribe/{token}/"


def way_out_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}/unsubscribe/letters/{token}/"


@dataclass(frozen=True)
class WayOut:
    """Whom the link in a letter that nothing demands takes off: the key of the page, the language
    of the letter, the address.
    """

    page: int
    language: str
    email: str

    def token(self) -> str:
        """Return what the link carries: encrypted, for an address in a link is read by many, and
        whole, for lists are deleted sooner than letters. At most ``postbox.lines.LONGEST_TOKEN``.
        """
        return seal(f"{self.page} {self.language} {self.email}", purpose=_WAY_OUT).rstrip("=")


def read_way_out(token: str) -> WayOut | None:
    """Return what the link carries, or None when it was not made here, or with another key."""
    text = unseal(token + "=" * (-len(token) % 4), purpose=_WAY_OUT)
    if text is None:
        return None
    page, language, email = text.split(" ", 2)
    return WayOut(int(page), language, email)


@dataclass(frozen=True)
class Confirmation:
    """What a confirmation link carries. ``incident`` is the one to follow, empty for the page."""

    token: str
    made: datetime
    incident: str = ""


def confirmation_of(token: str, now: datetime, incident: str = "") -> str:
    """Return what a confirmation link carries: the token, the time it was made, and the incident
    to follow if it is about one alone; signed.
    """
    followed = f".{incident}" if incident else ""
    return Signer(salt=_SALT, sep="~").sign(f"{token}.{int(now.timestamp())}{followed}")


def read_confirmation(confirmation: str) -> Confirmation | None:
    """Return what the link carries, or None when the text was not made here."""
    try:
        token, made, *incident = Signer(salt=_SALT, sep="~").unsign(confirmation).split(".", 2)
        return Confirmation(
            token, datetime.fromtimestamp(int(made), UTC), incident[0] if incident else ""
        )
    except (BadSignature, ValueError, OverflowError):
        return None


def still_confirms(made: datetime, left: datetime | None, now: datetime) -> bool:
    """Whether a link made then confirms now: for seven days, and never after its reader left."""
    return now - made <= CONFIRM_WITHIN and (left is None or made > left)


def no_such_link() -> NotFound:
    return NotFound(
        gettext(
            "This link is not valid any more. Subscribe again to get a new one: it takes one "
            "minute."
        )
    )
