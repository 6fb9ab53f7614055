"""Promises and readers in a real browser: made, put off in time, delivered and told; a cause that
came back; a reader who was left with a question.

All of it happens in one running house, in which every journey has an incident of its own.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from journeys.house import House, open_house, smtp_sink, wait_until, words_of
from journeys.test_at_the_desk import at_the_desk

pytestmark = [pytest.mark.journey, pytest.mark.slow]
TOLD = """
import json, sys
from datetime import UTC, datetime, timedelta
sys.path.insert(0, {tests!r})
from types import SimpleNamespace
from afterword.accounts.permissions import MACHINE
from afterword.followups.actions import decide
from afterword.incidents.queries import incident_by_public_id
from afterword.kit.clock import now as clock
from afterword.publishing.actions import announce_incident, announce_update
from afterword.statements.actions import save_revision, start
from desk.office import TITLE, build, complete_record
from desk.test_recurrence import AGAIN
from fanout.published import subscribed

noon = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
office = build(noon)
(reader,) = subscribed(office.page, clock() - timedelta(hours=1), "reader@fernway.example")
# It is day there whenever this runs: at night what can wait does not leave.
reader.zone = "UTC" if 8 <= clock().hour < 20 else "Pacific/Fiji"
reader.save(update_fields=["zone"])


def resolved(title, began):
    said = announce_incident(
        actor=office.wanda, now=began, page=office.page, title=title,
        body="Invoices are not being sent. We are looking for the cause.",
        components={{office.sending: "major_outage"}}, severity=2,
    )
    incident = incident_by_public_id(office.page, said.incident_id)
    announce_update(
        actor=office.wanda, now=began + timedelta(hours=6, minutes=12), incident=incident,
        status="resolved", body="Invoices are being sent again.",
    )
    incident.refresh_from_db()
    return incident


began = noon - timedelta(days=1, hours=3, minutes=48)
earlier = resolved("The list was full", noon - timedelta(days=60))
made = {{name: resolved(f"Invoices: {{name}}", began) for name in ("promise", "again", "reader")}}
for incident in made.values():
    complete_record(SimpleNamespace(**{{**vars(office), "incident": incident}}), noon)
decide(
    actor=office.pia, now=noon, incident=made["again"], segment="everyone", level="page",
    reason="Few felt it; the page will do.",
)
text = start(actor=office.wanda, now=noon, incident=made["again"], kind="summary")
save_revision(
    actor=office.wanda, now=noon, statement=text, title=TITLE, body=AGAIN, based_on=1
)
ids = {{name: incident.public_id for name, incident in made.items()}}
print(json.dumps(ids | {{"earlier": earlier.public_id, "text": text.public_id}}))
"""
CLOSED = """
import sys
sys.path.insert(0, {tests!r})
from types import SimpleNamespace
from afterword.accounts.queries import person_by_email
from afterword.components.queries import the_page
from afterword.followups.actions import decide
from afterword.incidents.queries import incident_by_public_id
from afterword.kit.clock import now as clock
from afterword.publishing.actions import publish_statement
from afterword.statements.actions import approve, ask_review
from desk.office import written

wanda, rolf, pia = (person_by_email(f"{{n}}@office.example") for n in ("wanda", "rolf", "pia"))
incident = incident_by_public_id(the_page(), {incident!r})
text = written(SimpleNamespace(wanda=wanda, incident=incident), clock())
ask_review(actor=wanda, now=clock(), statement=text)
approve(actor=rolf, now=clock(), statement=text)
decide(
    actor=pia, now=clock(), incident=incident, segment="everyone", level="subscribers",
    reason="Everybody subscribed saw the failure.",
)
publish_statement(actor=pia, now=clock(), statement=text)
"""
TESTS = str(Path(__file__).resolve().parent.parent)
WHAT = "A full queue raises an alarm"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, furnished: House) -> Iterator[SimpleNamespace]:
    folder = tmp_path_factory.mktemp("promises") / "house"
    with smtp_sink() as (sink, port), open_house(folder, port, like=furnished) as house:
        ids = json.loads(house.python(TOLD.format(tests=TESTS)).splitlines()[-1])
        house.start()
        yield SimpleNamespace(house=house, url=house.url, sink=sink, ids=ids)


def page_of(desk: SimpleNamespace, path: str) -> str:
    with urlopen(desk.url + path, timeout=30) as answer:
        return str(answer.read().decode())


def letters(desk: SimpleNamespace, words: str) -> list[list[str]]:
    """Return the recipients of each letter with these words."""
    return [to for (to, _), message in zip(desk.sink.received, desk.sink.messages, strict=True)
            if words in words_of(message)]  # fmt: skip


def test_a_promise_is_made_put_off_in_time_delivered_and_told_to_who_got_the_text(
    desk: SimpleNamespace, browser: Browser
) -> None:
    case = f"{desk.url}/desk/cases/{desk.ids['promise']}/"
    today = datetime.now(UTC).date()
    first, later = today + timedelta(days=20), today + timedelta(days=40)
    with at_the_desk(desk, browser, "wanda") as page:
        page.goto(f"{case}commitments/")
        form = page.locator("form", has=page.get_by_role("button", name="Promise it"))
        form.get_by_label("What changes").fill(WHAT)
        form.get_by_label("Why it matters").fill("Nobody noticed the full queue for hours.")
        form.get_by_label("How it lowers the risk").first.fill("It is noticed within minutes.")
        form.locator("[name=mechanism]").select_option("detect")
        form.locator("[name=due]").fill(first.isoformat())
        form.get_by_role("button", name="Promise it").click()
        expect(page.get_by_text("Promised inside.")).to_be_visible()
    desk.house.python(CLOSED.format(tests=TESTS, incident=desk.ids["promise"]))
    wait_until(lambda: letters(desk, "every queued invoice") != [], "the letter")

    with at_the_desk(desk, browser, "wanda") as page:
        page.goto(f"{case}commitments/")
        page.get_by_role("link", name=f"Change: {WHAT}").click()
        page.locator("[name=due]").fill(later.isoformat())
        page.locator("[name=note]").fill("The machine it runs on arrives next month.")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("changed, readers not told yet")).to_be_visible()
    with at_the_desk(desk, browser, "pia") as page:
        page.goto(f"{case}commitments/")
        page.get_by_role("button", name="Publish how they stand").click()
        expect(page.get_by_text("Published as number")).to_be_visible()
    wait_until(lambda: "earliest day given" in page_of(desk, "/commitments/"), "the new day")

    with at_the_desk(desk, browser, "wanda") as page:
        page.goto(f"{case}commitments/")
        page.get_by_role("link", name=f"Change: {WHAT}").click()
        page.locator("[name=state]").select_option("done")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("changed, readers not told yet")).to_be_visible()
    with at_the_desk(desk, browser, "pia") as page:
        page.get_by_role("link", name="See who would hear").first.click()
        expect(page.get_by_role("heading", name="1 promise, 1 person")).to_be_visible()
        page.get_by_role("button", name="Tell them").click()
        expect(page.get_by_text("Nothing waits to be told.")).to_be_visible()
    wait_until(lambda: letters(desk, f": {WHAT}.") != [], "the note on the delivered promise")
    assert letters(desk, f": {WHAT}.") == [["reader@fernway.example"]]
    wait_until(lambda: "Kept or dropped lately" in page_of(desk, "/commitments/"), "the page")


def test_a_cause_that_came_back_is_confirmed_demanded_of_the_summary_and_linked_both_ways(
    desk: SimpleNamespace, browser: Browser
) -> None:
    case = f"{desk.url}/desk/cases/{desk.ids['again']}/"
    text = f"{desk.url}/desk/statements/{desk.ids['text']}/"
    with at_the_desk(desk, browser, "wanda") as page:
        page.goto(case)
        asked = page.locator("section", has=page.get_by_role("heading", name="happened before?"))
        earlier = asked.get_by_role("listitem").filter(has_text="The list was full")
        earlier.get_by_role("button", name="Yes, the same cause").click()
        expect(page.get_by_text("The record names it now, and the summary has to.")).to_be_visible()
        page.goto(text)
        page.get_by_role("button", name="Save and ask for a review").click()
        expect(page.get_by_text("The list was full").first).to_be_visible()
        body = page.get_by_label("Text (Markdown)")
        mention = "On 17 January the same list filled up; the fix covered one of two."
        body.fill(f"{body.input_value()}\n\n{mention}")
        page.get_by_role("button", name="Save and ask for a review").click()
        expect(page.get_by_text("You wrote this text")).to_be_visible()
    with at_the_desk(desk, browser, "rolf") as page:
        page.goto(text + "review/")
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("Approved by Rolf, for revision").first).to_be_visible()
    with at_the_desk(desk, browser, "pia") as page:
        page.goto(text + "publish/")
        page.get_by_text("It cannot wait", exact=True).click()
        hurry = page.get_by_role("form", name="It cannot wait")
        hurry.get_by_label("Why it cannot wait").fill("Readers ask whether it is the same again.")
        hurry.get_by_role("button", name="Publish now").click()
        expect(page.get_by_text("Published as number")).to_be_visible()
    here, before = (f"/incidents/{desk.ids[name]}/" for name in ("again", "earlier"))
    wait_until(lambda: f'href="{before}"' in page_of(desk, here), "the link to the earlier one")
    wait_until(lambda: f'href="{here}"' in page_of(desk, before), "the link to the later one")


def test_a_reader_who_was_left_with_a_question_is_heard_by_the_writer(
    desk: SimpleNamespace, browser: Browser
) -> None:
    said = "Were the invoices of 16 March sent twice?"
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{desk.url}/incidents/{desk.ids['reader']}/")
        page.get_by_label("which question remains").select_option("happened")
        page.get_by_text("Say what is missing").click()
        page.get_by_label("What would you need to know?").fill(said)
        page.get_by_role("button", name="No, and send this").click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        assert context.cookies() == []
    with at_the_desk(desk, browser, "wanda") as page:
        waiting = page.get_by_role("listitem").filter(has_text="Read what readers miss")
        waiting.get_by_role("link", name="See what they say").click()
        heard = page.locator("#readers")
        expect(heard).to_contain_text(said)
        heard.get_by_role("button", name=f"Noted: {said}").click()
        expect(page.get_by_role("status").filter(has_text="Noted.")).to_be_visible()
        page.goto(f"{desk.url}/desk/")
        expect(page.get_by_text("Read what readers miss")).to_have_count(0)
