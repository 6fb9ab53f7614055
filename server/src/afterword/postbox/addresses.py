"""One spelling per e-mail address."""

import hashlib
import hmac
from functools import lru_cache

import idna
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext

from afterword.kit.errors import BadInput

NOT_USABLE = "not a usable address"
LONGEST_ADDRESS = 254
# RFC 5321, 4.5.3.1.1.
LONGEST_LOCAL = 64
# Django would let "localhost" through.
_VALID = EmailValidator(allowlist=[])
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

    A domain in other letters is written as today's registries write it (IDNA 2008, as UTS 46 reads
    it): ``straße.example`` is another domain than ``strasse.example``, and has another owner.

    Raises BadInput when the text is no address, is over 254 characters or has over 64 before the @,
    cannot be written in ASCII (mail servers without SMTPUTF8 would refuse it), or when what follows
    the @ is no name on the internet: an address of a machine, or a name without a dot.
    """
    address = text.strip()
    local, at, domain = address.rpartition("@")
    try:
        plain = f"{local}@{_ascii_domain(domain)}".lower() if at else ""
        plain.encode("ascii")
        if len(plain) > LONGEST_ADDRESS:
            raise ValidationError("too long")
        _refuse_unreachable(local, plain.rpartition("@")[2])
        _VALID(plain)
    except (UnicodeError, ValidationError) as wrong:
        raise BadInput(
            gettext(
                "This is not an e-mail address we can send to. Write it as name@company.example."
            ),
            {"email": NOT_USABLE},
        ) from wrong
    return plain


def known_address(text: str) -> str:
    """Return the spelling under which an address may be stored here: the one of today, else what
    was typed in lower case, for earlier versions took addresses that are refused now.
    """
    try:
        return normalised_address(text)
    except BadInput:
        return text.strip().lower()


@lru_cache(maxsize=4096)
def _ascii_domain(domain: str) -> str:
    """Return the domain in ASCII. Raises UnicodeError for one that cannot be registered."""
    return domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")


def _refuse_unreachable(local: str, domain: str) -> None:
    """Raise BadInput, saying why, for what is an address somewhere and not on the internet."""
    if len(local) > LONGEST_LOCAL:
        raise BadInput(
            gettext("The part before the @ is longer than the 64 characters that mail allows."),
            {"email": "more than 64 characters before the @"},
        )
    last = domain.rpartition(".")[2]
    if domain.startswith("[") or (domain and (last == domain or last.isdigit())):
        raise BadInput(
            gettext(
                "After the @ we need a domain name on the internet, as in name@company.example; "
                "“%(domain)s” is none."
            )
            % {"domain": domain[:80]},
            {"email": "after the @ there is no domain name on the internet"},
        )
