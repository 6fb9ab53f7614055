"""Every byte that leaves, gathered: built files, answers with their headers, letters, the log."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.urls import get_resolver

from afterword.accounts.models import Person
from afterword.fanout.actions import expand_due
from afterword.postbox.envelope import envelope_of
from afterword.postbox.models import Letter, Stream
from afterword.public_site.front import Front
from afterword.public_site.views import answers, history
from afterword.site_builder.actions import build_all
from afterword.site_builder.forms import PACKINGS

# Whatever a reader may send in the place of an id.
IDS = ("x", "1", "%00", "a" * 300)
FORM = "application/x-www-form-urlencoded"
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
STATUSES = {200, 301, 304, 400, 403, 404, 405, 413, 429, 500, 503}


def everything(
    now: datetime, incident_id: str, inside: list[str], *, briefly: bool = False
) -> dict[str, bytes]:
    """Return what leaves, by where. ``inside`` are ids of things that are not readers' business.

    ``briefly``: of answers, one of each kind, for the hundredth journey.
    """
    with _the_log() as log:
        build_all(now=now)
        found = dict(_files())
        found |= dict(_answers(incident_id, inside, briefly))
        found |= dict(_letters(now))
    found["the log"] = log.getvalue().encode()
    return found


@contextmanager
def _the_log() -> Iterator[io.StringIO]:
    """Keep what the server would write to its log, at the level at which it does."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(settings.LOGGING["root"]["level"])
    try:
        yield kept
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def _files() -> Iterator[tuple[str, bytes]]:
    unpack = {packing.ending: packing.unpack for packing in PACKINGS}
    root = Path(settings.SITE_DIR)
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield (
                f"site/{path.relative_to(root)}",
                unpack.get(path.suffix, bytes)(path.read_bytes()),
            )


def _answers(incident_id: str, inside: list[str], briefly: bool) -> Iterator[tuple[str, bytes]]:
    client = Client(raise_request_exception=False)
    for address in _addresses(incident_id, [] if briefly else inside):
        of_the_desk = address.startswith("/desk/")
        if not (briefly and of_the_desk):
            for method in ("GET", "POST") if briefly or of_the_desk else METHODS:
                yield _said(client, method, address)
    # Somebody who may sign in and holds no role sees as little.
    nobody = Client(raise_request_exception=False)
    nobody.force_login(Person.objects.get(name="Gus"))
    for address in [] if briefly else _addresses(incident_id, inside):
        if address.startswith("/desk/"):
            name, said = _said(nobody, "GET", address)
            yield f"{name} without a role", said
    for _ in range(15):
        # What no form of ours sends takes no turn; a "yes" does.
        last = _said(client, "POST", f"/incidents/{incident_id}/answered/", b"answered=yes", FORM)
    yield f"{last[0]} once too often", last[1]
    yield _said(client, "POST", "/api/v2/subscribers.json", b"x" * 40_000)
    yield _said(client, "GET", "/subscribe/", HTTP_HOST="evil.example")
    for name, fault in (("500", RuntimeError("broken")), ("503", OperationalError("gone"))):
        with patch.object(history, "find", side_effect=fault):
            yield f"{name} of search", _said(client, "GET", "/history/search/?q=invoices")[1]
        with patch.object(answers, "the_page", side_effect=fault):
            yield (
                f"{name} of answers",
                _said(client, "GET", f"/incidents/{incident_id}/answered/")[1],
            )
    front = Front(settings.SITE_DIR, lambda *_: 1 / 0)
    for path in ("/", "/incidents/nobody/", "/healthz", f"/incidents/{incident_id}/", "/age.json"):
        for method in METHODS:
            yield f"front: {method} {path}", _fronted(front, method, path)


def _addresses(incident_id: str, inside: list[str]) -> Iterator[str]:
    """Yield every address there is, with the ids a reader may know, guess or be sent."""
    for door in get_resolver().url_patterns:
        before = str(door.pattern)
        for entry in door.url_patterns:
            route, parts = f"/{before}{entry.pattern}", list(entry.pattern.converters)
            for ident in (incident_id, *inside[:2], *IDS[:2]) if parts else ("",):
                address = route
                for part in parts:
                    address = address.replace(f"<str:{part}>", ident).replace(f"<int:{part}>", "1")
                yield address
    yield "/history/search/?q=quetz&impact=major"
    yield from (f"/nothing/{each}" for each in IDS)


def _said(
    client: Client, method: str, address: str, body: bytes = b"", kind: str = "", **more: str
) -> tuple[str, bytes]:
    kind = kind or ("application/json" if body else FORM)
    answer = client.generic(method, address, body, content_type=kind, **more)
    headers = "".join(f"{name}: {value}\n" for name, value in answer.items())
    cookies = answer.cookies.output()
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    # What was asked stands in some answers: a reader may tell us any word.
    name = f"{answer.status_code} {method} {address}"
    return name, f"{answer.status_code}\n{headers}{cookies}\n".encode() + content


def _fronted(front: Front, method: str, path: str) -> bytes:
    told: list[str] = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": ""}
    body = b"".join(front(environ, lambda *said: told.append(repr(said))))
    return told[0].encode() + body


def _letters(now: datetime) -> Iterator[tuple[str, bytes]]:
    """Yield every mail to readers as it would be handed over, and its parts decoded.

    Those to the team itself are no way out.
    """
    expand_due(now=now)
    letters = Letter.objects.exclude(message__stream=Stream.TEAM).select_related("message")
    for letter in letters.order_by("pk"):
        raw = envelope_of(letter.message).fill(letter)
        parts = message_from_bytes(raw).walk()
        decoded = [bytes(p.get_payload(decode=True) or b"") for p in parts if not p.is_multipart()]
        yield f"letter {letter.pk} to {letter.recipient}", b"\n".join([raw, *decoded])
