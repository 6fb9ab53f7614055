"""In a real browser, on a page of another origin: the note comes, goes, and asks nobody else."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from afterword.components.models import Page
from afterword.site_builder.actions import build_pending
from browsing import Chromium, served, served_site
from publishing.press import a_page, word

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# What docs/embedding.md tells a site with a strict policy of its own to allow.
HOST_POLICY = "default-src 'none'; script-src {0}; frame-src {0}; img-src {0}; connect-src {0}"
PAGES = {
    "/note": '<h1>Shop</h1><script src="{0}/embed/script.js" async></script>',
    "/widget": '<iframe src="{0}/embed/widget/" title="Status" width="360" height="240"></iframe>',
    "/sandboxed": '<iframe sandbox="allow-popups" src="{0}/embed/widget/" title="Status"></iframe>',
    "/badge": '<a href="{0}/"><img src="{0}/badge.svg" alt="Status"></a>',
    "/library": '<script src="{0}/embed/se-v2.js"></script>',
    "/framed": '<iframe src="{0}/" title="The page itself"></iframe>',
}


@pytest.fixture
def status(site_dir: Path) -> Iterator[str]:
    with served_site(site_dir) as address:
        yield address


@pytest.fixture
def shop(status: str) -> Iterator[str]:
    """A page of another origin, with a policy that allows the status page and nothing else."""

    def answer(environ: Any, start_response: Any) -> list[bytes]:
        body = PAGES.get(environ["PATH_INFO"], "").format(status)
        policy = HOST_POLICY.format(status)
        start_response(
            "200 OK",
            [("Content-Type", "text/html"), ("Content-Security-Policy", policy)],
        )
        return [f"<!doctype html><title>Shop</title><body>{body}".encode()]

    with served(answer) as address:
        yield address


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now)


@contextmanager
def tab(chromium: Chromium, **how: Any) -> Iterator[tuple[Tab, list[str], set[str]]]:
    """A tab of a browser that has seen nothing yet, its complaints, and the hosts it asked."""
    with chromium.open() as browser, browser.new_context(**how) as context:
        page = context.new_page()
        complaints: list[str] = []
        asked: set[str] = set()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
        yield page, complaints, asked
        assert page.context.cookies() == []


def shown(page: Tab) -> bool:
    return bool(
        page.evaluate("getComputedStyle(document.querySelector('iframe')).visibility") == "visible"
    )


def test_the_note_comes_when_something_is_open_and_can_be_closed(
    page: Page, status: str, shop: str, chromium: Chromium, now: datetime
) -> None:
    word(page, "inv", now, status="identified", title="Invoices are late")
    build_pending(now=now)
    with tab(chromium) as (there, complaints, asked):
        there.goto(f"{shop}/note")
        expect(there.locator("iframe")).to_have_css("visibility", "visible")
        frame = there.frames[1]
        assert "One incident is open." in frame.inner_text("main")
        box = there.locator("iframe").bounding_box()
        assert box is not None
        assert box["width"] == 320
        assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight")
        frame.click("button")
        expect(there.locator("iframe")).to_have_css("visibility", "hidden")
        assert frame.evaluate("localStorage.length + sessionStorage.length") == 0
        assert complaints == []
        assert asked == {urlsplit(shop).netloc, urlsplit(status).netloc}


def test_the_note_stays_away_while_all_is_well(
    page: Page, status: str, shop: str, chromium: Chromium, now: datetime
) -> None:
    build_pending(now=now)
    with tab(chromium) as (there, complaints, _):
        there.goto(f"{shop}/note")
        there.frame_locator("iframe").locator("main").wait_for(state="attached")
        there.wait_for_load_state("networkidle")
        assert not shown(there)
        assert complaints == []


def test_the_note_comes_by_itself_when_something_breaks_later(
    page: Page, status: str, shop: str, chromium: Chromium, now: datetime, site_dir: Path
) -> None:
    build_pending(now=now)
    quiet = site_dir.with_name("quiet")
    shutil.copytree(site_dir, quiet)
    word(page, "inv", now + timedelta(minutes=5), title="Invoices are late")
    build_pending(now=now)
    # The database is closed to this thread while the browser runs, so folders change places.
    broken = site_dir.rename(site_dir.with_name("broken"))
    quiet.rename(site_dir)
    with tab(chromium) as (there, complaints, _):
        there.clock.install()
        there.goto(f"{shop}/note")
        there.frame_locator("iframe").locator("main").wait_for(state="attached")
        site_dir.rename(quiet)
        broken.rename(site_dir)
        # A minute of the page's clock passes at once; what may be kept for ten seconds is dropped.
        there.context.new_cdp_session(there).send("Network.clearBrowserCache")
        there.clock.run_for(61_000)
        there.frame_locator("iframe").get_by_text("Invoices are late").wait_for(state="attached")
        expect(there.locator("iframe")).to_have_css("visibility", "visible")
        assert complaints == []


def test_words_of_another_frame_do_not_move_the_note(
    page: Page, status: str, shop: str, chromium: Chromium, now: datetime
) -> None:
    build_pending(now=now)
    with tab(chromium) as (there, _, _):
        there.goto(f"{shop}/note")
        there.frame_locator("iframe").locator("main").wait_for(state="attached")
        there.wait_for_load_state("networkidle")
        there.evaluate("postMessage({action: 'showFrame', about: 'x', height: 100}, '*')")
        assert not shown(there)


@pytest.mark.parametrize("path", ["/widget", "/sandboxed"])
def test_the_widget_shows_the_state_without_any_script_of_ours_on_the_page(
    page: Page, status: str, shop: str, chromium: Chromium, now: datetime, path: str
) -> None:
    word(page, "inv", now, title="Invoices are late")
    build_pending(now=now)
    with tab(chromium) as (there, complaints, _):
        there.goto(f"{shop}{path}")
        said = there.frame_locator("iframe").locator("main").inner_text()
        assert "Invoices are late" in said
        assert [each for each in complaints if "sandbox" not in each] == []


def test_a_page_opened_from_disk_shows_the_widget(
    page: Page, status: str, chromium: Chromium, now: datetime, tmp_path: Path
) -> None:
    word(page, "inv", now, title="Invoices are late")
    build_pending(now=now)
    trial = tmp_path / "trial.html"
    trial.write_text(f"<!doctype html><title>Trial</title>{PAGES['/widget'].format(status)}")
    with tab(chromium) as (there, complaints, _):
        there.goto(trial.as_uri())
        assert "Invoices are late" in there.frame_locator("iframe").locator("main").inner_text()
        assert complaints == []


def test_the_page_itself_cannot_be_framed(
    page: Page, status: str, shop: str, chromium: Chromium, now: datetime
) -> None:
    build_pending(now=now)
    with tab(chromium) as (there, complaints, _):
        there.goto(f"{shop}/framed")
        there.wait_for_load_state("networkidle")
        assert any("frame-ancestors" in each for each in complaints)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_badge_is_drawn_and_breaks_no_policy_opened_by_itself(
    page: Page, status: str, shop: str, chromium: Chromium, now: datetime, scheme: str
) -> None:
    build_pending(now=now)
    with tab(chromium, color_scheme=scheme) as (there, complaints, _):
        there.goto(f"{shop}/badge")
        assert there.evaluate("document.images[0].decode().then(() => document.images[0].width)")
        there.goto(f"{status}/badge.svg")
        ground = there.evaluate("getComputedStyle(document.querySelector('.ground')).fill")
        assert ground == ("rgb(239, 236, 228)" if scheme == "light" else "rgb(44, 47, 53)")
        assert complaints == []


def test_the_browser_library_answers_as_statuspages_does(
    page: Page, status: str, shop: str, chromium: Chromium, now: datetime
) -> None:
    word(page, "inv", now, title="Invoices are late")
    build_pending(now=now)
    ask = """([name, filter]) => new Promise((success, error) =>
        new StatusPage.page({page: "any"})[name]({filter, success, error}))"""
    with tab(chromium) as (there, complaints, _):
        there.goto(f"{shop}/library")
        said = there.evaluate(ask, ["summary", None])
        assert said["status"]["indicator"] == "none"
        assert there.evaluate(ask, ["status", None])["status"] == said["status"]
        assert there.evaluate(ask, ["components", None])["components"] == []
        assert len(there.evaluate(ask, ["incidents", "unresolved"])["incidents"]) == 1
        assert there.evaluate(ask, ["incidents", "resolved"])["incidents"] == []
        found = there.evaluate(ask, ["scheduled_maintenances", "upcoming"])
        assert found["scheduled_maintenances"] == []
        assert complaints == []
