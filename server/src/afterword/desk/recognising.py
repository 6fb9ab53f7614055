"""Addresses as they are shown to who may not see them whole."""

import re

from afterword.postbox.addresses import FORGOTTEN

GONE = "address deleted"
_ADDRESS = re.compile(r"[^\s<>@:;,\"']+@[^\s<>@:;,\"']+")


def shown_address(address: str, sees_all: bool) -> str:
    """Return the address, or enough of it to recognise: ``n…@fernway.example``."""
    if address.startswith(FORGOTTEN):
        return GONE
    if sees_all:
        return address
    return recognisable(address, "…")


def shown_answer(answer: str, sees_all: bool) -> str:
    """Return what a mail server answered; such answers like to repeat the address."""
    if sees_all:
        return answer
    return _ADDRESS.sub(lambda found: recognisable(found[0], "…"), answer)


def recognisable(address: str, gap: str) -> str:
    """Return enough of an address to recognise it, with ``gap`` for what is left out."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}{gap}{at}{domain}"
