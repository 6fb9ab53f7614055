"""One spelling per e-mail address."""

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext

from afterword.kit.errors import BadInput

LONGEST_ADDRESS = 254
# What stands in the place of an address that was deleted; no address begins like this.
FORGOTTEN = "forgotten:"


def forgotten(address: str) -> str:
    """Return what stands for an address that was deleted: a keyed hash, the same each time."""
    if address.startswith(FORGOTTEN):
        return address
    key = key_from("afterword.postbox.forgotten", settings.SECRET_KEY)
    return FORGOTTEN + hmac.digest(key, address.encode(), "sha256").hex()


@lru_cache(maxsize=8)
def key_from(salt: str, secret: str) -> bytes:
    """Return what Django's ``salted_hmac`` signs with; it makes it anew for each address."""
    return hashlib.sha256(salt.encode() + secret.encode()).digest()


def normalised_address(text: str) -> str:
    """Return the address in lower case with an ASCII domain, ready for SMTP.

    Raises BadInput when the text is no address, is over 254 characters, or cannot be written in
    ASCII (mail servers without SMTPUTF8 would refuse it).
    """
    address = text.strip()
    local, at, domain = address.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii") if at else ""
        plain = f"{local}@{ascii_domain}".lower()
        plain.encode("ascii")
        if len(plain) > LONGEST_ADDRESS:
            raise ValidationError("too long")
        validate_email(plain)
    except (UnicodeError, ValidationError) as wrong:
        raise BadInput(
            gettext(
                "This is not an e-mail address we can send to. Write it as name@company.example."
            ),
            {"email": "not a usable address"},
        ) from wrong
    return plain
