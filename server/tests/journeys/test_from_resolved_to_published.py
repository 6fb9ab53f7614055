"""The whole way in a real browser, on an incident of a real page: resolved to trusted again."""

import re
import urllib.request
from email.utils import parseaddr
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.house import PASSWORD, PEOPLE, House, Sink, wait_until, words_of

INCIDENT = "8vfyvq16hzh9"
READER = "reader@fernway.example"
CLOSURE = """\
Resolved: Actions, Pages, Issues and the API work again after a brief disruption.

From 19 July 2026, 23:34 to 20 July 2026, 04:44 UTC, workflow runs did not start, \
Pages were not published, and requests to Issues and to the API failed. \
1,798 of 4,860 customers were affected (37%).

No repository or other data was lost, changed or seen by anyone else: we compared every queued job \
with the log of finished jobs.

All of it has been stable since 04:44 UTC. We are sorry: builds and releases \
waited for us. We will publish what happened and what we are changing by 3 December 2026. If \
something still looks wrong, contact support@larkbridge.example. Thank you for your patience.
"""


def _sign_in(page: Page, house: House, who: str) -> None:
    page.goto(f"{house.url}/desk/sign-in/")
    page.get_by_label("E-mail").fill(PEOPLE[who][0])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="What needs saying now")).to_be_visible()


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        body: bytes = answer.read()
        return body.decode()


def _says(address: str, words: str) -> bool:
    return words in _get(address)


def _follow_the_page_by_mail(page: Page, house: House, sink: Sink) -> None:
    page.goto(house.url)
    page.get_by_label("Your e-mail address").fill(READER)
    page.get_by_role("button", name="Subscribe").click()
    wait_until(lambda: bool(sink.messages), "the mail that asks for confirmation")
    link = re.search(rf"{house.url}/subscribe/\S+", words_of(sink.messages[0]))
    assert link, words_of(sink.messages[0])
    page.goto(link.group())
    page.get_by_role("button", name="Confirm the subscription").click()
    expect(page.locator("body")).to_contain_text("You are subscribed")


def _complete_the_record(page: Page, house: House) -> None:
    page.goto(f"{house.url}/desk/cases/{INCIDENT}/record/")
    page.locator("[name='customers.affected']").fill("1798")
    page.locator("[name='customers.total']").fill("4860")
    page.locator("[name='customers.basis']").select_option("measured")
    for effect in ("confidentiality", "loss", "integrity"):
        page.locator(f"[name='data.{effect}']").select_option("none")
    page.locator("[name='data.checked_how']").fill("every queued job compared with the log")
    page.locator("[name='symptoms']").fill("workflow runs did not start")
    page.get_by_role("button", name="Save the record").click()
    expect(page.get_by_role("heading", name="From resolved to trusted again")).to_be_visible()
    expect(page.locator("#record")).to_contain_text("37")


def _tell_everyone_subscribed(page: Page, house: House) -> None:
    page.goto(f"{house.url}/desk/cases/{INCIDENT}/follow-up/")
    form = page.get_by_role("form", name="Decide for everyone subscribed")
    form.locator("[name$=level]").select_option("subscribers")
    form.locator("[name$=reason]").fill("Everybody who follows us saw it fail.")
    page.get_by_role("button", name="Decide for everyone subscribed").click()
    expect(page.locator("body")).to_contain_text("decided: subscribers")


def _write_the_closure(page: Page, house: House) -> None:
    page.goto(f"{house.url}/desk/cases/{INCIDENT}/")
    page.locator("#step-1").get_by_role("button").or_(
        page.locator("#step-1").get_by_role("link")
    ).first.click()
    title = page.get_by_label("Title")
    expect(title).to_be_visible()
    title.fill("Actions, Pages, Issues and the API work again")
    page.locator("#body").fill(CLOSURE)


@pytest.mark.journey
def test_a_brief_issue_of_five_hours_is_stopped_mended_approved_published_and_mailed(
    house: House, sink: Sink, browser: Browser, shared_fixtures: Path
) -> None:
    recording = shared_fixtures / "statuspage-v2" / "github" / "incidents_2026-07-31.json"
    house.run("import", "statuspage", str(recording), "--open-case", INCIDENT)
    house.start()
    wait_until(lambda: house.answers(f"/incidents/{INCIDENT}/"), "the imported page being built")

    with browser.new_context() as context:
        _follow_the_page_by_mail(context.new_page(), house, sink)

    with browser.new_context() as context:
        page = context.new_page()
        _sign_in(page, house, "writer")
        _complete_the_record(page, house)
        with browser.new_context() as second:
            planner = second.new_page()
            _sign_in(planner, house, "reviewer")
            _tell_everyone_subscribed(planner, house)
        _write_the_closure(page, house)

        stop = page.locator(".finding", has_text="REC-01")
        expect(stop).to_contain_text("5 h 10 min")
        page.get_by_role("button", name="Save and ask for a review").click()
        expect(page.get_by_role("alert").first).to_be_visible()
        expect(page.locator(".finding", has_text="REC-01")).to_contain_text("5 h 10 min")

        page.locator(".finding", has_text="REC-01").get_by_role("button", name="Replace").click()
        expect(page.locator("#body")).to_have_value(re.compile("5 hours 10 minutes"))
        expect(page.locator("#body")).not_to_have_value(re.compile("brief"))
        expect(page.locator(".finding.error")).to_have_count(0)
        page.get_by_role("button", name="Save and ask for a review").click()
        expect(page.locator("body")).to_contain_text(re.compile("in review", re.I))
        address = page.url

        expect(page.get_by_role("button", name="Approve")).to_have_count(0)

    statement = re.search(r"statements/([0-9a-z]+)/", address)
    assert statement, address
    with browser.new_context() as context:
        page = context.new_page()
        _sign_in(page, house, "reviewer")
        page.goto(f"{house.url}/desk/statements/{statement.group(1)}/review/")
        page.get_by_role("button", name="Approve").click()
        page.get_by_role("link", name="Publish …").first.click()
        expect(page.locator("body")).to_contain_text("1 confirmed subscriber")
        with page.expect_navigation():
            page.get_by_role("button", name="Publish and send to 1").click()

    expected = "1,798 of 4,860 customers"
    for place in (f"/incidents/{INCIDENT}/", "/history.atom"):
        wait_until(partial(_says, house.url + place, expected), f"the closure in {place}")
    assert f"/incidents/{INCIDENT}/" in _get(house.url + "/history/2026/07/")
    assert "Actions" in _get(house.url + "/")
    wait_until(
        lambda: any(expected in words_of(message) for message in sink.messages), "the letter"
    )
    letters = [m for m in sink.messages if expected in words_of(m)]
    assert [parseaddr(m["To"])[1] for m in letters] == [READER]
    assert letters[0]["List-Unsubscribe"].startswith(f"<{house.url}/")
    assert letters[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.journey
def test_importing_the_same_recording_twice_changes_nothing_the_second_time(
    house: House, shared_fixtures: Path
) -> None:
    recording = shared_fixtures / "statuspage-v2" / "github" / "incidents_2026-07-31.json"
    house.run("import", "statuspage", str(recording))
    house.run("build-site")
    before = {p: p.read_bytes() for p in house.site.rglob("*") if p.is_file()}
    count = (
        "from django.apps import apps\n"
        "print({m._meta.label: m.objects.count() for m in apps.get_models()})"
    )
    rows = house.python(count)

    said = house.run("import", "statuspage", str(recording))
    house.run("build-site")

    assert house.python(count) == rows
    assert {p: p.read_bytes() for p in house.site.rglob("*") if p.is_file()} == before
    assert "50 unchanged" in said or "unchanged: 50" in said, said
