"""One spelling per e-mail address, and header values that cannot start a new line."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext

from afterword.kit.errors import BadInput

LONGEST_ADDRESS = 254
# What stands in the place of an address that was deleted; no address begins like this.
FORGOTTEN = "forgotten:"
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ue000-\uf8ff]")


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


def one_line(text: str, longest: int) -> str:
    """Return the text as one header-safe line: no line breaks, control or direction marks.

    A longer text is cut at ``longest`` characters, the last being an ellipsis.
    """
    flat = _INVISIBLE.sub("", _BREAKS.sub(" ", text)).strip()
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"
