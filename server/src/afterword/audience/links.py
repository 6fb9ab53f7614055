"""Addresses that stand in mails. The token is in the path, for redirects lose what follows it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext

from afterword.kit.errors import NotFound

CONFIRM_WITHIN = timedelta(days=7)
_SALT = "afterword.audience.confirm"


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
