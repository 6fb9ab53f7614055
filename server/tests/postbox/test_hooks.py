"""Letters to machines: signed, once, and with the reason kept when they cannot be handed over."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from afterword.kit.outgoing import networks_of
from afterword.postbox.actions import Addressed, post, write_message
from afterword.postbox.destinations import Destination, sealed_destination
from afterword.postbox.dispatch import Dispatcher
from afterword.postbox.hooks import CHANNELS, Hooks, hook_of
from afterword.postbox.journal import Journal
from afterword.postbox.marks import mark
from afterword.postbox.models import Attempt, Letter, Stream
from afterword.postbox.words import Words

pytestmark = pytest.mark.django_db
SECRET = "whsec_" + base64.b64encode(b"a key of twenty-four byt").decode()
BODY = f'{{"type": "incident.updated", "for": "{mark("name")}"}}'


@contextmanager
def receiving(*statuses: int) -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """Yield an address, and what comes to it; the statuses are answered in turn, then 200."""
    seen: list[tuple[dict[str, str], bytes]] = []
    left = list(statuses)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append(({k.lower(): v for k, v in self.headers.items()}, body))
            status = left.pop(0) if left else 200
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://169.254.169.254/latest/")
            self.send_header("Content-Length", "4")
            self.end_headers()
            self.wfile.write(b"said")

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", seen
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def caller(now: datetime, tmp_path: Path, allowed: str = "127.0.0.0/8") -> Iterator[Dispatcher]:
    with Journal(tmp_path / "journal") as journal:
        yield Dispatcher(
            relay=Hooks(now=lambda: now, allowed=networks_of(allowed)), worker="test",
            journal=journal, channels=CHANNELS, make=hook_of,
        )  # fmt: skip


def hooked(now: datetime, url: str, secret: str = "") -> Letter:
    return waiting(now, **sealed_destination(Destination(url, secret)))


def waiting(now: datetime, **fill: str) -> Letter:
    message = write_message(
        now=now, key="publication:1:webhook", stream=Stream.STATUS, words=Words("", BODY, "")
    )
    letters = [Addressed("hook:7", {"name": 'Fern "way"', **fill})]
    post(now=now, message=message, about="publication:1", letters=letters, channel="webhook")
    return Letter.objects.get()


def test_a_hook_is_called_once_and_its_signature_holds(now: datetime, tmp_path: Path) -> None:
    with receiving() as (url, seen), caller(now, tmp_path) as sender:
        hooked(now, url, secret=SECRET)
        assert sender.send_due(now=now, limit=10).accepted == 1
        assert sender.send_due(now=now, limit=10).tried == 0
    ((headers, body),) = seen
    assert json.loads(body) == {"type": "incident.updated", "for": 'Fern "way"'}
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - now.timestamp()) < 2


@pytest.mark.parametrize("sealed_meanwhile", [False, True])
def test_a_letter_from_before_addresses_were_sealed_still_leaves(
    now: datetime, tmp_path: Path, sealed_meanwhile: bool
) -> None:
    sealing = import_module("afterword.postbox.migrations.0004_sealed_destinations")
    with receiving() as (url, seen), caller(now, tmp_path) as sender:
        kept = waiting(now, url=url, secret=SECRET).fill
        if sealed_meanwhile:
            sealing.seal_all(apps, None)
            assert not {"url", "secret"} & set(Letter.objects.get().fill)
            sealing.open_all(apps, None)
            assert Letter.objects.get().fill == kept
            sealing.seal_all(apps, None)
        assert sender.send_due(now=now, limit=10).accepted == 1
    ((headers, body),) = seen
    assert json.loads(body)["for"] == 'Fern "way"'
    assert headers["webhook-signature"].startswith("v1,")


def test_a_letter_sealed_with_another_key_says_so_and_stops_no_other(
    now: datetime, tmp_path: Path, settings: Any
) -> None:
    with receiving() as (url, seen), caller(now, tmp_path) as sender:
        hooked(now, url)
        settings.SECRET_KEY = "the key after it was changed"
        sender.send_due(now=now, limit=10)
    assert seen == []
    assert "AFTERWORD_SECRET_KEY; set the key of that time" in Letter.objects.get().last_answer


def test_a_machine_that_is_down_is_called_again_with_the_same_id(
    now: datetime, tmp_path: Path
) -> None:
    with receiving(503, 429) as (url, seen), caller(now, tmp_path) as sender:
        hooked(now, url, secret=SECRET)
        for minutes in (0, 5, 15):
            sender.send_due(now=now + timedelta(minutes=minutes), limit=10)
    assert len(seen) == 3
    assert len({headers["webhook-id"] for headers, _ in seen}) == 1
    assert Letter.objects.get().state == "sent"
    outcomes = Attempt.objects.values_list("outcome", "code")
    assert list(outcomes) == [("deferred", 503), ("deferred", 429), ("accepted", 200)]


@pytest.mark.parametrize("status", [400, 404, 410, 302])
def test_a_definite_no_is_kept_with_its_reason(now: datetime, tmp_path: Path, status: int) -> None:
    with receiving(status) as (url, seen), caller(now, tmp_path) as sender:
        hooked(now, url)
        sender.send_due(now=now, limit=10)
        sender.send_due(now=now + timedelta(hours=1), limit=10)
    letter = Letter.objects.get()
    assert (letter.state, len(seen)) == ("failed", 1)
    assert letter.last_answer == (
        "It points to http://169.254.169.254/latest/, which is not followed. Enter that address."
        if status == 302
        else "said"
    )


def test_an_inner_address_is_refused_and_the_desk_can_say_why(
    now: datetime, tmp_path: Path
) -> None:
    with receiving() as (url, seen), caller(now, tmp_path, allowed="") as sender:
        hooked(now, url)
        sender.send_due(now=now, limit=10)
    letter = Letter.objects.get()
    assert (letter.state, seen) == ("failed", [])
    assert "127.0.0.1 is not an address on the public internet" in letter.last_answer
    assert "AFTERWORD_HOOKS_MAY_REACH" in letter.last_answer


def test_hooks_and_mail_do_not_take_each_others_letters(now: datetime, tmp_path: Path) -> None:
    from afterword.postbox.actions import claim

    hooked(now, "https://hooks.fernway.example/")
    assert claim(now=now, limit=10, lease_seconds=60) == []
    assert len(claim(now=now, limit=10, lease_seconds=60, channels=CHANNELS)) == 1
