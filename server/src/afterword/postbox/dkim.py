"""Signs mail as RFC 6376 asks, with RSA or Ed25519 (RFC 8463), where the relay does not do it.

The body of each letter is its reader's own, so each is signed by itself, once its bytes are final.
Knows no Django.
"""

import base64
import hashlib
import re
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

_SIGNED = (
    b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"content-type",
    b"list-id", b"list-unsubscribe", b"list-unsubscribe-post", b"auto-submitted", b"precedence",
)  # fmt: skip
# Named once more than they occur: a second one, put in on the way, breaks the signature.
_ONCE_ONLY = (b"from", b"to", b"subject", b"date", b"message-id", b"list-unsubscribe")
_SPACES = re.compile(rb"[ \t]+")
_LINE = 72
SMALLEST_RSA = 1024


@dataclass(frozen=True)
class SigningKey:
    """A private key (PEM), the domain it signs for, and the name its public half stands under in
    the DNS: ``<selector>._domainkey.<domain>``.
    """

    domain: str
    selector: str
    pem: str


class Signer:
    """Puts a DKIM-Signature before a mail. Raises ValueError for a key that cannot sign."""

    def __init__(self, key: SigningKey) -> None:
        self._key = _private(key.pem)
        kind = b"rsa" if isinstance(self._key, RSAPrivateKey) else b"ed25519"
        domain, selector = key.domain.encode("ascii"), key.selector.encode("ascii")
        self._opening = b"DKIM-Signature: v=1; a=%s-sha256; c=relaxed/simple;\r\n" % kind
        self._opening += b" d=%s; s=%s;\r\n h=" % (domain, selector)

    def signed(self, mail: bytes) -> bytes:
        """Return the mail with its signature; the same mail gives the same bytes each time.

        The mail has CRLF line ends and ends in one.
        """
        head, _, body = mail.partition(b"\r\n\r\n")
        found = _relaxed_headers(head + b"\r\n")
        named = [name for name in _SIGNED if name in found]
        covered = b"".join(found[name] for name in named)
        names = b":\r\n ".join([*named, *(name for name in _ONCE_ONLY if name in found)])
        print_of_body = base64.b64encode(hashlib.sha256(_simple(body)).digest())
        header = self._opening + names + b";\r\n bh=" + print_of_body + b";\r\n b="
        (own,) = _relaxed_headers(header + b"\r\n").values()
        signature = base64.b64encode(self._sign(covered + own.removesuffix(b"\r\n")))
        folded = b"\r\n ".join(signature[at : at + _LINE] for at in range(0, len(signature), _LINE))
        return b"".join((header, folded, b"\r\n", mail))

    def _sign(self, text: bytes) -> bytes:
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(text, PKCS1v15(), SHA256())
        return self._key.sign(hashlib.sha256(text).digest())


def public_record(pem: str) -> str:
    """Return what the DNS has to say (TXT) so that others can check signatures of the key."""
    public = _private(pem).public_key()
    if isinstance(_private(pem), RSAPrivateKey):
        raw, kind = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo), "rsa"
    else:
        raw, kind = public.public_bytes(Encoding.Raw, PublicFormat.Raw), "ed25519"
    return f"v=DKIM1; k={kind}; p={base64.b64encode(raw).decode('ascii')}"


def _private(pem: str) -> RSAPrivateKey | Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), None)
    except (ValueError, TypeError) as wrong:
        raise ValueError("it is no private key in PEM without a password") from wrong
    if isinstance(key, RSAPrivateKey) and key.key_size >= SMALLEST_RSA:
        return key
    if isinstance(key, Ed25519PrivateKey):
        return key
    raise ValueError("it must be RSA with 2048 bits (1024 at least), or Ed25519")


def _relaxed_headers(head: bytes) -> dict[bytes, bytes]:
    """Return the headers by lower-case name, each as RFC 6376, 3.4.2 has it. Ours occur once."""
    found = {}
    for line in head.replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ").split(b"\r\n"):
        name, colon, value = line.partition(b":")
        if colon:
            name = name.strip().lower()
            found[name] = name + b":" + _SPACES.sub(b" ", value).strip() + b"\r\n"
    return found


def _simple(body: bytes) -> bytes:
    """Return the body with one line end after its last line (RFC 6376, 3.4.3)."""
    while body.endswith(b"\r\n\r\n"):
        body = body.removesuffix(b"\r\n")
    return body if body.endswith(b"\r\n") else body + b"\r\n"
