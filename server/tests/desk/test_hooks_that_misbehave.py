"""What a hostile webhook does to us is cut short, and the desk says what it did."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from afterword.kit.outgoing import networks_of, post
from afterword.postbox import hooks
from afterword.postbox.actions import Addressed, write_message
from afterword.postbox.actions import post as post_letters
from afterword.postbox.destinations import Destination, sealed_destination
from afterword.postbox.dispatch import Dispatcher
from afterword.postbox.hooks import CHANNELS, Hooks, hook_of
from afterword.postbox.journal import Journal
from afterword.postbox.models import Letter, Stream
from afterword.postbox.words import Words
from desk.office import seen, signed_in

pytestmark = pytest.mark.django_db
OK = b"HTTP/1.1 200 OK\r\n"


def redirects(sock: socket.socket) -> None:
    sock.sendall(
        b"HTTP/1.1 307 Elsewhere\r\nLocation: http://169.254.169.254/latest/\r\n"
        b"Content-Length: 0\r\n\r\n"
    )


def sends_gigabytes(sock: socket.socket) -> None:
    sock.sendall(OK + b"Content-Length: 5000000000\r\n\r\n")
    while True:
        sock.sendall(b"x" * 65536)


def never_answers(sock: socket.socket) -> None:
    time.sleep(3)


def never_ends(sock: socket.socket) -> None:
    sock.sendall(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        sock.sendall(b"1\r\nx\r\n")
        time.sleep(0.05)


def has_headers_without_end(sock: socket.socket) -> None:
    sock.sendall(OK)
    while True:
        sock.sendall(b"X-More: " + b"y" * 4000 + b"\r\n")


@contextlib.contextmanager
def misbehaving(talk: Callable[[socket.socket], None], calls: list[int]) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    sock, _ = listening.accept()
                    calls.append(1)
                    with contextlib.suppress(OSError), contextlib.closing(sock):
                        sock.recv(65536)
                        talk(sock)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/hook"
        listening.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("talk", "allowed", "state", "reason"),
    [
        (redirects, "127.0.0.0/8", "failed", "which is not followed"),
        (sends_gigabytes, "127.0.0.0/8", "sent", "cut off after"),
        (never_answers, "127.0.0.0/8", "waiting", "no answer within 1 seconds"),
        (never_ends, "127.0.0.0/8", "sent", "no whole answer in time: it was cut off"),
        (has_headers_without_end, "127.0.0.0/8", "waiting", "Receive buffer too long"),
        (redirects, "", "failed", "not an address on the public internet"),
    ],
    ids=["redirects", "gigabytes", "silence", "no end", "headers without end", "an inner address"],
)
def test_it_is_cut_short_and_the_desk_says_why(
    office: SimpleNamespace,
    now: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    talk: Callable[[socket.socket], None],
    allowed: str,
    state: str,
    reason: str,
) -> None:
    # The limits themselves are tested where they are; nobody waits ten seconds for each here.
    monkeypatch.setattr(hooks, "post", partial(post, seconds=1))
    calls: list[int] = []
    began = time.monotonic()
    with misbehaving(talk, calls) as url, Journal(tmp_path / "journal") as journal:
        message = write_message(
            now=now,
            key="publication:9:webhook",
            stream=Stream.STATUS,
            words=Words("Over", "{}", ""),
        )
        fill = sealed_destination(Destination(url, ""))
        post_letters(
            now=now, message=message, about="publication:9", channel="webhook",
            letters=[Addressed("hook:7", fill)],
        )  # fmt: skip
        Dispatcher(
            relay=Hooks(now=lambda: now, allowed=networks_of(allowed)), worker="test",
            journal=journal, channels=CHANNELS, make=hook_of,
        ).send_due(now=now, limit=10)  # fmt: skip
    assert time.monotonic() - began < 10
    assert len(calls) == (1 if allowed else 0)
    letter = Letter.objects.get(about="publication:9")
    assert (letter.state, reason in letter.last_answer) == (state, True), letter.last_answer
    words = seen(signed_in(office.pia).get(f"/desk/outbox/{letter.pk}/")).words
    assert reason in words
