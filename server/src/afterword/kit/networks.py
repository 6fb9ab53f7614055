"""Where a request came from: its network for limits, its address for the audit log."""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any


def network_of(meta: Mapping[str, Any]) -> str:
    """Return the IPv4 address, or the IPv6 /64, a request came from; empty when unknown.

    ``meta`` is the request's WSGI environment.
    """
    found = _origin(meta)
    if isinstance(found, IPv6Address):
        return str(ip_network((found, 64), strict=False))
    return str(found or "")


def address_of(meta: Mapping[str, Any]) -> str:
    """Return the address a request came from; empty when unknown."""
    return str(_origin(meta) or "")


def _origin(meta: Mapping[str, Any]) -> IPv4Address | IPv6Address | None:
    """Behind a proxy of ours (the direct neighbour has a private address) it is the last address
    the proxy noted. A neighbour that forges the note fools a limit and a line of the log.
    """
    direct = _address(str(meta.get("REMOTE_ADDR", "")))
    if direct is None or direct.is_global:
        return direct
    noted = str(meta.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2]
    return _address(noted) or direct


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip().rpartition("%")[0] or text.strip())
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
