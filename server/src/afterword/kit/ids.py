"""Public ids: short, lower-case, unguessable, safe in addresses and file names."""

import re
import secrets

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
PUBLIC_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")


def new_public_id() -> str:
    """Return 12 characters of [0-9a-z], the shape Statuspage clients expect (62 bits)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def new_token() -> str:
    """Return 43 URL-safe characters (256 bits) for links that act without sign-in."""
    return secrets.token_urlsafe(32)


def is_token(text: str) -> bool:
    """Whether a text from an address could be a token. PostgreSQL does not look for any text."""
    return _TOKEN.fullmatch(text) is not None


def is_public_id(text: str) -> bool:
    """Whether the text may be used as a public id (and so as a folder name of the site)."""
    return PUBLIC_ID.fullmatch(text) is not None
