"""A publisher brings sixty thousand customers, sees how far it is, and mends what is wrong."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.house import PASSWORD, PEOPLE, House

pytestmark = [pytest.mark.journey, pytest.mark.slow]
ROWS, WRONG = 60_000, 250
WRITTEN = f"This file has brought {ROWS:,} new"


def sheet(folder: Path, *, wrong: int) -> Path:
    """Return a file whose last rows say what is no percentage."""
    lines = [
        f"a{n},Oakline {n},{'very high' if n >= ROWS - wrong else '99.9'},it{n}@oakline.example"
        for n in range(ROWS)
    ]
    path = folder / f"customers-{wrong}.csv"
    head = "account_id,name,sla_target,contact_email"
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    return path


FURNISH = """
from datetime import UTC, datetime
from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_page
create_page(actor=MACHINE, now=datetime.now(UTC), name="Larkbridge", url="http://127.0.0.1")
"""


def start_without_a_worker(house: House) -> None:
    """Start the server alone, so that nothing is over before anybody looked."""
    house.python(FURNISH)
    house.extra_env["AFTERWORD_EMBEDDED_WORKER"] = "no"
    with house.beside("worker"):  # it builds the pages that the server is well with
        house.start()


@contextmanager
def at_the_desk(house: House, browser: Browser, **more: Any) -> Iterator[Page]:
    with browser.new_context(**more) as context:
        page = context.new_page()
        page.goto(f"{house.url}/desk/")
        page.get_by_label("E-mail address").fill(PEOPLE["reviewer"][0])
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/desk/")
        yield page


def bring(house: House, page: Page, file: Path) -> None:
    page.goto(f"{house.url}/desk/customers/")
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", name="Customers: an uploaded file")).to_be_visible()


def notes(page: Page) -> None:
    """Have the page keep everything that is shown of the progress, and read out."""
    page.evaluate(
        """() => {
          window.shown = []; window.heard = [];
          const said = document.getElementById("said");
          const note = () => {
            const part = document.getElementById("progress");
            if (part) window.shown.push(part.innerText);
            if (said.innerText) window.heard.push(said.innerText);
          };
          new MutationObserver(note)
            .observe(document.querySelector("main"), {childList: true, subtree: true});
          note();
        }"""
    )


def customers(house: House) -> int:
    asks = "from afterword.audience.models import Customer\nprint(Customer.objects.count())"
    return int(house.python(asks).splitlines()[-1])


def test_many_customers_come_with_progress_are_mended_and_come_again(
    house: House, browser: Browser, tmp_path: Path
) -> None:
    start_without_a_worker(house)
    with at_the_desk(house, browser) as page:
        bring(house, page, sheet(tmp_path, wrong=WRONG))
        expect(page.locator("#progress")).to_contain_text("Waits to be read")
        notes(page)
        with house.beside("worker"):
            expect(page.locator("#progress")).to_contain_text(
                f"Nothing was written: {WRONG} rows need mending", timeout=60_000
            )
            shown, heard = page.evaluate("[window.shown, window.heard]")
            assert any(f"of {ROWS:,} rows checked" in each for each in shown), shown
            assert any("rows need mending" in each for each in heard), heard
            assert len(heard) <= 12, "not every look is read out"
            assert customers(house) == 0
            with page.expect_download() as loading:
                page.get_by_role("link", name="Rows to mend, as CSV").click()
            told = list(csv.DictReader(io.StringIO(loading.value.path().read_text("utf-8"))))
            assert [int(row["line"]) for row in told] == list(range(ROWS - WRONG + 2, ROWS + 2))
            page.get_by_role("link", name="Bring the mended file").click()
            bring(house, page, sheet(tmp_path, wrong=0))
            expect(page.locator("#progress")).to_contain_text(WRITTEN, timeout=90_000)
            expect(page.locator("#progress .tag")).to_have_text("Brought in")
    assert customers(house) == ROWS
    with at_the_desk(house, browser, java_script_enabled=False) as page:
        page.goto(f"{house.url}/desk/customers/")
        page.get_by_role("region", name="Newest uploads").get_by_role("link").first.click()
        expect(page.locator("#progress")).to_contain_text(WRITTEN)


def test_without_scripts_the_page_is_loaded_again_to_see_how_far_it_is(
    house: House, browser: Browser, tmp_path: Path
) -> None:
    start_without_a_worker(house)
    with at_the_desk(house, browser, java_script_enabled=False) as page:
        bring(house, page, sheet(tmp_path, wrong=0))
        expect(page.locator("noscript p")).to_be_visible()
        with house.beside("worker"):
            for _ in range(300):
                page.reload()
                if page.get_by_text(WRITTEN).count():
                    break
        expect(page.locator("#progress")).to_contain_text(WRITTEN)
