"""HTTP to addresses that outsiders wrote down: it reaches the public internet and nothing else.

A name is resolved once and the connection goes to the address that was looked at, so that a second
look-up cannot lead elsewhere. Nothing is followed, unpacked, taken from the environment or read
beyond limits of size and time.
"""

import contextlib
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpcore2

LONGEST_URL = 2000
MOST_BYTES = 64 * 1024
MOST_SECONDS = 15.0
_LOOK_UP_SECONDS = 5.0

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], list[str]]

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# What Python 3.11 calls global and is not ours to call: translation inside a network, addresses
# that carry others in them, and the hosts' own services of a large cloud.
_NEVER: tuple[Network, ...] = (
    ipaddress.IPv6Network("64:ff9b:1::/48"),
    ipaddress.IPv6Network("::/96"),
    ipaddress.IPv6Network("fec0::/10"),
    ipaddress.IPv4Network("192.0.0.0/24"),
    ipaddress.IPv4Network("192.88.99.0/24"),
    ipaddress.IPv4Network("168.63.129.16/32"),
)


class Refused(Exception):
    """We do not call this address. The text says why and is fit for the desk."""


class NotReached(Exception):
    """The other side could not be reached, or did not answer within the limits."""


@dataclass(frozen=True)
class Answered:
    """``cut`` says why the rest of the answer was not read, if it was not."""

    status: int
    headers: Mapping[str, str]
    text: str
    cut: str = ""


@dataclass(frozen=True)
class Place:
    """A machine inside one's own house that an operator named: how it is called, and how the paths
    begin that may be. Nothing else of the house is reached because of it.
    """

    scheme: str
    host: str
    port: int
    path: str = "/"

    def holds(self, url: str) -> bool:
        """Whether an address is below it, as it is written."""
        parts = urlsplit(url)
        there = (parts.scheme, (parts.hostname or "").lower(), _port_of(parts.scheme, parts.port))
        # Whatever the other side makes of dots and of what is encoded is not below the path.
        plain = self.path == "/" or not any(
            each in parts.path.lower() for each in ("/.", "//", "%", "\\")
        )
        inside = f"{parts.path or '/'}/".startswith(f"{self.path.rstrip('/')}/")
        return there == (self.scheme, self.host, self.port) and plain and inside


def places_of(text: str) -> tuple[Place, ...]:
    """Return the places of a comma-separated list like ``http://chat.internal:8065/hooks/``. Raises
    ValueError for one that is none.
    """
    found = []
    for each in filter(None, (one.strip() for one in text.split(","))):
        parts = urlsplit(each)
        host, port = (parts.hostname or "").lower(), parts.port
        if parts.scheme not in {"http", "https"} or not host or "*" in host or port == 0:
            raise ValueError(f"{each!r} does not name a machine")
        if parts.username is not None or parts.password is not None or parts.query:
            raise ValueError(f"{each!r} holds more than a machine and a path")
        literal = _literal(host)
        if literal is not None and not _is_of_the_house(literal, literal=True):
            raise ValueError(f"{each!r} is an address that is never called")
        found.append(Place(parts.scheme, host, _port_of(parts.scheme, port), parts.path or "/"))
    return tuple(found)


def _port_of(scheme: str, port: int | None) -> int:
    return port or (443 if scheme == "https" else 80)


# What networks of houses are made of (RFC 1918, RFC 4193), but for what hands out the secrets of
# machines there. Of the shared and the link-local networks nothing is anybody's own.
_HOUSES: tuple[Network, ...] = (
    ipaddress.IPv4Network("10.0.0.0/8"),
    ipaddress.IPv4Network("172.16.0.0/12"),
    ipaddress.IPv4Network("192.168.0.0/16"),
    ipaddress.IPv6Network("fc00::/7"),
)
_SECRETS: tuple[Network, ...] = (ipaddress.IPv6Network("fd00:ec2::/32"),)


def _is_of_the_house(address: Address, *, literal: bool) -> bool:
    """Whether a place that was named may be at the address: in a house's own networks or public;
    on this machine where the place is named by that address itself, or as localhost.
    """
    if any(address in each for each in _SECRETS if each.version == address.version):
        return False
    if address.is_loopback:
        return literal and address in _THIS_MACHINE
    own = any(address in each for each in _HOUSES if each.version == address.version)
    return own or is_public(address)


_THIS_MACHINE = frozenset({ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1")})


def networks_of(text: str) -> tuple[Network, ...]:
    """Return the networks of a comma-separated list. Raises ValueError for one that is none."""
    return tuple(
        ipaddress.ip_network(each.strip(), strict=False) for each in text.split(",") if each.strip()
    )


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, and all addresses it carries do too."""
    if any(address in each for each in _NEVER if each.version == address.version):
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = list(_carried(address))
        if inner:
            return all(is_public(each) for each in inner)
    return address.is_global and not address.is_multicast


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allowed: Iterable[Network] = (),
    named: Iterable[Place] = (),
    resolve: Resolve | None = None,
    seconds: float = MOST_SECONDS,
    most_bytes: int = MOST_BYTES,
    trust: ssl.SSLContext | None = None,
) -> Answered:
    """Send a body to an address from outside and return the answer, cut at the limits.

    ``allowed`` are networks inside one's own house that may be called, also without TLS; ``named``
    are single machines there. Raises Refused and NotReached.
    """
    checked_url(url, allowed=tuple(allowed), named=tuple(named))
    place = next((each for each in named if each.holds(url)), None)
    guard = _Guard(
        tuple(allowed), resolve or _looked_up, time.monotonic() + seconds, most_bytes, place
    )
    sent = [("Host", urlsplit(url).netloc.rpartition("@")[2]), ("Connection", "close"),
            ("Accept-Encoding", "identity"), *headers.items()]  # fmt: skip
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
    try:
        with (
            httpcore2.ConnectionPool(
                ssl_context=trust or _trusted(), network_backend=guard, retries=0
            ) as pool,
            pool.stream(
                "POST", url, headers=sent, content=body, extensions={"timeout": timeout}
            ) as answer,
        ):
            text, cut = _read(answer, guard)
            said = {name.decode("latin-1").lower(): value.decode("latin-1")
                     for name, value in answer.headers}  # fmt: skip
            return Answered(answer.status, said, text, cut)
    except _Limit as reached:
        raise NotReached(str(reached)) from reached
    except httpcore2.TimeoutException as late:
        raise NotReached(f"no answer within {seconds:.0f} seconds") from late
    except (
        httpcore2.NetworkError,
        httpcore2.ProtocolError,
        httpcore2.UnsupportedProtocol,
    ) as wrong:
        raise NotReached(f"the connection failed: {wrong}") from wrong
    except (OSError, ValueError) as wrong:
        raise NotReached(f"it cannot be called: {wrong}") from wrong


def checked_url(
    url: str, *, allowed: tuple[Network, ...] = (), named: tuple[Place, ...] = ()
) -> str:
    """Return the address unchanged. Raises Refused for one that is never called."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as wrong:
        raise Refused("This is not a web address.") from wrong
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise Refused(f"Write the address in ASCII without spaces, up to {LONGEST_URL} characters.")
    if parts.scheme not in {"https", "http"} or not host or port == 0:
        raise Refused("Write the address as https://hooks.company.example/…")
    if parts.username is not None or parts.password is not None:
        raise Refused("The address must not hold a user name or a password.")
    if any(each.holds(url) for each in named):
        return url
    literal = _literal(host)
    if literal is not None and not _may_call(literal, allowed):
        raise Refused(_why(literal))
    if parts.scheme == "http" and not allowed:
        raise Refused("The address must begin with https://.")
    return url


def _may_call(address: Address, allowed: tuple[Network, ...]) -> bool:
    inside = (each for each in allowed if each.version == address.version)
    return any(address in each for each in inside) or is_public(address)


def _why(address: Address) -> str:
    return (
        f"{address} is not an address on the public internet. An administrator can allow networks "
        "inside the house with AFTERWORD_HOOKS_MAY_REACH, and single machines with "
        "AFTERWORD_HOOKS_MAY_CALL."
    )


def _carried(address: ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address stands for."""
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def _literal(host: str) -> Address | None:
    """Return the address a host is, in any way of writing that a resolver would take for one."""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host.partition("%")[0])
    # 2130706433, 0x7f.1 and 127.1 are 127.0.0.1 to the C library.
    if host[:1].isdigit():
        with contextlib.suppress(OSError):
            return ipaddress.IPv4Address(socket.inet_aton(host))
    return None


_resolvers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="afterword-look-up")


def _looked_up(host: str, port: int) -> list[str]:
    """Return the addresses of a name. The system's resolver knows no limit of time; we do."""
    asked = _resolvers.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        found = asked.result(timeout=_LOOK_UP_SECONDS)
    except TookTooLong as late:
        raise NotReached(f"the name {host} could not be looked up in time") from late
    except OSError as wrong:
        raise NotReached(f"the name {host} cannot be found") from wrong
    return [str(each[4][0]) for each in found]


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Limit(Exception):
    """More bytes or seconds than we give to anybody."""


class _Guard(httpcore2.NetworkBackend):
    """Opens connections to addresses it has looked at, and counts what comes over them."""

    def __init__(
        self,
        allowed: tuple[Network, ...],
        resolve: Resolve,
        until: float,
        most_bytes: int,
        place: Place | None = None,
    ) -> None:
        self._allowed = allowed
        self._place = place
        self._resolve = resolve
        self._until = until
        # The answer's headers and TLS take their share of what the network may carry.
        self._bytes = most_bytes + 128 * 1024
        self.most_bytes = most_bytes
        self._network = httpcore2.SyncBackend()

    def left(self) -> float:
        """Return the seconds that are left. Raises _Limit when none are."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise _Limit("no whole answer in time: it was cut off")
        return left

    def count(self, found: bytes) -> bytes:
        self._bytes -= len(found)
        if self._bytes < 0:
            raise _Limit("the answer is larger than we read: it was cut off")
        return found

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        literal = _literal(host)
        found = [str(literal)] if literal is not None else self._resolve(host, port)
        addresses = [ipaddress.ip_address(each.partition("%")[0]) for each in found]
        if not addresses:
            raise NotReached(f"the name {host} has no address")
        # All of them: a name that points both ways is a trap or a mistake.
        for each in addresses:
            if not (_may_call(each, self._allowed) or self._is_named(host, port, each)):
                raise Refused(_why(each))
        stream = self._network.connect_tcp(
            str(addresses[0]), port, self.left(), local_address, socket_options
        )
        return _Stream(stream, self)

    def _is_named(self, host: str, port: int, address: Address) -> bool:
        place = self._place
        if place is None or (place.host, place.port) != (host.lower(), port):
            return False
        itself = _literal(place.host) is not None or place.host == "localhost"
        return _is_of_the_house(address, literal=itself)

    def sleep(self, seconds: float) -> None:
        raise _Limit("nothing is tried twice in one go")


class _Stream(httpcore2.NetworkStream):
    """A connection whose reading ends at the limits."""

    def __init__(self, stream: httpcore2.NetworkStream, guard: _Guard) -> None:
        self._stream = stream
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._guard.count(self._stream.read(max_bytes, self._guard.left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guard.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._guard.left())
        return _Stream(inner, self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _read(answer: httpcore2.Response, guard: _Guard) -> tuple[str, str]:
    """Return what is read of the body, and why the rest is not."""
    kept, cut = b"", ""
    try:
        for chunk in answer.iter_stream():
            kept += chunk
            if len(kept) > guard.most_bytes:
                cut = f"cut off after {guard.most_bytes // 1024} kB"
                break
            guard.left()
    except _Limit as reached:
        cut = str(reached)
    except httpcore2.TimeoutException:
        cut = "no whole answer in time: it was cut off"
    return kept[: guard.most_bytes].decode("utf-8", "replace"), cut
