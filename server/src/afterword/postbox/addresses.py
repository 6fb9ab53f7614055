"""One spelling per e-mail address."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from afterword.kit.errors import BadInput

LONGEST_ADDRESS = 254
# What stands in the place of an address that was deleted; no address begins like this.
FORGOTTEN = "forgotten:"


def forgotten(address: str) -> str:
    """Return what stands for an address that was deleted: a keyed hash, the same each time."""
    if address.startswith(FORGOTTEN):
        return address
    digits = salted_hmac("afterword.postbox.forgotten", address, algorithm="sha256").hexdigest()
    return FORGOTTEN + digits


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
