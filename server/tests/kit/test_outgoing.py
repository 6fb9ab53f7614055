"""Calls to addresses that outsiders wrote down, and where they must never lead."""

import contextlib
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from unittest import mock

import pytest

from afterword.kit.outgoing import (
    NotReached,
    Refused,
    _Guard,
    checked_url,
    is_public,
    networks_of,
    places_of,
    post,
)

LOOPBACK = networks_of("127.0.0.0/8")
INSIDE = [
    "127.0.0.1", "localhost", "::1", "0.0.0.0", "::", "2130706433", "0x7f.1", "0177.0.0.1", "127.1",
    "::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1",
    "2002:7f00:1::", "2001:0:7f00:1:0:0:80ff:fffe", "169.254.169.254", "fe80::1", "10.1.2.3",
    "172.16.0.1", "192.168.1.1", "100.64.0.1", "100.100.100.200", "168.63.129.16", "fd00::1",
    "fd00:ec2::254", "192.0.0.1", "192.0.0.192", "224.0.0.1", "ff02::1", "255.255.255.255",
    "240.0.0.1", "198.18.0.1", "192.0.2.1", "2001:db8::1", "fec0::1", "192.88.99.1",
]  # fmt: skip


def _is_an_address(text: str) -> bool:
    """Whether a resolver would answer with it as it stands."""
    with contextlib.suppress(ValueError):
        ipaddress.ip_address(text)
        return True
    return False


def resolved(*addresses: str) -> Callable[[str, int], list[str]]:
    return lambda host, port: list(addresses)


@pytest.mark.parametrize("host", INSIDE)
def test_no_way_of_writing_an_inner_address_is_called(host: str) -> None:
    written = f"[{host}]" if ":" in host else host
    with pytest.raises(Refused, match=r"not an address on the public internet"):
        post(f"https://{written}/hook", b"{}", {}, resolve=resolved("127.0.0.1"))


@pytest.mark.parametrize("host", [each for each in INSIDE if _is_an_address(each)])
def test_no_name_leads_to_an_inner_address(host: str) -> None:
    """Also when only one of its addresses is inside: which one is taken would be chance."""
    with pytest.raises(Refused):
        post("https://hooks.fernway.example/", b"{}", {}, resolve=resolved("1.1.1.1", host))


def test_public_addresses_are_public() -> None:
    for each in ("1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101"):
        assert is_public(ipaddress.ip_address(each)), each


@pytest.mark.parametrize(
    "url",
    [
        "ftp://hooks.fernway.example/", "http://hooks.fernway.example/", "https://", "javascript:1",
        "https://me:secret@hooks.fernway.example/", "https://hooks.fernway.example:0/",
        "https://hooks.fernway.example:99999/", "https://[::1", "https://a b.example/",
        "https://hooks.fernway.example/\r\nX-Own: 1", "https://h\u00f6oks.example/",
        "https://hooks.fernway.example/" + "x" * 2000, "file:///etc/passwd", "//x.example/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_of_ours_to_call_is_refused_in_words(url: str) -> None:
    with pytest.raises(Refused, match=r"[.…]$"):
        checked_url(url)


Talk = Callable[[socket.socket], None]


@contextlib.contextmanager
def answering(talk: Talk) -> Iterator[str]:
    """Yield the address of a server that does to each caller what ``talk`` says."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    sock, _ = listening.accept()
                    with contextlib.suppress(OSError), contextlib.closing(sock):
                        talk(sock)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://hooks.fernway.example:{listening.getsockname()[1]}/hook"
        listening.shutdown(socket.SHUT_RDWR)


def called(url: str, **limits: float) -> str:
    found = post(
        url, b'{"a":1}', {"webhook-id": "msg_1"},
        allowed=LOOPBACK, resolve=resolved("127.0.0.1"),
        seconds=limits.get("seconds", 3), most_bytes=int(limits.get("most_bytes", 2000)),
    )  # fmt: skip
    return f"{found.status} {found.text[:40]} {found.cut}".strip()


def heard(sock: socket.socket) -> bytes:
    found = b""
    while b'{"a":1}' not in found:
        found += sock.recv(4096)
    return found


def test_an_allowed_network_is_called_at_the_address_that_was_looked_at() -> None:
    requests: list[bytes] = []
    asked: list[str] = []

    def talk(sock: socket.socket) -> None:
        requests.append(heard(sock))
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine")

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with answering(talk) as url:
        found = post(url, b'{"a":1}', {"webhook-id": "m"}, allowed=LOOPBACK, resolve=resolve)
    assert (found.status, found.text, found.cut) == (200, "fine", "")
    assert b"Host: hooks.fernway.example:" in requests[0]
    assert asked == ["hooks.fernway.example"]


CHAT = places_of("http://chat.internal:8065/hooks/, https://hooks.lan")
SECRETS = [
    "169.254.169.254", "fe80::1", "fd00:ec2::254", "168.63.129.16", "100.100.100.200",
    "192.0.0.192", "127.0.0.1", "::1", "::ffff:10.1.2.3", "0.0.0.0", "224.0.0.1",
    "64:ff9b::a01:203",
]  # fmt: skip


def test_a_machine_that_was_named_is_called_in_the_house_and_redirects_lead_nowhere() -> None:
    calls: list[bytes] = []

    def talk(sock: socket.socket) -> None:
        calls.append(heard(sock))
        sock.sendall(
            b"HTTP/1.1 307 Moved\r\nLocation: http://169.254.169.254/latest\r\n"
            b"Content-Length: 0\r\n\r\n"
        )

    with answering(talk) as url:
        here = url.replace("hooks.fernway.example", "127.0.0.1")
        named = places_of(here)
        found = post(here, b'{"a":1}', {}, named=named, seconds=3)
        with pytest.raises(Refused):
            post(here, b'{"a":1}', {}, seconds=3)
    assert (found.status, len(calls)) == (307, 1)


@pytest.mark.parametrize("address", ["10.1.2.3", "192.168.7.8", "172.16.0.9", "fd12:3456::7"])
def test_a_name_of_the_house_may_be_in_its_networks(address: str) -> None:
    guard = _Guard((), resolved(address), time.monotonic() + 3, 2000, CHAT[0])
    with mock.patch.object(guard, "_network") as network:
        guard.connect_tcp("chat.internal", 8065)
    assert network.connect_tcp.call_args[0][0] == address


@pytest.mark.parametrize("address", SECRETS)
def test_a_name_of_the_house_that_leads_to_what_hands_out_secrets_is_refused(address: str) -> None:
    url = "http://chat.internal:8065/hooks/abc"
    for addresses in ([address], ["10.1.2.3", address]):
        with pytest.raises(Refused, match="not an address on the public internet"):
            post(url, b"{}", {}, named=CHAT, resolve=resolved(*addresses))


@pytest.mark.parametrize(
    "url",
    [
        "http://chat.internal/hooks/a", "http://chat.internal:8066/hooks/a",
        "http://chat.internal:8065/api/v4/users", "http://chat.internal:8065/hooksabc",
        "http://chat.internal:8065/hooks/../api", "http://chat.internal:8065/hooks/%2e%2e/api",
        "http://chat.internal:8065/hooks//api", "http://www.chat.internal:8065/hooks/a",
        "http://chat.internal.fernway.example:8065/hooks/a", "http://hooks.lan/",
        "http://you@chat.internal:8065/hooks/a",
    ],
)  # fmt: skip
def test_beside_a_machine_that_was_named_nothing_is_called(url: str) -> None:
    with pytest.raises(Refused):
        post(url, b"{}", {}, named=CHAT, resolve=resolved("10.1.2.3"))


@pytest.mark.parametrize(
    "text",
    [
        "chat.internal:8065", "http://*.internal/", "http://169.254.169.254/", "ftp://chat.internal",
        "http://you:pass@chat.internal/", "http://chat.internal:99999/", "http://[fd00:ec2::254]/",
    ],
)  # fmt: skip
def test_what_names_no_machine_of_the_house_is_no_setting(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        places_of(text)
    assert places_of("") == places_of(" , ") == ()


def test_a_redirect_is_not_followed() -> None:
    calls: list[bytes] = []

    def talk(sock: socket.socket) -> None:
        calls.append(heard(sock))
        sock.sendall(
            b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\n"
            b"Content-Length: 0\r\n\r\n"
        )

    with answering(talk) as url:
        assert called(url) == "302"
    assert len(calls) == 1


def test_an_answer_without_end_is_cut_off_by_size() -> None:
    def talk(sock: socket.socket) -> None:
        heard(sock)
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n")
        while True:
            sock.sendall(b"x" * 65536)

    with answering(talk) as url:
        assert called(url, most_bytes=4096).endswith("cut off after 4 kB")


@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: "])
def test_headers_that_trickle_are_cut_off_by_time(before: bytes) -> None:
    def talk(sock: socket.socket) -> None:
        heard(sock)
        sock.sendall(before or b"H")
        while True:
            time.sleep(0.05)
            sock.sendall(b"x")

    began = time.monotonic()
    with answering(talk) as url, pytest.raises(NotReached):
        called(url, seconds=0.4)
    assert time.monotonic() - began < 3


def test_a_body_that_trickles_is_cut_off_by_time_and_its_status_counts() -> None:
    def talk(sock: socket.socket) -> None:
        heard(sock)
        sock.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            sock.sendall(b"1\r\nx\r\n")
            time.sleep(0.05)

    with answering(talk) as url:
        assert called(url, seconds=0.5).endswith("no whole answer in time: it was cut off")


def test_headers_without_end_are_cut_off() -> None:
    def talk(sock: socket.socket) -> None:
        heard(sock)
        sock.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            sock.sendall(b"X-More: " + b"y" * 4000 + b"\r\n")

    with answering(talk) as url, pytest.raises(NotReached):
        called(url)


def test_a_packed_answer_is_not_unpacked() -> None:
    def talk(sock: socket.socket) -> None:
        heard(sock)
        sock.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8bxx"
        )

    with answering(talk) as url:
        assert called(url).startswith("200 \x1f")


def test_nobody_there_is_said_in_words() -> None:
    with pytest.raises(NotReached, match=r"failed|refused"):
        called("http://hooks.fernway.example:1/")


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    def talk(sock: socket.socket) -> None:
        heard(sock)
        sock.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with answering(talk) as url:
        assert called(url) == "204"
