"""What tests in a real browser stand on: one Chromium per process, and servers for it to ask."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

QUIET_BROWSER = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


class Chromium:
    """One Chromium for all tests of a process; whoever opens it gets it without any context.

    Playwright's loop runs, asleep, in this thread between its calls, and Django refuses the
    database while a loop runs. So asyncio is told of the loop only while the browser is open:
    a test cannot read the database then, and every other test can.
    """

    def __init__(self, path: str) -> None:
        from playwright.sync_api import sync_playwright

        self._path = path
        self._playwright = sync_playwright().start()
        self._browser = self._launched()
        self._loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)

    def _launched(self) -> "Browser":
        return self._playwright.chromium.launch(
            executable_path=self._path, args=list(QUIET_BROWSER)
        )

    @contextmanager
    def open(self) -> Iterator["Browser"]:
        """Yield the browser; contexts that are left are closed with their pages."""
        asyncio._set_running_loop(self._loop)
        try:
            if not self._browser.is_connected():
                self._browser = self._launched()
            yield self._browser
        finally:
            for context in self._browser.contexts:
                context.close()
            asyncio._set_running_loop(None)

    def stop(self) -> None:
        asyncio._set_running_loop(self._loop)
        self._browser.close()
        self._playwright.stop()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


class _Many(ThreadingMixIn, WSGIServer):
    """Browsers open connections ahead of need, which would hold up a server that takes one."""

    daemon_threads = True


@contextmanager
def served(application: Any) -> Iterator[str]:
    """Serve a WSGI application on a free port of the loopback; yield its address."""
    server = make_server("127.0.0.1", 0, application, _Many, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def served_site(folder: Path) -> Iterator[str]:
    """Serve a built site, with no application behind it."""
    from afterword.public_site.front import Front

    def nothing(environ: Any, start_response: Any) -> list[bytes]:
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"nothing"]

    with served(Front(folder, nothing)) as address:
        yield address
