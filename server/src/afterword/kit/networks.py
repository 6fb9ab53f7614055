"""Which network a request came from, for limits only."""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any


def network_of(meta: Mapping[str, Any]) -> str:
    """Return the IPv4 address, or the IPv6 /64, a request came from; empty when unknown.

    ``meta`` is the request's WSGI environment. Behind a proxy of ours (the direct neighbour has a
    private address) it is the last address the proxy noted. A neighbour that forges the note only
    fools a limit.
    """
    direct = _address(str(meta.get("REMOTE_ADDR", "")))
    if direct is None:
        return ""
    if not direct.is_global:
        noted = str(meta.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2]
        direct = _address(noted) or direct
    if isinstance(direct, IPv6Address):
        return str(ip_network((direct, 64), strict=False))
    return str(direct)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip().rpartition("%")[0] or text.strip())
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
