"""The built pages in a real browser: small screens, both schemes, contrast, zones, no errors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab

from afterword.components.queries import the_page
from afterword.site_builder.actions import build_all
from afterword.site_builder.age import AGE, write_age
from browsing import Chromium, served_site
from publishing.many_promises import promise_in_every_way
from publishing.messy import MARCH_4, build
from trust.two_years import shown_to_readers

# Together on one worker, for one site and one browser.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages in a browser")]
PATHS = (
    "/", "/incidents/inv-2026-03-04/", "/incidents/evil-0/", "/history/", "/history/2026/03/",
    "/trust/", "/commitments/", "/incidents/kept-1/",
)  # fmt: skip

# For each element with text of its own: its colour against the first painted background behind it.
CONTRAST = """() => {
  const channel = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const numbers = text => text.match(/[\\d.]+/g).map(Number);
  const faults = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.checkVisibility() || element.closest("svg")) continue;
    let behind = element, ground;
    do {
      ground = numbers(getComputedStyle(behind).backgroundColor);
      behind = behind.parentElement;
    } while (behind && ground.length === 4 && ground[3] === 0);
    const [a, b] = [light(numbers(getComputedStyle(element).color)), light(ground)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faults.push([element.outerHTML.slice(0, 90), ratio.toFixed(2)]);
  }
  return faults;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, told_apart: Callable[[Path], Any]) -> Path:
    """The folder of the messy page, built once: nothing here changes a page."""
    folder = tmp_path_factory.mktemp("messy") / "site"
    with told_apart(folder):
        build()
        shown_to_readers(the_page())
        promise_in_every_way(the_page(), MARCH_4)
        build_all(now=MARCH_4)
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served_site(site) as found:
        yield found


@contextmanager
def tab(chromium: Chromium, **how: Any) -> Iterator[tuple[Tab, list[str]]]:
    """A tab of a browser that has seen nothing yet, and everything it complains about."""
    with chromium.open() as browser, browser.new_context(**how) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append("a dialog opened"), dialog.dismiss()))
        page.on("response", lambda got: got.ok or complaints.append(f"{got.status} {got.url}"))
        yield page, complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_both_schemes_and_nothing_complains(
    address: str, chromium: Chromium, scheme: str
) -> None:
    with tab(chromium, color_scheme=scheme, timezone_id="Europe/Berlin") as (page, complaints):
        for path in PATHS:
            page.goto(address + path)
            assert page.evaluate(CONTRAST) == [], path
        assert complaints == []


@pytest.mark.parametrize(
    "look",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}, "is_mobile": True},
    ],
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing_to_complain_of(
    address: str, chromium: Chromium, look: dict[str, Any]
) -> None:
    with tab(chromium, bypass_csp=True, **look) as (page, _):
        for path in PATHS:
            page.goto(address + path)
            found = Axe().run(page).response
            assert len(found["passes"]) > 10, "axe did not run"
            assert [each["id"] for each in found["violations"]] == [], path


def test_a_phone_of_320_pixels_never_scrolls_sideways(address: str, chromium: Chromium) -> None:
    with tab(chromium, viewport={"width": 320, "height": 640}) as (page, _):
        for path in PATHS:
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") == 320, path


def test_on_a_phone_the_newest_count_of_each_trace_stands_beside_its_name(
    address: str, chromium: Chromium
) -> None:
    """Names alone filled the screen once, and every count had to be scrolled to."""
    with tab(chromium, viewport={"width": 360, "height": 740}) as (page, _):
        page.goto(address + "/trust/")
        counts = page.locator("section[aria-labelledby=traces] tbody tr td:nth-child(2)")
        boxes = [each.bounding_box() for each in counts.all()]
        assert len(boxes) > 10
        assert [box for box in boxes if not box or box["x"] + box["width"] > 360] == []


def test_without_scripts_everything_is_there_in_utc(address: str, chromium: Chromium) -> None:
    with tab(chromium, java_script_enabled=False, timezone_id="Asia/Tokyo") as (page, _):
        page.goto(f"{address}/incidents/inv-2026-03-04/")
        text = page.inner_text("main")
        assert "It ended 4 March 2026, 14:24 UTC, after 6 hours 12 minutes." in text
        page.goto(address)
        page.click("summary:has-text('Invoices')")
        assert page.is_visible("text=Invoice PDF")


def test_the_readers_own_time_is_added_with_its_zone_and_utc_stays(
    address: str, chromium: Chromium
) -> None:
    with tab(chromium, timezone_id="Asia/Tokyo") as (page, _):
        page.goto(f"{address}/incidents/inv-2026-03-04/")
        said = page.inner_text(".answers")
        assert "4 March 2026, 14:24 UTC (23:24 GMT+9)" in said
        # 18:30 UTC is another day in Tokyo, which has to be said.
        assert "4 March 2026, 18:30 UTC (5 March, 03:30 GMT+9)" in said
        assert "yours (Asia/Tokyo)" in page.inner_text("footer")


def test_a_reader_in_utc_sees_no_second_time(address: str, chromium: Chromium) -> None:
    with tab(chromium, timezone_id="UTC") as (page, _):
        page.goto(f"{address}/incidents/inv-2026-03-04/")
        assert page.query_selector(".local") is None


def test_the_keyboard_reaches_the_content_first(address: str, chromium: Chromium) -> None:
    with tab(chromium) as (page, _):
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_the_three_answers_fit_one_screen(address: str, chromium: Chromium) -> None:
    with tab(chromium, viewport={"width": 1280, "height": 900}) as (page, _):
        page.goto(f"{address}/incidents/inv-2026-03-04/")
        box = page.locator(".answers").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 900


def test_a_reader_is_told_when_nobody_confirms_the_page_any_more(
    chromium: Chromium, address: str, site: Path
) -> None:
    def says(path: str, confirmed: datetime, behind: dict[str, datetime]) -> str:
        write_age(site, confirmed_at=confirmed, behind=behind)
        with tab(chromium, locale="en-GB") as (page, complaints):
            with page.expect_response("**/age.json"):
                page.goto(address + path)
            page.wait_for_load_state()
            page.wait_for_timeout(200)
            said = page.locator("#age").inner_text() if page.locator("#age").is_visible() else ""
            assert complaints == []
            return said

    now = datetime.now(UTC)
    hour_ago = now - timedelta(minutes=61)
    incident = "/incidents/inv-2026-03-04/"
    assert says("/", now, {}) == ""
    assert "up to date 61 minutes ago" in says("/", hour_ago, {})
    assert "up to date 3 days ago" in says("/", now - timedelta(days=3, hours=2), {})
    # One page that could not be built says so; the others do not.
    assert "61 minutes ago" in says(incident, now, {incident: hour_ago})
    assert says("/history/", now, {incident: hour_ago}) == ""
    (site / AGE).unlink()
