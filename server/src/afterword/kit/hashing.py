"""Hashes that bind: of texts, of records, of chains. SHA-256, hexadecimal, 64 characters."""

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys and no spaces: equal values give equal bytes.

    Raises TypeError for values JSON cannot hold and ValueError for NaN or infinity.
    """
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def sha256_of_text(text: str) -> str:
    """Return the hexadecimal SHA-256 of the text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sha256_of_json(value: Any) -> str:
    """Return the hexadecimal SHA-256 of the canonical JSON of the value."""
    return sha256_of_text(canonical_json(value))


def chained(previous: str, value: Any) -> str:
    """Return the hash of a value that also commits to everything before it."""
    return sha256_of_text(previous + "\n" + canonical_json(value))
