"""Small secrets that have to be read again, kept so that a copy of the database alone is no use."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(text: str, *, purpose: str) -> str:
    """Return the text encrypted with a key made of the installation's secret key."""
    return seal_bytes(text.encode(), purpose=purpose)


def unseal(sealed: str, *, purpose: str) -> str | None:
    """Return the text again; None when it was sealed with another key or for another purpose."""
    raw = unseal_bytes(sealed, purpose=purpose)
    return None if raw is None else raw.decode()


def seal_bytes(raw: bytes, *, purpose: str) -> str:
    """Return bytes encrypted as ``seal`` encrypts a text."""
    return _box(purpose, settings.SECRET_KEY).encrypt(raw).decode("ascii")


def unseal_bytes(sealed: str, *, purpose: str) -> bytes | None:
    """Return the bytes again, or None, as ``unseal`` does."""
    try:
        return _box(purpose, settings.SECRET_KEY).decrypt(sealed.encode())
    except InvalidToken:
        return None


def _box(purpose: str, secret: str) -> Fernet:
    made = salted_hmac(f"afterword.sealed.{purpose}", "", secret=secret, algorithm="sha256")
    return Fernet(base64.urlsafe_b64encode(made.digest()))
