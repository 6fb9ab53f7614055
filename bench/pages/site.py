"""The demo's public pages: started, walked, and named by kind."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

# The parts of an address that name one thing among many: /incidents/inv-2026-03-04/ is a kind.
_NAMES = re.compile(r"(?<=/)(?!embed|search)[^/]*\d[^/]*(?=/|$)")
_LISTED = re.compile(
    r"^(/(?:incidents|components|history/(?:component|impact|data|cause))/)[^/]+(?=/)"
)
_START_SECONDS = 240


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """Yield the address of a freshly seeded demo; it is stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = [
            str(Path(sys.executable).parent / "afterword"), "demo",
            "--data-dir", f"{folder}/demo", "--port", str(port),
        ]  # fmt: skip
        process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
        try:
            _wait(address, process)
            yield address
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def walk(address: str, at_most: int) -> dict[str, bytes]:
    """Return HTML pages by path, breadth first over links of the same site, from the front page."""
    found: dict[str, bytes] = {}
    ahead = ["/"]
    seen = {"/"}
    while ahead and len(found) < at_most:
        path = ahead.pop(0)
        body = _html(address + path)
        if body is None:
            continue
        found[path] = body
        for link in _links(body):
            whole = urldefrag(urljoin(address + path, link)).url
            split = urlsplit(whole)
            after = split.path + (f"?{split.query}" if split.query else "")
            inside = whole.startswith(f"{address}/") and not split.path.startswith("/desk/")
            if inside and after not in seen:
                seen.add(after)
                ahead.append(after)
    return found


def kind_of(path: str) -> str:
    """Return the kind of page an address is: ``/history/2026/03/`` is ``/history/*/*/``."""
    return _LISTED.sub(r"\1*", _NAMES.sub("*", path.partition("?")[0]))


def one_of_each(pages: dict[str, bytes]) -> dict[str, str]:
    """Return the heaviest page of each kind: paths by kind."""
    heaviest: dict[str, str] = {}
    for path, body in pages.items():
        kind = kind_of(path)
        if kind not in heaviest or len(body) > len(pages[heaviest[kind]]):
            heaviest[kind] = path
    return heaviest


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href") if tag == "a" else None
        if target:
            self.found.append(target)


def _links(body: bytes) -> list[str]:
    reading = _Links()
    reading.feed(body.decode())
    return reading.found


def _html(url: str) -> bytes | None:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            is_page = answer.headers.get_content_type() == "text/html"
            return answer.read() if is_page else None
    except urllib.error.HTTPError:
        return None


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
            return
        time.sleep(0.3)
    raise SystemExit("pages: the demo did not come up")
