"""Checks DKIM signatures (RFC 6376, RFC 8463) from the bytes of a mail, sharing nothing with what
makes them. A published signature shows that it reads them right.
"""

import base64
import hashlib
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_public_key,
)


def pem_of(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


NEW_KEY = pem_of(rsa.generate_private_key(public_exponent=65537, key_size=2048))
NEW_SMALL_KEY = pem_of(ed25519.Ed25519PrivateKey.generate())


def tags_of(text: str) -> dict[str, str]:
    pairs = (each.split("=", 1) for each in text.split(";") if "=" in each)
    return {name.strip(): re.sub(r"\s+", "", value) for name, value in pairs}


def fields_of(mail: bytes) -> list[tuple[str, str]]:
    """Return the header fields from the top, unfolded by the line that follows each."""
    found: list[str] = []
    for line in mail[: mail.index(b"\r\n\r\n")].decode("latin-1").split("\r\n"):
        if line[:1] in {" ", "\t"}:
            found[-1] += "\r\n" + line
        else:
            found.append(line)
    return [(name, value) for name, _, value in (each.partition(":") for each in found)]


def holds(mail: bytes, record: str) -> bool:
    """Whether the mail's first signature is that of the key in the DNS record."""
    fields = fields_of(mail)
    (at, raw), *_ = [(n, v) for n, (k, v) in enumerate(fields) if k.lower() == "dkim-signature"]
    tags = tags_of(raw)
    head, _, body = tags["c"].partition("/")
    assert head == "relaxed"
    content = mail[mail.index(b"\r\n\r\n") + 4 :]
    if base64.b64encode(hashlib.sha256(_body(content, body)).digest()).decode() != tags["bh"]:
        return False
    rest = {}
    for name, value in fields[:at] + fields[at + 1 :]:
        rest.setdefault(name.strip().lower(), []).append(value)
    covered = ""
    for name in tags["h"].lower().split(":"):
        if rest.get(name):
            covered += f"{name}:{_relaxed(rest[name].pop())}\r\n"
    covered += "dkim-signature:" + _relaxed(re.sub(r"(\bb=)[^;]*", r"\1", raw))
    return _is_signed(covered.encode("latin-1"), tags, tags_of(record)["p"])


def _is_signed(text: bytes, tags: dict[str, str], public: str) -> bool:
    key, signature = base64.b64decode(public), base64.b64decode(tags["b"])
    try:
        if tags["a"] == "ed25519-sha256":
            found = ed25519.Ed25519PublicKey.from_public_bytes(key)
            found.verify(signature, hashlib.sha256(text).digest())
        else:
            known = load_der_public_key(key)
            assert isinstance(known, rsa.RSAPublicKey)
            known.verify(signature, text, padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def _relaxed(value: str) -> str:
    return re.sub(r"[ \t]+", " ", value.replace("\r\n", "")).strip(" \t")


def _body(body: bytes, how: str) -> bytes:
    lines = body.split(b"\r\n")
    if how == "relaxed":
        lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" \t") for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines) or (b"" if how == "relaxed" else b"\r\n")
