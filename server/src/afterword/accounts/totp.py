"""Codes of six figures that an app makes of a shared secret and the time (RFC 6238, SHA-1, 30 s).

These parameters are the only ones that every authenticator app understands.
"""

import base64
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote, urlencode

PERIOD = 30
DIGITS = 6
TOLERANCE = 1
"""Steps that a phone's clock may be off, either way: 30 seconds."""


def new_secret() -> str:
    """Return 160 random bits in base32, as apps and people take them."""
    return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def code_at(secret: str, step: int) -> str:
    """Return the code of a step: the number of periods since 1970 (RFC 4226, section 5.3)."""
    made = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    at = made[-1] & 0x0F
    number = int.from_bytes(made[at : at + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the step around ``now`` whose code this is; None for a code of no such step."""
    here = int(now.timestamp()) // PERIOD
    steps = range(here - TOLERANCE, here + TOLERANCE + 1)
    found = [
        step for step in steps if hmac.compare_digest(code_at(secret, step).encode(), code.encode())
    ]
    return found[-1] if found else None


def key_uri(secret: str, *, account: str, issuer: str) -> str:
    """Return the address that an app reads out of the square picture."""
    issuer = issuer.replace(":", " ")
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?{query}"
