"""People at the desk in a real browser: refused, overtaken, held back, at a time, two at once;
and the whole way from resolved to published with the keys alone, and with a thumb alone.

All of it happens in one running house, in which every journey has an incident of its own.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.office import HONEST, PASSWORD, TITLE
from desk.oidc_provider import CLIENT, SECRET, running
from journeys.house import House, open_house, wait_until

pytestmark = [pytest.mark.journey, pytest.mark.slow]
FURNISH = """
import json, sys
from datetime import UTC, datetime, timedelta
sys.path.insert(0, {tests!r})
from types import SimpleNamespace
from afterword.accounts.permissions import MACHINE
from afterword.incidents.queries import incident_by_public_id
from afterword.publishing.actions import announce_incident, announce_update
from desk.office import build, complete_record, written

noon = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
office = build(noon)
began = noon - timedelta(days=1, hours=3, minutes=48)


def resolved(name):
    said = announce_incident(
        actor=office.wanda, now=began, page=office.page, title=f"Invoices were not sent: {{name}}",
        body="Invoices are not being sent. We are looking for the cause.",
        components={{office.sending: "major_outage"}}, severity=2,
    )
    incident = incident_by_public_id(office.page, said.incident_id)
    announce_update(
        actor=office.wanda, now=began + timedelta(hours=6, minutes=12), incident=incident,
        status="resolved", body="Invoices are being sent again.",
    )
    incident.refresh_from_db()
    complete_record(SimpleNamespace(**{{**vars(office), "incident": incident}}), noon)
    return incident


made = {{}}
for name in {names!r}:
    incident = resolved(name)
    text = None
    if name not in {unwritten!r}:
        text = written(SimpleNamespace(**{{**vars(office), "incident": incident}}), noon)
    made[name] = [incident.public_id, text.public_id if text else ""]
print(json.dumps(made))
"""
UNWRITTEN = ["keys", "thumb"]
NAMES = ["refused", "overtaken", "held", "timed", "two", *UNWRITTEN]
# The element that has the focus: its words, whether that shows, and whether it is in sight.
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return ["", true, ""];
  const style = getComputedStyle(e.closest(".sheet") || e), box = e.getBoundingClientRect();
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const label = e.labels && e.labels.length ? e.labels[0].innerText : "";
  return [(e.ariaLabel || label || e.innerText || "").trim().replace(/\\s+/g, " "),
    drawn && box.width > 0 && box.bottom > 0 && box.top < innerHeight, e.outerHTML.slice(0, 90)];
}"""
SMALL = """() => [...document.querySelectorAll(
    "button, .button, input:not([type=hidden], [type=checkbox]), select, textarea, summary, nav a")]
  .filter(e => e.checkVisibility() && !e.matches(".skip"))
  .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
  .filter(([box]) => box.width > 1 && Math.min(box.height, box.width) < 24)
  .map(([, html]) => html)"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, furnished: House) -> Iterator[SimpleNamespace]:
    """A running Afterword; ``cases`` has incident and closure by the name of the journey."""
    folder = tmp_path_factory.mktemp("desk") / "house"
    with running() as provider, open_house(folder, like=furnished) as house:
        provider.claims = {"sub": "w-1", "email": "wanda@office.example", "email_verified": True}
        house.extra_env |= {
            "AFTERWORD_OIDC_ISSUER": provider.issuer, "AFTERWORD_OIDC_CLIENT_ID": CLIENT,
            "AFTERWORD_OIDC_CLIENT_SECRET": SECRET,
            "AFTERWORD_OIDC_NAME": "Sign in with Larkbridge",
        }  # fmt: skip
        tests = str(Path(__file__).resolve().parent.parent)
        said = house.python(FURNISH.format(tests=tests, names=NAMES, unwritten=UNWRITTEN))
        house.start()
        made = json.loads(said.splitlines()[-1])
        yield SimpleNamespace(
            house=house, url=house.url, provider=provider,
            case={n: f"{house.url}/desk/cases/{ids[0]}/" for n, ids in made.items()},
            text={n: f"{house.url}/desk/statements/{ids[1]}/" for n, ids in made.items()},
            public={n: f"/incidents/{ids[0]}/" for n, ids in made.items()},
        )  # fmt: skip


@contextmanager
def at_the_desk(desk: SimpleNamespace, browser: Browser, who: str, **more: Any) -> Iterator[Page]:
    """Yield a page of somebody who has just signed in, in a browser of their own."""
    with browser.new_context(**more) as context:
        page = context.new_page()
        page.goto(f"{desk.url}/desk/")
        page.get_by_label("E-mail address").fill(f"{who}@office.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", name="What needs saying now")).to_be_visible()
        yield page


def ask_for_review(page: Page, text: str) -> None:
    page.goto(text)
    page.get_by_role("button", name="Save and ask for a review").click()
    expect(page.get_by_text("You wrote this text")).to_be_visible()


def approve(desk: SimpleNamespace, browser: Browser, name: str) -> None:
    with at_the_desk(desk, browser, "wanda") as page:
        ask_for_review(page, desk.text[name])
    with at_the_desk(desk, browser, "rolf") as page:
        page.goto(desk.text[name] + "review/")
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("Approved by Rolf, for revision").first).to_be_visible()


def reads(desk: SimpleNamespace, name: str, words: str) -> bool:
    """Whether readers find the words on the page of the incident."""
    from urllib.request import urlopen

    with urlopen(desk.url + desk.public[name], timeout=30) as answer:
        return words in answer.read().decode()


def test_a_refused_text_comes_back_with_what_is_missing_and_goes_again(
    desk: SimpleNamespace, browser: Browser
) -> None:
    with at_the_desk(desk, browser, "wanda") as page:
        ask_for_review(page, desk.text["refused"])
    with at_the_desk(desk, browser, "rolf") as page:
        page.goto(desk.text["refused"] + "review/")
        page.get_by_role("button", name="Ask for changes").click()
        expect(page.get_by_role("alert").first).to_be_visible()
        page.get_by_label("Comment").fill("Say where people can ask.")
        with page.expect_navigation():
            page.get_by_role("button", name="Ask for changes").click()
    with at_the_desk(desk, browser, "wanda") as page:
        page.goto(desk.text["refused"])
        expect(page.get_by_text("Rolf asks for changes")).to_be_visible()
        expect(page.get_by_text("Say where people can ask.").first).to_be_visible()
        body = page.get_by_label("Text (Markdown)")
        body.fill(body.input_value() + "\n\nWrite to support@larkbridge.example.")
        # A browser that is closed while a page is on its way may never say that it is closed.
        with page.expect_navigation():
            page.get_by_role("button", name="Save and ask for a review").click()
    with at_the_desk(desk, browser, "rolf") as page:
        page.goto(desk.text["refused"] + "review/")
        expect(page.locator("ins", has_text="support@larkbridge.example")).to_be_visible()
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("Approved by Rolf, for revision").first).to_be_visible()


def test_a_record_that_changes_voids_the_approval_and_says_which_fact(
    desk: SimpleNamespace, browser: Browser
) -> None:
    approve(desk, browser, "overtaken")
    with at_the_desk(desk, browser, "wanda") as page:
        page.goto(desk.case["overtaken"] + "record/")
        page.locator("[name='customers.affected']").fill("1900")
        page.get_by_role("button", name="Save the record").click()
        expect(page.locator("#record")).to_contain_text("1,900")
    with at_the_desk(desk, browser, "pia") as page:
        page.goto(desk.text["overtaken"] + "publish/")
        expect(page.locator("#stops")).to_contain_text("record")
        expect(page.get_by_role("button", name="Publish now")).to_be_disabled()
        page.goto(desk.text["overtaken"] + "review/")
        changed = page.get_by_role("region", name="Facts that changed")
        expect(changed).to_contain_text("1,798")
        expect(changed).to_contain_text("1,900")
    assert not reads(desk, "overtaken", "1,798")


def test_what_is_held_for_counsel_leaves_only_after_it_is_released(
    desk: SimpleNamespace, browser: Browser
) -> None:
    approve(desk, browser, "held")
    with at_the_desk(desk, browser, "rolf") as page:
        page.goto(desk.case["held"])
        page.get_by_text("Hold this case back").click()
        page.get_by_label("Why").fill("Counsel reads the contract first.")
        page.get_by_label("Look at it again on").fill(f"{datetime.now(UTC):%Y-%m-%d}")
        page.get_by_role("button", name="Hold it").click()
        expect(page.get_by_text("Held: nothing about this incident leaves.")).to_be_visible()
    with at_the_desk(desk, browser, "pia") as page:
        page.goto(desk.text["held"] + "publish/")
        expect(page.locator("#stops")).to_contain_text("Counsel reads the contract first.")
        page.get_by_role("button", name="Decide as proposed").click()
        expect(page.get_by_role("button", name="Publish now")).to_be_disabled()
        assert not reads(desk, "held", "every queued invoice")
        page.goto(desk.case["held"])
        page.get_by_text("Release it").click()
        page.get_by_label("Why it may leave again").fill("Counsel has read it.")
        page.get_by_role("button", name="Release the case").click()
        page.goto(desk.text["held"] + "publish/")
        page.get_by_role("button", name="Publish now").click()
        expect(page.get_by_text("The closure is published.")).to_be_visible()
    wait_until(lambda: reads(desk, "held", "every queued invoice"), "the closure on the page")


def test_a_text_leaves_by_itself_at_the_time_that_was_chosen(
    desk: SimpleNamespace, browser: Browser
) -> None:
    approve(desk, browser, "timed")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with at_the_desk(desk, browser, "pia") as page:
        page.goto(desk.text["timed"] + "publish/")
        page.get_by_role("button", name="Decide as proposed").click()
        page.get_by_text("At another time").click()
        page.get_by_label("It leaves at").fill("tomorrow, perhaps")
        page.get_by_role("button", name="Let it leave then").click()
        expect(page.get_by_label("It leaves at")).to_have_value("tomorrow, perhaps")
        page.get_by_label("It leaves at").fill(f"{tomorrow:%Y-%m-%d %H:%M}")
        page.get_by_role("button", name="Let it leave then").click()
        expect(page.locator("#departure")).to_contain_text("It leaves by itself")
        page.get_by_role("button", name="Cancel: it does not leave").click()
        expect(page.get_by_text("It does not leave by itself any more.")).to_be_visible()
        page.get_by_text("At another time").click()
        page.get_by_label("It leaves at").fill(f"{tomorrow:%Y-%m-%d %H:%M}")
        page.get_by_role("button", name="Let it leave then").click()
        expect(page.locator("#departure")).to_contain_text("It leaves by itself")
        assert not reads(desk, "timed", "every queued invoice")
        # A day passes.
        desk.house.python(
            "from afterword.publishing.models import Departure\n"
            "from afterword.kit.clock import now\n"
            "Departure.objects.filter(leave_at__gt=now()).update(leave_at=now())"
        )
        wait_until(lambda: reads(desk, "timed", "every queued invoice"), "the closure on the page")
        page.goto(desk.case["timed"])
        expect(page.locator("#publications")).to_be_visible()
        expect(page.locator("#step-1")).to_contain_text("done")


def test_two_who_write_at_once_lose_no_word(desk: SimpleNamespace, browser: Browser) -> None:
    with (
        at_the_desk(desk, browser, "wanda") as hers,
        at_the_desk(desk, browser, "ada") as theirs,
    ):
        for page in (hers, theirs):
            page.goto(desk.text["two"])
        mine, other = (p.get_by_label("Text (Markdown)") for p in (hers, theirs))
        mine.fill(HONEST + "\n\nWritten by Wanda.")
        hers.get_by_role("button", name="Save and check").click()
        expect(hers.get_by_role("status").first).to_contain_text("Saved as revision")
        other.fill(HONEST + "\n\nWritten by Ada.")
        theirs.get_by_role("button", name="Save and check").click()
        expect(theirs.get_by_text("Somebody else's text, not part of yours")).to_be_visible()
        expect(other).to_have_value(re.compile("Written by Ada"))
        expect(theirs.locator("main")).to_contain_text("Written by Wanda")
        other.fill(HONEST + "\n\nWritten by Ada. Written by Wanda.")
        theirs.get_by_role("button", name="Save and check").click()
        expect(theirs.get_by_role("status").first).to_contain_text("Saved as revision")
        hers.goto(desk.text["two"])
        expect(mine).to_have_value(re.compile("Written by Ada. Written by Wanda."))


def test_the_company_s_own_sign_in_leads_to_the_page_that_was_asked_for(
    desk: SimpleNamespace, browser: Browser
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(desk.case["refused"])
        page.get_by_role("link", name="Sign in with Larkbridge").click()
        expect(page.get_by_role("heading", name="The company's sign-in")).to_be_visible()
        page.get_by_role("link", name="Let me in").click()
        expect(page).to_have_url(desk.case["refused"])
        expect(page.get_by_role("link", name="Wanda")).to_be_visible()


class Keys:
    """Somebody without a mouse: Tab to what they look for, Enter, and typing."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, words: str, most: int = 90) -> None:
        """Tab to what is called so; every stop on the way must show that it has the focus."""
        stops = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            name, shows, html = self.page.evaluate(FOCUSED)
            assert shows, f"the focus does not show on {html}"
            stops.append(name)
            if name.startswith(words):
                return
        raise AssertionError(f"{words!r} is not reached by Tab from {self.page.url}: {stops}")

    def press(self, words: str) -> None:
        self.to(words)
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")

    def type(self, words: str, into: str) -> None:
        self.to(into)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)


@contextmanager
def with_keys(desk: SimpleNamespace, browser: Browser, who: str) -> Iterator[Keys]:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{desk.url}/desk/")
        keys = Keys(page)
        keys.type(f"{who}@office.example", into="E-mail address")
        keys.type(PASSWORD, into="Password")
        keys.press("Sign in")
        yield keys


def test_from_resolved_to_published_with_the_keys_alone(
    desk: SimpleNamespace, browser: Browser
) -> None:
    with with_keys(desk, browser, "wanda") as keys:
        keys.page.goto(desk.case["keys"])
        keys.page.keyboard.press("Tab")
        expect(keys.page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
        keys.page.keyboard.press("Enter")
        expect(keys.page.locator("#content")).to_be_focused()
        keys.press("Write the closure")
        expect(keys.page.locator("body.live")).to_be_attached()
        keys.type(TITLE, into="Title")
        keys.type(HONEST, into="Text (Markdown)")
        keys.press("Save and ask for a review")
        text = keys.page.url
    with with_keys(desk, browser, "rolf") as keys:
        keys.page.goto(text)
        keys.press("Approve")
    with with_keys(desk, browser, "pia") as keys:
        keys.page.goto(text)
        keys.press("Publish …")
        keys.press("Decide as proposed")
        keys.press("Publish now")
        expect(keys.page.get_by_text("The closure is published.")).to_be_visible()
    wait_until(lambda: reads(desk, "keys", "every queued invoice"), "the closure on the page")


def fits(page: Page) -> None:
    """Hold the page that is open to the width of the phone and of a thumb."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, f"{page.url} is {wide} pixels wide"
    assert page.evaluate(SMALL) == [], f"too small for a thumb on {page.url}"


def test_from_resolved_to_published_with_a_thumb_alone(
    desk: SimpleNamespace, browser: Browser
) -> None:
    phone: dict[str, Any] = {
        "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True,
        "device_scale_factor": 2,
    }  # fmt: skip
    with at_the_desk(desk, browser, "wanda", **phone) as page:
        fits(page)
        page.goto(desk.case["thumb"])
        fits(page)
        page.get_by_role("button", name="Write the closure").tap()
        expect(page.locator("body.live")).to_be_attached()
        page.get_by_label("Title").fill(TITLE)
        page.get_by_label("Text (Markdown)").fill(HONEST)
        fits(page)
        page.get_by_role("button", name="Save and ask for a review").tap()
        expect(page.get_by_text("You wrote this text")).to_be_visible()
        fits(page)
        text = page.url
    with at_the_desk(desk, browser, "rolf", **phone) as page:
        page.goto(text)
        page.get_by_role("button", name="Approve").tap()
        expect(page.get_by_text("Approved by Rolf, for revision").first).to_be_visible()
        fits(page)
    with at_the_desk(desk, browser, "pia", **phone) as page:
        page.goto(text)
        page.get_by_role("link", name="Publish …").first.tap()
        expect(page.locator("#what")).to_be_visible()
        fits(page)
        page.get_by_role("button", name="Decide as proposed").tap()
        page.get_by_role("button", name="Publish now").tap()
        expect(page.get_by_text("The closure is published.")).to_be_visible()
        fits(page)
    wait_until(lambda: reads(desk, "thumb", "every queued invoice"), "the closure on the page")
