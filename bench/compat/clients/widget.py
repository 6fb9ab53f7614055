"""npm ``@statuspage/status-widget`` in Chromium, on a page of another origin."""

import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import invented
from installing import CannotBeHad, node_modules_with

_PAGE = """<!doctype html><title>Somewhere else</title>
<statuspage-widget src="{address}"></statuspage-widget>
<script src="/@statuspage/status-widget/dist/index.js"></script>
"""
_PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
_SHOWN = "() => document.querySelector('statuspage-widget')?.shadowRoot?.textContent || ''"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def run(address: str, room: Path) -> str:
    from playwright.sync_api import sync_playwright

    modules = node_modules_with(room, "@statuspage/status-widget@1.0.5")
    (modules / "index.html").write_text(_PAGE.format(address=address))
    chromium = _chromium()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=modules)) as elsewhere:
        threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page()
            complaints: list[str] = []
            page.on("console", lambda said: complaints.append(said.text))
            page.goto(f"http://127.0.0.1:{elsewhere.server_port}/index.html")
            try:
                page.wait_for_function(f"({_SHOWN})().includes({invented.DESCRIPTION!r})")
            except Exception as late:
                said = page.evaluate(_SHOWN)
                raise AssertionError(f"shows {said[:200]!r}; {complaints[:3]}") from late
            finally:
                browser.close()
                elsewhere.shutdown()
    return f"shows {invented.DESCRIPTION!r} across origins"


def _chromium() -> str:
    for path in (os.environ.get("AFTERWORD_CHROMIUM", ""), *_PLACES):
        if path and os.access(path, os.X_OK):
            return path
    raise CannotBeHad("no Chromium here; set AFTERWORD_CHROMIUM")
