"""Where a letter to a machine goes and what signs it, sealed as long as it lies in the outbox.

Whoever has either can write to other people's rooms; a copy of the database must give away neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from afterword.kit.sealing import seal, unseal

_PURPOSE = "postbox.destinations"
_URL, _SECRET = "sealed_url", "sealed_secret"


@dataclass(frozen=True)
class Destination:
    """What is posted to the ``url`` is signed with the ``secret`` (``whsec_…``), if one is set."""

    url: str
    secret: str = ""


def sealed_destination(destination: Destination) -> dict[str, str]:
    """Return what a letter's ``fill`` keeps of it."""
    kept = {_URL: seal(destination.url, purpose=_PURPOSE)}
    if destination.secret:
        kept[_SECRET] = seal(destination.secret, purpose=_PURPOSE)
    return kept


def destination_of(fill: Mapping[str, str]) -> Destination:
    """Return it from a letter's ``fill``; letters of earlier versions hold it in clear.

    Raises ValueError when it was sealed with another secret key, or when there is none.
    """
    if _URL not in fill:
        if not fill.get("url"):
            raise ValueError("the letter names no address")
        return Destination(fill["url"], fill.get("secret", ""))
    return Destination(_unsealed(fill[_URL]), _unsealed(fill[_SECRET]) if _SECRET in fill else "")


def _unsealed(text: str) -> str:
    found = unseal(text, purpose=_PURPOSE)
    if found is None:
        raise ValueError(
            "its address was sealed with another AFTERWORD_SECRET_KEY; set the key of that time"
        )
    return found
