"""Addresses that stand in mails. The token is in the path, for redirects lose what follows it."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext

from afterword.kit.errors import NotFound

CONFIRM_WITHIN = timedelta(days=7)
_SALT = "afterword.audience.confirm"


def subscribe_url() -> str:
    return f"{settings.PUBLIC_URL}/subscribe/"


def confirm_url(confirmation: str) -> str:
    return f"{settings.PUBLIC_URL}/subscribe/confirm/{confirmation}/"


def manage_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}/subscribe/manage/{token}/"


def unsubscribe_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}/unsubscribe/{token}/"


def confirmation_of(token: str, now: datetime) -> str:
    """Return what a confirmation link carries: the token and the time it was made, signed."""
    return Signer(salt=_SALT, sep="~").sign(f"{token}.{int(now.timestamp())}")


def read_confirmation(confirmation: str) -> tuple[str, datetime] | None:
    """Return (token, when it was made), or None when the text was not made here."""
    try:
        token, _, made = Signer(salt=_SALT, sep="~").unsign(confirmation).rpartition(".")
        return token, datetime.fromtimestamp(int(made), UTC)
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
