"""What a reader meets in a real browser: weight, axe, zoom, the keyboard, nothing but the words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": DESKTOP},
    "dark": {"color_scheme": "dark", "viewport": DESKTOP},
    "phone": {"color_scheme": "dark", "viewport": PHONE, "is_mobile": True},
}
# A window of 1280 pixels at 200 %, and the narrowest that WCAG 1.4.10 asks for.
ZOOMED: tuple[ViewportSize, ...] = ({"width": 640, "height": 450}, {"width": 320, "height": 256})
_CONTROLS = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
_STOPS = """which => [...document.querySelectorAll(which)].filter(
  e => e.checkVisibility() && !e.disabled).length"""
_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const all = [...document.querySelectorAll('*')];
  const s = getComputedStyle(e), box = e.getBoundingClientRect();
  const line = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0;
  const drawn = line || s.boxShadow !== 'none';
  return [all.indexOf(e), drawn && box.width > 0, e.outerHTML.slice(0, 80)];
}"""


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Yield a browser; it is closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


def weight(browser: Browser, url: str) -> tuple[int, int]:
    """Return bytes over the wire and the number of requests of a first load, headers included."""
    with browser.new_context(**LOOKS["phone"]) as context:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        sizes: list[float] = []
        wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(url, wait_until="networkidle")
        return int(sum(sizes)), len(sizes)


def violations(browser: Browser, url: str, look: str) -> list[str]:
    """Return what axe finds: rule, help and the first place."""
    with browser.new_context(bypass_csp=True, **LOOKS[look]) as context:
        page = context.new_page()
        page.goto(url, wait_until="load")
        found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['help']} {each['nodes'][0]['html'][:90]}" for each in found]


def too_wide(browser: Browser, url: str) -> list[str]:
    """Return the widths (CSS pixels) at which the page must be scrolled sideways."""
    faults = []
    for viewport in ZOOMED:
        with browser.new_context(viewport=viewport) as context:
            page = context.new_page()
            page.goto(url, wait_until="load")
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > viewport["width"]:
                faults.append(f"{wide} px of content in a window of {viewport['width']} px")
    return faults


def lost_to_the_keyboard(browser: Browser, url: str) -> list[str]:
    """Tab through the page; return what is never reached, or reached without showing it."""
    with browser.new_context(viewport=DESKTOP) as context:
        page = context.new_page()
        page.goto(url, wait_until="load")
        expected = page.evaluate(_STOPS, _CONTROLS)
        return _walked(page, expected)


def _walked(page: Page, expected: int) -> list[str]:
    reached: set[int] = set()
    faults: list[str] = []
    for _ in range(expected + 3):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUSED)
        if stop is None or stop[0] in reached:
            continue
        reached.add(stop[0])
        if not stop[1]:
            faults.append(f"focus does not show on {stop[2]}")
    # Radio buttons of one group share a stop, so only a real loss counts.
    if len(reached) < expected * 0.9:
        faults.append(f"{len(reached)} of {expected} controls reached by Tab")
    return faults


def only_words(browser: Browser, url: str) -> str:
    """Return the page's visible text with neither scripts nor styles."""
    with browser.new_context(java_script_enabled=False) as context:
        context.route("**/*.css", lambda route: route.abort())
        page = context.new_page()
        page.goto(url, wait_until="load")
        return page.inner_text("body")
