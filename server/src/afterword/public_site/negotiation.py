"""Which form of a file a reader takes (``Accept-Encoding``), and which one they hold already."""

import re
from functools import lru_cache

from afterword.site_builder.forms import PACKINGS

IDENTITY = "identity"
_CODINGS = tuple(packing.coding for packing in PACKINGS)
_ALIASES = {"x-gzip": "gzip"}
_WEIGHT = re.compile(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)


@lru_cache(maxsize=256)
def accepted_codings(header: str) -> tuple[str, ...]:
    """Return the codings to send, best first; whatever remains is sent as it is.

    Higher weights go first, at equal weights the smaller form. A coding that is not named has the
    weight of ``*``, and the file as it is always remains: no reader is refused for a header.
    Browsers send a handful of values, so the answers are kept.
    """
    weights = _weights(header)
    others = weights.get("*", 0.0)
    plain = weights.get(IDENTITY, 0.0)
    taken = [
        (weights.get(coding, others), coding)
        for coding in _CODINGS
        if weights.get(coding, others) > 0
    ]
    # Stable: codings of one weight stay in the order of their size.
    ordered = sorted(taken, key=lambda each: -each[0])
    return tuple(coding for weight, coding in ordered if weight >= plain)


def is_held(asked: str, etag: str) -> bool:
    """Whether ``If-None-Match`` names the strong ETag ``etag``, or anything at all."""
    if asked == etag:
        return True
    tags = (each.strip().removeprefix("W/") for each in asked.split(","))
    return asked.strip() == "*" or etag in tags


def _weights(header: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in header.lower().split(","):
        coding, _, parameters = part.partition(";")
        name = coding.strip()
        if name:
            found[_ALIASES.get(name, name)] = _weight(parameters)
    return found


def _weight(parameters: str) -> float:
    """Return the weight; 1 where there is none, and 0 for what cannot be read."""
    if not parameters.strip():
        return 1.0
    said = _WEIGHT.fullmatch(parameters)
    return float(said[1]) if said else 0.0
