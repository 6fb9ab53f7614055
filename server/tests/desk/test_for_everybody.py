"""Every page of the desk, held to axe and to a phone: light, dark and narrow, with untidy words.

The pages are read from the addresses, so that a new one is here without being listed.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page

from desk.office import PASSWORD
from desk.test_who_may_what import NO, NOTHING_THERE, OPEN, TABLE, routes
from journeys.house import House, open_house

# Which database is below makes no difference to what is drawn.
pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.own_database]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
FURNISH = """
import json, sys
sys.path.insert(0, {tests!r})
from afterword.kit.clock import now
from desk.messy import build
print(json.dumps(build(now().replace(second=0, microsecond=0))))
"""
EMPTY = """
from afterword.accounts.actions import create_person
from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_page
from afterword.kit.clock import now
create_page(actor=MACHINE, now=now(), name="Larkbridge", url="https://status.larkbridge.example")
create_person(
    actor=MACHINE, now=now(), email="ada@office.example", name="Ada", password={password!r},
    roles=[Role.ADMIN],
)
"""
# What is shown in a frame is the public page, which has tests of its own.
AXE = """rules => axe.run({resultTypes: ["violations"], iframes: false, ...rules}).then(found => [
  found.passes.length,
  found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 160)}`)),
])"""
# What a scheme or a width can change; the rest of a page is the same in all of them.
IN_THE_DARK = {"runOnly": ["color-contrast"]}
ON_A_PHONE = {"runOnly": ["target-size", "scrollable-region-focusable"]}
POST_NOTHING = """() => {
  const form = document.createElement("form");
  form.method = "post";
  for (const name of ["csrfmiddlewaretoken", "form_key", "expected_version", "based_on"]) {
    const there = document.querySelector(`main form[method=post] [name=${name}]`);
    if (there) form.append(there.cloneNode());
  }
  document.body.append(form);
  form.submit();
}"""


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with the page that is open, in both schemes and on a phone."""
    found = as_it_is(page)
    page.emulate_media(color_scheme="dark")
    found += [f"{page.url}: dark: {each}" for each in page.evaluate(AXE, IN_THE_DARK)[1]]
    page.set_viewport_size(PHONE)
    found += [f"{page.url}: phone: {each}" for each in page.evaluate(AXE, ON_A_PHONE)[1]]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return found + [f"{page.url}: phone: {wide} px wide"] * (wide > PHONE["width"])


def as_it_is(page: Page) -> list[str]:
    """Return what axe finds on the page that is open, in a wide window and in the light."""
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    page.evaluate(AXE_SCRIPT)
    passed, found = page.evaluate(AXE, {})
    assert passed > 10, f"axe did not run on {page.url}"
    return [f"{page.url}: {each}" for each in found]


def pages() -> list[str]:
    """Return the names of the addresses that answer a GET."""
    assert set(TABLE) == set(routes()), "the table of addresses is out of date"
    return [name for name, (get, _) in TABLE.items() if get is not NO]


def address(name: str, ids: dict[str, Any]) -> str:
    parts = {part: ids[part] for part in routes()[name]}
    if name in {"move-maintenance", "call-off"}:
        parts["incident_id"] = ids["maintenance_id"]
    return reverse(f"desk:{name}", kwargs=parts)


def opened(page: Page, house: SimpleNamespace, name: str, ids: dict[str, Any]) -> bool:
    """Open what the address names; False for a file, and for what readers will get.

    The latter stands in a frame that runs no script, where axe could not run either.
    """
    where = house.url + address(name, ids)
    got = page.request.get(where, max_redirects=0)
    head = got.headers
    is_file = "attachment" in head.get("content-disposition", "")
    if is_file or "text/html" not in head.get("content-type", "text/html"):
        return False
    if "sandbox" in head.get("content-security-policy", ""):
        return False
    if got.ok and "<html" not in got.text():
        return False  # a part of a page, which is looked at where it stands
    answer = page.goto(where, wait_until="load")
    assert answer is not None
    may_refuse = name in NOTHING_THERE or TABLE[name][0] == OPEN
    assert answer.status == NOT_NOW.get(name, 200) or may_refuse, where
    return True


# What says why it cannot be done yet: nobody approved the text whose letters it would try.
NOT_NOW = {"dry-run": 409}


def sign_in(house: SimpleNamespace, context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(f"{house.url}/desk/sign-in/")
    page.get_by_label("E-mail address").fill("ada@office.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{house.url}/desk/")
    return page


@pytest.fixture(scope="module")
def untidy(tmp_path_factory: pytest.TempPathFactory, furnished: House) -> Iterator[SimpleNamespace]:
    """A running Afterword full of untidy words, and what its addresses name."""
    with open_house(tmp_path_factory.mktemp("untidy") / "house", like=furnished) as house:
        tests = str(Path(__file__).resolve().parent.parent)
        # What stands there stays as it is while the pages are read.
        house.extra_env["AFTERWORD_EMBEDDED_WORKER"] = "no"
        said = house.python(FURNISH.format(tests=tests))
        house.start()
        yield SimpleNamespace(url=house.url, ids=json.loads(said.splitlines()[-1]))


def test_a_fault_of_each_kind_is_found(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content("""<html lang="en"><title>Faulty</title><style>
          p { color: #777; background: #fff }
          @media (prefers-color-scheme: dark) { b { color: #333; background: #222 } }
          @media (max-width: 40rem) { i { display: block; width: 50rem } }
          button { width: 10px; height: 10px; padding: 0; border: 0; margin: 0 }</style>
          <main><h1>Faulty</h1><p>Too pale</p><b>Too dark</b><i>Too wide</i><input>
          <button aria-label="a"></button><button aria-label="b"></button></main>""")
        found = " ".join(faults_of(page))
    for fault in ("color-contrast: <p>", "label: <input>", "dark: color-contrast: <b>"):
        assert fault in found
    assert "phone: target-size: <button" in found
    assert "phone: 80" in found


def test_no_page_has_a_fault_with_untidy_words(untidy: SimpleNamespace, browser: Browser) -> None:
    found: list[str] = []
    seen = 0
    with browser.new_context() as context:
        page = context.new_page()
        for name in [n for n in pages() if TABLE[n][0] == OPEN]:
            if opened(page, untidy, name, untidy.ids):
                found += faults_of(page)
    with browser.new_context() as context:
        page = sign_in(untidy, context)
        for name in [n for n in pages() if TABLE[n][0] != OPEN]:
            if opened(page, untidy, name, untidy.ids):
                seen += 1
                found += faults_of(page)
        running = untidy.ids | {"incident_id": untidy.ids["running_id"]}
        for name in ("case", "incident", "follow-up"):
            assert opened(page, untidy, name, running)
            found += faults_of(page)
        case = untidy.url + address("case", untidy.ids)
        for name in ("record", "commitments", "statement", "review", "publish"):
            answer = page.goto(f"{case}?open={address(name, untidy.ids).removeprefix('/desk/')}")
            assert answer is not None
            assert answer.status == 200, name
            found += faults_of(page)
    assert seen > 30, "hardly any address led to a page"
    assert found == []


def test_no_form_has_a_fault_when_it_is_sent_empty(
    untidy: SimpleNamespace, browser: Browser
) -> None:
    found: list[str] = []
    refused = 0
    with browser.new_context() as context:
        page = sign_in(untidy, context)
        for name, (get, post) in TABLE.items():
            if NO in (get, post) or get == OPEN or not opened(page, untidy, name, untidy.ids):
                continue
            with page.expect_navigation(wait_until="load") as sent:
                page.evaluate(POST_NOTHING)
            refused += sent.value.status == 422
            found += [f"sent empty, {each}" for each in as_it_is(page)]
    assert refused > 10, "hardly any form refused to be empty"
    assert found == []


def test_no_page_has_a_fault_when_there_is_nothing_to_show(
    tmp_path: Path, furnished: House, browser: Browser
) -> None:
    found: list[str] = []
    with open_house(tmp_path / "empty", like=furnished) as house:
        house.python(EMPTY.format(password=PASSWORD))
        house.start()
        with browser.new_context() as context:
            at = SimpleNamespace(url=house.url)
            page = sign_in(at, context)
            for name in [n for n in pages() if TABLE[n][0] != OPEN and not routes()[n]]:
                if opened(page, at, name, {}):
                    found += faults_of(page)
            page.goto(f"{house.url}/desk/cases/nowhere/", wait_until="load")
            found += faults_of(page)
    assert found == []
