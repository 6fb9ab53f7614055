"""The desk in a real browser: typing, keys, undo, and the whole way without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from desk.office import BRIEF, HONEST, PASSWORD, TITLE
from journeys.house import House, open_house
from pdf_pages import Pdf, read_pdf

pytestmark = pytest.mark.journey
FURNISH = """
import sys
from datetime import UTC, datetime
sys.path.insert(0, {tests!r})
from afterword.accounts.models import Role
from desk.office import build, complete_record, person
noon = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
office = build(noon)
complete_record(office, noon)
# Whoever gets a passkey is asked for it ever after.
person(noon, "Kay", Role.RESPONDER)
print(office.case)
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, furnished: House) -> Iterator[SimpleNamespace]:
    """A running Afterword with the office's people and its incident; ``case`` is its address."""
    with open_house(tmp_path_factory.mktemp("desk") / "house", like=furnished) as found:
        tests = str(Path(__file__).resolve().parent.parent)
        case = found.python(FURNISH.format(tests=tests)).strip()
        found.start()
        yield SimpleNamespace(url=found.url, case=case)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as found:
        yield found


def sign_in(house: SimpleNamespace, context: BrowserContext, name: str) -> Page:
    page = context.new_page()
    page.goto(f"{house.url}/desk/")
    page.get_by_label("E-mail address").fill(f"{name}@office.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="What needs saying now")).to_be_visible()
    return page


def open_text(house: SimpleNamespace, page: Page, kind: str) -> None:
    """Open the text of this kind from the case, started if need be."""
    page.goto(house.url + house.case)
    page.get_by_label("Kind of text").select_option(kind)
    page.get_by_role("button", name="Start").click()
    expect(page.locator("body.live")).to_be_attached()


def axe_is_content_with(page: Page) -> None:
    # A click returns when the next page has begun, and that may have no document yet.
    page.wait_for_load_state("load")
    found = Axe().run(page).response
    assert len(found["passes"]) > 10, "axe did not run"
    assert [each["id"] for each in found["violations"]] == []


def refused_by_policy(page: Page) -> list[str]:
    found: list[str] = []
    page.on("console", lambda m: found.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: found.append(str(e)))
    return found


def test_findings_appear_while_typing_and_keys_mend_them_so_that_undo_takes_it_back(
    house: SimpleNamespace, context: BrowserContext
) -> None:
    page = sign_in(house, context, "wanda")
    wrong = refused_by_policy(page)
    open_text(house, page, "closure")
    body = page.get_by_label("Text (Markdown)")
    page.get_by_label("Title").fill(TITLE)
    body.fill("🎉 " + BRIEF)
    brief = page.locator("#mirror mark.error", has_text="brief")
    expect(brief).to_be_visible()
    expect(page.locator("#check-status")).to_contain_text("in the way of publishing")

    # The mark stays on its words while somebody types before it, without waiting for the server.
    body.focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("So: ")
    expect(brief).to_have_text("a brief disruption")

    expect(page.locator("#check-status")).to_contain_text("in the way of publishing")
    page.wait_for_timeout(600)
    for _ in range(10):
        page.keyboard.press("F8")
        if "REC-01" in page.locator("#check-status").inner_text():
            break
    expect(page.locator("#check-status")).to_contain_text("REC-01")
    expect(page.locator(".finding.here")).to_contain_text("REC-01")
    before = body.input_value()
    page.keyboard.press("Alt+.")
    expect(body).to_have_value(
        before.replace("a brief disruption", "a disruption of 6 hours 12 minutes")
    )
    page.keyboard.press("Control+z")
    expect(body).to_have_value(before)
    assert wrong == []


def test_what_opens_in_the_page_of_a_case_is_where_the_eye_and_the_keys_are(
    house: SimpleNamespace, context: BrowserContext
) -> None:
    page = sign_in(house, context, "wanda")
    wrong = refused_by_policy(page)
    page.goto(house.url + house.case)
    page.get_by_role("link", name="Edit the record").click()
    expect(page.locator("#opened")).to_be_focused()
    expect(page.locator("#opened")).to_be_in_viewport()
    axe_is_content_with(page)
    page.get_by_role("button", name="Save the record").click()
    expect(page.get_by_text("Nothing had changed")).to_be_visible()
    open_text(house, page, "summary")
    expect(page.locator("#opened")).to_be_focused()
    page.get_by_label("Text (Markdown)").fill(BRIEF)
    expect(page.locator("#mirror mark.error", has_text="brief")).to_be_visible()
    page.keyboard.press("F8")
    expect(page.locator(".finding.here")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator("#opened").get_by_text("Saved as revision")).to_be_in_viewport()
    for scheme, size in (("light", (1280, 900)), ("dark", (390, 844))):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        axe_is_content_with(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.url.startswith(house.url + house.case)
    assert wrong == []


def test_the_marks_lie_exactly_under_the_words(
    house: SimpleNamespace, context: BrowserContext
) -> None:
    page = sign_in(house, context, "wanda")
    open_text(house, page, "note")
    lines = [
        f"Line {n} with a tab\t, wide 字 and 🎉, and words enough to wrap" * 3 for n in range(30)
    ]
    page.get_by_label("Text (Markdown)").fill("\n\n".join([*lines, BRIEF, ""]))
    expect(page.locator("#mirror mark.error").first).to_be_attached()
    sizes = page.evaluate(
        "() => ['body', 'mirror'].map((id) => document.getElementById(id))"
        ".map((e) => [e.clientWidth, e.scrollHeight])"
    )
    assert sizes[0] == sizes[1]


@pytest.mark.parametrize("scripts", [True, False])
def test_text_sent_after_the_session_ended_is_in_the_editor_again_after_signing_in(
    house: SimpleNamespace, browser: Browser, scripts: bool
) -> None:
    with browser.new_context(java_script_enabled=scripts) as context:
        page = sign_in(house, context, "wanda")
        page.goto(house.url + house.case)
        page.get_by_label("Kind of text").select_option("summary")
        page.get_by_role("button", name="Start").click()
        body, words = page.get_by_label("Text (Markdown)"), f"An hour of work, {scripts}."
        body.fill(words)
        page.on("dialog", lambda dialog: dialog.accept())
        context.clear_cookies(name="sessionid")
        page.get_by_role("button", name="Save and check").click()
        expect(page.get_by_text("is not lost")).to_be_visible()
        if scripts:
            axe_is_content_with(page)
        page.get_by_label("E-mail address").fill("wanda@office.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(body).to_have_value(words)
        page.get_by_role("button", name="Save and check").click()
        expect(page.get_by_text("Saved as revision")).to_be_visible()
        expect(body).to_have_value(words)
        expect(page.get_by_role("button", name="Put it back")).to_have_count(0)
        expect(page.get_by_text("You typed this and did not save it")).to_have_count(0)


def test_what_is_typed_survives_a_crash_and_goes_on_on_a_phone(
    house: SimpleNamespace, browser: Browser
) -> None:
    with browser.new_context() as context:
        page = sign_in(house, context, "wanda")
        wrong = refused_by_policy(page)
        open_text(house, page, "data_notice")
        text = page.url
        page.get_by_label("Text (Markdown)").fill("Typed at the desk, and then it crashed.")
        expect(page.locator("#kept-status")).to_contain_text("Kept for you")
        assert wrong == []
        # No farewell: the machine is gone.
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = sign_in(house, context, "wanda")
        page.goto(text)
        expect(page.get_by_text("You typed this and did not save it")).to_be_visible()
        axe_is_content_with(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.get_by_role("link", name="Go on with it").click()
        body = page.get_by_label("Text (Markdown)")
        expect(body).to_have_value("Typed at the desk, and then it crashed.")
        body.press_sequentially(" Not here.")
        page.get_by_role("button", name="Save and check").click()
        expect(page.get_by_text("Saved as revision")).to_be_visible()
        expect(page.get_by_text("You typed this and did not save it")).to_have_count(0)


def test_when_the_session_ends_the_check_says_so_and_keeps_the_text(
    house: SimpleNamespace, context: BrowserContext
) -> None:
    page = sign_in(house, context, "wanda")
    open_text(house, page, "note")
    context.clear_cookies(name="sessionid")
    body = page.get_by_label("Text (Markdown)")
    body.fill("Still mine.")
    expect(page.locator("#check-status")).to_contain_text("signed out")
    expect(body).to_have_value("Still mine.")

    sign_in(house, context, "wanda").close()
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("status").first).to_contain_text("Saved as revision")
    expect(body).to_have_value("Still mine.")


# The ways that a finger cannot bring into view: beside the page in a row that does not move.
OUT_OF_REACH = """() => [...document.querySelectorAll('.top nav a')].filter((e) => {
  const row = e.closest('nav');
  if (getComputedStyle(row).overflowX === 'auto') row.scrollLeft = e.offsetLeft - row.offsetLeft;
  const { left, right } = e.getBoundingClientRect();
  return left < 0 || right > innerWidth;
}).map((e) => e.text)"""


def test_every_page_runs_under_its_policy_and_fits_a_phone(
    house: SimpleNamespace, browser: Browser
) -> None:
    case = house.case
    pages = ["/desk/", "/desk/incidents/", "/desk/incidents/new/", "/desk/customers/"]
    pages += ["/desk/outbox/", "/desk/log/", case.replace("cases", "incidents")]
    pages += ["/desk/templates/", "/desk/templates/new/", "/desk/incidents/past/"]
    pages += [
        case + p for p in ("", "record/", "decision/", "commitments/", "follow-up/", "people/")
    ]
    phone: dict[str, Any] = {"viewport": {"width": 360, "height": 740}}
    with browser.new_context(**phone) as context:
        page = sign_in(house, context, "ada")
        wrong = refused_by_policy(page)
        for where in [*pages, case + "postmortem/"]:
            page.goto(house.url + where)
            page.wait_for_load_state("networkidle")
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= 360, f"{where} is {width} pixels wide"
            cut = page.evaluate(OUT_OF_REACH)
            assert cut == [], f"{where} cuts off {cut}"
            unnamed = page.evaluate(
                "() => [...document.querySelectorAll('input:not([type=hidden]),select,textarea')]"
                ".filter((e) => !e.labels?.length && !e.ariaLabel).map((e) => e.name || e.id)"
            )
            assert unnamed == [], f"{where}: {unnamed}"
        assert wrong == []


def test_a_row_is_added_to_the_record_and_figures_follow_the_typing(
    house: SimpleNamespace, context: BrowserContext
) -> None:
    page = sign_in(house, context, "wanda")
    page.goto(house.url + house.case + "record/")
    page.get_by_label("Impact ended", exact=True).fill("2026-03-17 09:12")
    expect(page.locator("#figures")).to_contain_text("1 hour")
    page.get_by_text("Add a component", exact=True).click()
    page.get_by_role("button", name="And another").first.click()
    names = page.get_by_label("Component", exact=True)
    expect(names).to_have_count(3)
    names.nth(1).fill("Reports")
    names.nth(2).fill("Sign-in")
    page.get_by_label("Impact ended", exact=True).fill("2026-03-17 14:24")
    page.get_by_role("button", name="Save the record").click()
    expect(page.locator("#record")).to_contain_text("Reports")
    expect(page.locator("#record")).to_contain_text("Sign-in")


def test_without_scripts_a_closure_is_written_mended_reviewed_and_published(
    house: SimpleNamespace, browser: Browser
) -> None:
    case = house.url + house.case
    with browser.new_context(java_script_enabled=False) as context:
        page = sign_in(house, context, "ada")
        page.goto(case)
        page.get_by_label("Kind of text").select_option("closure")
        page.get_by_role("button", name="Start").click()
        page.get_by_label("Title").fill(TITLE)
        page.get_by_label("Text (Markdown)").fill(BRIEF)
        page.get_by_role("button", name="Save and check").click()
        expect(page.locator("#mirror mark.error", has_text="brief")).to_be_attached()
        page.locator(".finding", has_text="REC-01").get_by_role("button", name="Replace").click()
        assert "brief" not in page.get_by_label("Text (Markdown)").input_value()
        page.get_by_label("Text (Markdown)").fill(HONEST)
        page.get_by_role("button", name="Save and ask for a review").click()
        expect(page.get_by_text("You wrote this text")).to_be_visible()
        review = page.url
    with browser.new_context(java_script_enabled=False) as context:
        page = sign_in(house, context, "rolf")
        page.goto(review)
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("Approved by Rolf, for revision")).to_be_visible()
    with browser.new_context(java_script_enabled=False) as context:
        page = sign_in(house, context, "pia")
        page.goto(review)
        page.get_by_role("link", name="Publish …").click()
        page.get_by_role("button", name="Decide as proposed").click()
        page.get_by_role("button", name="Publish now").click()
        expect(page.get_by_text("The closure is published.")).to_be_visible()
        page.goto(case.replace("/desk/cases/", "/incidents/"))
        expect(page.get_by_text("1,798 of our 4,860 customers").first).to_be_visible()


def test_a_passkey_is_made_signs_in_alone_and_a_copied_one_does_not(
    house: SimpleNamespace, context: BrowserContext
) -> None:
    # Browsers bind passkeys to names, never to a bare IP address.
    named = SimpleNamespace(url=house.url.replace("127.0.0.1", "localhost"))
    page = sign_in(named, context, "kay")
    wrong = refused_by_policy(page)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }},
    )["authenticatorId"]  # fmt: skip
    page.goto(f"{named.url}/desk/me/")
    axe_is_content_with(page)
    page.get_by_label("A name for this passkey").fill("The test's own")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    axe_is_content_with(page)
    recovery = page.locator(".codes li").first.inner_text()
    (made,) = devtools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    page.get_by_role("link", name="They are kept").click()
    expect(page.get_by_text("The test's own")).to_be_visible()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("has a passkey for you already")).to_be_visible()

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="What needs saying now")).to_be_visible()

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_label("E-mail address").fill("kay@office.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    axe_is_content_with(page)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="What needs saying now")).to_be_visible()

    page.get_by_role("button", name="Sign out", exact=True).click()
    devtools.send("WebAuthn.clearCredentials", {"authenticatorId": device})
    copied = {**made, "signCount": 0}
    devtools.send("WebAuthn.addCredential", {"authenticatorId": device, "credential": copied})
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("That passkey is not known here")).to_be_visible()
    # Chromium counts our refusal as an error, and finds no other.
    assert ["422" in line for line in wrong] == [True], wrong


def test_an_internal_review_is_written_checked_as_it_is_typed_and_kept_when_a_tab_closes(
    house: SimpleNamespace, context: BrowserContext
) -> None:
    page = sign_in(house, context, "ines")
    wrong = refused_by_policy(page)
    where = house.url + house.case + "postmortem/"
    page.goto(where)
    axe_is_content_with(page)
    page.get_by_role("button", name="Begin the review").click()
    body = page.locator("#body")
    body.fill("🦊 The graph was green. Rolf forgot to look at it.")
    mark = page.locator("#mirror mark", has_text="Rolf forgot to")
    expect(mark).to_be_visible()
    page.locator("[name='factors[0].text']").fill("The root cause was the list.")
    expect(page.locator("#findings")).to_contain_text("Factor 1")
    expect(page.locator("#check-status")).to_have_text("2 passages to look at again.")
    body.focus()
    for _ in range(2):
        page.keyboard.press("F8")
    expect(page.locator("[name='factors[0].text']")).to_be_focused()

    # What was typed and not saved is offered again, rows that were added along with it.
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(where)
    page.get_by_role("button", name="Put it back").click()
    expect(body).to_have_value("🦊 The graph was green. Rolf forgot to look at it.")
    body.fill("The graph was green, so looking elsewhere made sense.")
    page.locator("[name='factors[0].text']").fill("The list had no limit.")
    expect(page.locator("#check-status")).to_have_text("Nothing found.")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved as revision 2.")).to_be_visible()
    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)

    page.locator(".part.entry summary").first.click()
    axe_is_content_with(page)
    page.get_by_label("What is to be done").fill("Put a limit on the list")
    page.get_by_role("button", name="Note it").click()
    page.get_by_role("link", name="Put a limit on the list").click()
    page.wait_for_url("**/postmortem/items/*/")
    axe_is_content_with(page)
    page.goto(where + "revisions/")
    axe_is_content_with(page)
    page.goto(house.url + "/desk/action-items/")
    axe_is_content_with(page)
    assert wrong == []

    with context.browser.new_context() as other:
        ada = sign_in(house, other, "ada")
        for part in ("postmortem/lift/", "postmortem/"):
            ada.goto(house.url + house.case + part)
            axe_is_content_with(ada)
        ada.get_by_role("link", name="Put a limit on the list").click()
        ada.get_by_role("link", name="Promise it in public").click()
        axe_is_content_with(ada)
        open_text(house, ada, "closure")
        ada.locator("#beside summary").click()
        expect(ada.locator("#beside")).to_contain_text("The list had no limit.")
        axe_is_content_with(ada)


def is_the_report_of_the_page(found: Pdf, told: list[list[str]]) -> None:
    """The PDF has its title, language and tags, no page without words, and the page's figures."""
    assert "first quarter of 2026" in found.title and found.language == "en"
    assert found.is_tagged and {"H1", "H2", "H3", "Table", "TH"} <= found.tags
    assert len(found.words) >= 4
    assert [n for n, words in enumerate(found.words, 1) if len(words) < 40] == [], "none is blank"
    everything = " ".join(found.words)
    assert "\ufffd" not in everything, "every sign has a letter"
    assert len(told) >= 15
    # A table is written column by column, and may go on on the next page.
    for cell in (cell for row in told for cell in row):
        assert " ".join(cell.split()) in everything, (cell, found.words[1])


def test_the_report_of_a_quarter_is_opened_as_a_page_and_as_a_pdf(
    house: SimpleNamespace, context: BrowserContext
) -> None:
    page = sign_in(house, context, "pia")
    wrong = refused_by_policy(page)
    page.goto(f"{house.url}/desk/trust/?period=2026-q1")
    page.get_by_role("link", name="Report for a customer").click()
    expect(page.get_by_role("heading", name="Report for a customer")).to_be_visible()
    expect(page.get_by_text("First quarter of 2026")).to_be_visible()
    axe_is_content_with(page)
    assert wrong == []
    glance = page.locator("section[aria-labelledby=glance]")
    told = [row.locator("th, td").all_inner_texts() for row in glance.locator("tbody tr").all()]
    with page.expect_response("**/customer.pdf?*") as answered:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert answered.value.headers["content-type"] == "application/pdf"
    page.wait_for_url("**/customer.pdf?*")
    assert page.evaluate("document.contentType") == "application/pdf", "Chromium shows it"
    found = read_pdf(context.request.get(page.url).body())
    is_the_report_of_the_page(found, told)

    page.goto(f"{house.url}/desk/trust/evidence/?period=2026-q1")
    page.get_by_role("link", name="Whole report for an auditor").click()
    expect(page.get_by_text("With people and reasons")).to_be_visible()
    axe_is_content_with(page)
    page.goto(f"{house.url}/desk/log/")
    expect(page.get_by_text("trust.take_report").first).to_be_visible()


def test_a_double_click_sends_a_form_once_and_its_only_link_is_shown(
    house: SimpleNamespace, context: BrowserContext
) -> None:
    page = sign_in(house, context, "ada")
    page.goto(f"{house.url}/desk/people/")
    page.get_by_label("E-mail address").fill("twice@office.example")
    page.get_by_label("Name").fill("Tove Twice")
    page.get_by_label("Writer").check()
    page.get_by_role("button", name="Make the link").dblclick()
    expect(page.get_by_label("The link")).to_have_value(re.compile("/desk/welcome/"))
