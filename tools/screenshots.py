"""Take the pictures in docs/img from the demo, in a real Chromium: light, dark and phone.

python tools/screenshots.py [FOLDER]      needs `make setup` and a Chromium (see tools/browser.sh)
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = os.environ.get("AFTERWORD_CHROMIUM", "/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
# What the tour and the README show; another folder gets every page in every look.
SHOWN = frozenset(
    {"page-phone", "incident-light", "now-light", "case-light", "record-phone", "editor-light"}
    | {"review-light", "plan-light", "inside-light"}
)
DOCS = ROOT / "docs" / "img"
# name of the look, colour scheme, width and height in CSS pixels
LOOKS = (("light", "light", 1180, 860), ("dark", "dark", 1180, 860), ("phone", "dark", 390, 844))
WRITER, INVESTIGATOR = "mara@brambleworth.example", "noor@brambleworth.example"
PASSWORD = "seven-lanterns-at-dusk"  # noqa: S105 - the demo prints it for whoever looks around
MESSY = (
    "The brief disruption affected a small number of users. We are improving our monitoring to "
    "ensure this never happens again. "
)


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
            process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{address}/healthz", timeout=2)  # noqa: S310 - our own server
            return
        time.sleep(0.3)
    raise SystemExit("screenshots: the demo did not come up")


def sign_in(page: Page, address: str, person: str = WRITER) -> None:
    page.goto(f"{address}/desk/sign-in/")
    page.get_by_label("E-mail").fill(person)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/desk/")


def first_case(page: Page) -> str:
    """Return the address of a case that still owes its closure."""
    row = page.locator(".rows li", has_text="losure").first
    found = row.locator("a[href^='/desk/cases/']").first.get_attribute("href")
    if found is None:
        raise SystemExit("screenshots: the demo has no case to work on")
    return found


def reviewed(page: Page, address: str) -> str:
    """Return the address of an internal review that is being written."""
    page.goto(f"{address}/desk/action-items/")
    found = page.locator("main a[href^='/desk/cases/']").first.get_attribute("href")
    if found is None:
        raise SystemExit("screenshots: the demo has no internal review")
    return f"{found.partition('postmortem/')[0]}postmortem/"


def summarised(page: Page, address: str) -> str:
    """Return the address of the newest incident with a published summary."""
    page.goto(address)
    row = page.locator("li, article", has_text="Summary published").first
    found = row.locator("a[href^='/incidents/']").first.get_attribute("href")
    if found is None:
        raise SystemExit("screenshots: the demo has no summary")
    return found


def open_editor(page: Page, address: str, case: str) -> str:
    page.goto(address + case)
    page.locator("#step-1").locator("button, a").last.click()
    page.wait_for_selector("#editor-form")
    body = page.locator("#body")
    body.fill(MESSY + body.input_value())
    page.get_by_role("button", name="Save and check").click()
    page.wait_for_selector(".finding")
    return page.url


def take(browser: Browser, address: str, folder: Path) -> None:
    shots: dict[str, str] = {"page": address}
    with browser.new_context() as context:
        page = context.new_page()
        shots["incident"] = address + summarised(page, address)
        sign_in(page, address)
        shots["now"] = page.url
        case = first_case(page)
        shots["case"] = address + case
        shots["record"] = f"{address}{case}record/"
        shots["plan"] = f"{address}{case}follow-up/"
        shots["editor"] = open_editor(page, address, case)
        # The text is open in the page of its case; its review opens there, too.
        [text] = parse_qs(urlsplit(shots["editor"]).query)["open"]
        shots["review"] = f"{address}{case}?open={text}review/#opened"
        session = context.storage_state()
    with browser.new_context() as context:
        page = context.new_page()
        sign_in(page, address, INVESTIGATOR)
        inside = {"inside": address + reviewed(page, address)}
        their_session = context.storage_state()
    for shown, kept in ((shots, session), (inside, their_session)):
        look_at(browser, folder, shown, kept)


def look_at(browser: Browser, folder: Path, shots: dict[str, str], session: StorageState) -> None:
    """Take each of the pages in every look, signed in as the session says."""
    for look, scheme, width, height in LOOKS:
        with browser.new_context(
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": width, "height": height},
            storage_state=session,
            locale="en-GB",
            timezone_id="UTC",
        ) as context:
            page = context.new_page()
            for name, url in shots.items():
                if folder == DOCS and f"{name}-{look}" not in SHOWN:
                    continue
                page.goto(url)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=folder / f"{name}-{look}.png")
                print(f"screenshots: {name}-{look}.png", flush=True)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else DOCS
    folder.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        take(browser, address, folder)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
