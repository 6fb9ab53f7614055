"""What was published turns out wrong, or comes back: in a real browser, to page and mail."""

import re
from collections.abc import Callable, Iterator
from email.utils import parseaddr
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.house import (
    PASSWORD,
    PEOPLE,
    House,
    Sink,
    every_built_byte,
    wait_until,
    words_of,
)

pytestmark = pytest.mark.journey
READER = "reader@fernway.example"
WRONG = "1,798 customers, 37% of those active that day"
STORY = """
import sys
sys.path.insert(0, {tests!r})
from journeys.closed_incident import tell
print(tell().public_id)
"""


@pytest.fixture
def told(house: House, sink: Sink) -> Iterator[str]:
    """A running house whose incident is over, closed in public and mailed; gives its id."""
    tests = str(Path(__file__).resolve().parent.parent)
    incident_id = house.python(STORY.format(tests=tests)).strip().splitlines()[-1]
    house.start()
    wait_until(lambda: letters(sink, "Over and stable") == [READER], "the letter of closure")
    yield incident_id


def letters(sink: Sink, words: str) -> list[str]:
    return [parseaddr(m["To"])[1] for m in sink.messages if words in words_of(m)]


def as_person(browser: Browser, house: House, who: str, act: Callable[[Page], None]) -> None:
    """Sign in, act, and leave; each person has a browser of their own."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{house.url}/desk/sign-in/")
        page.get_by_label("E-mail").fill(PEOPLE[who][0])
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="What needs saying now")).to_be_visible()
        act(page)


def approve_and_publish(house: House, address: str, button: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.goto(address)
        page.get_by_role("button", name="Approve").click()
        page.get_by_role("link", name="Publish …").first.click()
        page.get_by_role("button", name=button).click()
        expect(page.get_by_text("Published as number")).to_be_visible()

    return act


def more_people(house: House, incident_id: str) -> None:
    """Somebody finds out afterwards that it was worse."""
    house.python(f"""
from afterword.accounts.queries import person_by_email
from afterword.components.queries import the_page
from afterword.incidents.actions import save_record
from afterword.incidents.queries import current_record, incident_by_public_id
from afterword.kit.clock import now
incident = incident_by_public_id(the_page(), {incident_id!r})
record = current_record(incident)
more = {{"affected": 3000, "total": 4860, "percent": 61.7, "basis": "measured"}}
save_record(
    actor=person_by_email("wanda@larkbridge.example"), now=now(), incident=incident,
    data={{**record.data, "customers": more}}, expected_version=None,
)
""")


def test_a_wrong_figure_is_corrected_on_top_and_told_to_who_had_it_then_the_text_is_withdrawn(
    house: House, sink: Sink, browser: Browser, told: str
) -> None:
    more_people(house, told)
    address: list[str] = []

    def correct(page: Page) -> None:
        page.goto(f"{house.url}/desk/")
        task = page.get_by_role("listitem").filter(has_text="Correct what the page says")
        expect(task).to_contain_text(
            "the page says 1,798 of 4,860 customers (37%), the record 3,000 of 4,860"
        )
        task.get_by_role("link", name="Correct the page").click()
        page.get_by_label("We wrote").fill(WRONG)
        expect(page.get_by_label("It is", exact=True)).to_have_value(
            "3,000 of 4,860 customers (61.7%)"
        )
        page.get_by_role("button", name="Start the correction").click()
        expect(page.get_by_label("Text (Markdown)")).to_have_value(re.compile(WRONG))
        page.get_by_role("button", name="Save and ask for a review").click()
        expect(page.locator("body")).to_contain_text(re.compile("in review", re.I))
        address.append(page.url)

    as_person(browser, house, "writer", correct)
    as_person(
        browser, house, "reviewer", approve_and_publish(house, address[0], "Publish and send to 1")
    )
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{house.url}/incidents/{told}/")
        note = page.get_by_role("complementary", name="Correction")
        expect(note).to_contain_text(f"We wrote “{WRONG}”; it is 3,000 of 4,860 customers (61.7%).")
        expect(page.locator("#closure + .text")).to_contain_text(WRONG)
        expect(page.locator(".facts")).to_contain_text("3,000 of 4,860 customers")
    wait_until(lambda: letters(sink, "it is 3,000 of 4,860") == [READER], "the corrected letter")

    def withdraw(page: Page) -> None:
        page.goto(f"{house.url}/desk/cases/{told}/")
        page.get_by_role("link", name="Correct: Invoice sending: resolved").first.click()
        page.get_by_label("Retraction").check()
        page.get_by_label("It is", exact=True).fill("It described two incidents as one.")
        page.get_by_role("button", name="Start the correction").click()
        page.get_by_role("button", name="Save and ask for a review").click()
        expect(page.locator("body")).to_contain_text(re.compile("in review", re.I))
        address.append(page.url)

    as_person(browser, house, "writer", withdraw)
    as_person(
        browser, house, "reviewer", approve_and_publish(house, address[1], "Publish and send to 1")
    )
    wait_until(
        lambda: letters(sink, "described two incidents") == [READER], "the retraction's mail"
    )
    wait_until(
        lambda: not [n for n, raw in every_built_byte(house).items() if WRONG.encode() in raw],
        "the withdrawn words leaving every file",
    )
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{house.url}/incidents/{told}/")
        expect(page.locator("main")).to_contain_text("It described two incidents as one.")
        expect(page.locator("main")).to_contain_text("Withdrawn")


def test_what_came_back_is_open_on_the_page_and_in_the_mail_until_a_second_closure_is_owed(
    house: House, sink: Sink, browser: Browser, told: str
) -> None:
    def reopen(page: Page) -> None:
        page.goto(f"{house.url}/desk/incidents/{told}/")
        page.get_by_text("It came back: reopen").click()
        form = page.get_by_role("form", name="Reopen the incident")
        form.get_by_label("What readers get").fill("Invoices are late again. We are looking.")
        form.get_by_label("Why (stays inside)").fill("The quetzal queue filled up again.")
        form.get_by_label("Send it to subscribers").uncheck()
        form.get_by_role("button", name="Reopen and publish").click()
        expect(page.get_by_text("Open again, and published.")).to_be_visible()

    as_person(browser, house, "writer", reopen)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{house.url}/incidents/{told}/")
        expect(page.locator(".answers").first).to_contain_text("Not yet.")
        expect(page.locator("main")).to_contain_text("It is open again.")
        page.goto(house.url)
        expect(page.locator("main")).to_contain_text("Happening now")
    wait_until(lambda: letters(sink, "late again") == [READER], "the mail that it is back")
    assert not [n for n, raw in every_built_byte(house).items() if b"quetzal" in raw]

    def resolve(page: Page) -> None:
        page.goto(f"{house.url}/desk/incidents/{told}/")
        form = page.get_by_role("form", name="Post an update")
        form.get_by_label("Status").select_option("resolved")
        form.get_by_label("Update", exact=True).fill("Invoices are being sent again.")
        form.get_by_role("button", name="Publish the update").click()
        expect(page.locator("#step-1")).to_contain_text("Write the closure")

    as_person(browser, house, "writer", resolve)
