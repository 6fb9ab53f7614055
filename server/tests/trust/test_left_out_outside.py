"""What is in no list outside is counted there, in words that are true for every reason to leave
it out: an incident or a promise that is not public, and a text that went to a few.
"""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.components.models import Page
from afterword.publishing.actions import keep_panel_quarter
from afterword.site_builder.actions import build_all
from afterword.trust.booklet import Audience, Chapter, booklet
from afterword.trust.booklet_pdf import data_of
from afterword.trust.outward import listed, outward
from afterword.trust.panel import figures_of
from afterword.trust.report import report
from desk.office import person, signed_in
from publishing.press import a_page, word
from trust.test_lists_outside import JULY, SPRING, words
from trust.test_panel import on

pytestmark = pytest.mark.django_db
TAKEN_BACK = {"weight": "retraction"}
ONE = "One that counts is not listed: it is not public, or its text went to a few."


@pytest.fixture
def page(now: datetime) -> Page:
    """A public incident: a text for everybody was taken back, and so was a letter to a few."""
    page, at = a_page(now), now + timedelta(days=20)
    summary = word(page, "inv", at, kind="summary", status="resolved")
    letter = word(page, "inv", at, kind="follow_up", status="resolved", audience="list")
    for each, to in ((summary, "page"), (letter, "list")):
        word(
            page, "inv", at + timedelta(hours=1 + (to == "list")), kind="correction",
            status="resolved", corrects=each, correction=TAKEN_BACK, audience=to,
        )  # fmt: skip
    return page


def taken_back(page: Page, audience: Audience) -> Chapter:
    made = booklet(page, SPRING, audience, now=JULY)
    return next(each for each in made.traces if each.measure.code == "retractions")


def test_a_letter_to_a_few_about_a_public_incident_is_in_no_list_outside(page: Page) -> None:
    made = outward(page, report(page, SPRING, now=JULY))
    lines, left_out = listed(made.measure("retractions"))
    assert ([line.about for line in lines], left_out) == (["inv"], 1)
    assert len(made.measure("retractions").items) == 2, "it counts"
    [hidden] = [item for item in made.measure("retractions").items if not item.about]
    assert (hidden.title, hidden.address) == ("Something that is not on the public page", "")
    inside = taken_back(page, Audience.AUDITOR)
    assert (len(inside.items), inside.not_listed) == (2, "")


def test_what_is_left_out_is_the_letter_and_not_the_text_on_the_page(
    page: Page, now: datetime
) -> None:
    on_the_page = now + timedelta(days=20, hours=1)
    to_a_few = on_the_page + timedelta(hours=1)
    measure = outward(page, report(page, SPRING, now=JULY)).measure("retractions")
    assert [line.at for line in listed(measure)[0]] == [on_the_page]
    assert [item.at for item in measure.items if not item.about] == [to_a_few]
    customer = taken_back(page, Audience.CUSTOMER)
    assert [line.at for line in customer.items] == [on_the_page]
    texts = outward(page, report(page, SPRING, now=JULY)).measure("enlarging_corrections")
    assert [item.at for item in texts.items if not item.about] == [now + timedelta(days=20)]


def test_the_report_for_a_customer_says_so_truly_as_a_page_and_as_a_pdf(page: Page) -> None:
    assert taken_back(page, Audience.CUSTOMER).not_listed == ONE
    made = booklet(page, SPRING, Audience.CUSTOMER, now=JULY)
    assert [each["not_public"] for each in data_of(made)["traces"] if each["not_public"]] == [ONE]
    client: Client = signed_in(person(JULY, "Pia", Role.PUBLISHER))
    html = client.get("/desk/trust/report/customer/?period=2026-q2").content.decode()
    assert ONE in html and "not public, and not listed" not in html


def test_the_panel_says_so_truly(page: Page, now: datetime, site_dir: Path) -> None:
    on(page, now)
    keep_panel_quarter(
        actor=MACHINE, now=JULY, page=page, quarter="2026-q2", first=SPRING.first,
        last=SPRING.last, figures=figures_of(outward(page, report(page, SPRING, now=JULY))),
    )  # fmt: skip
    build_all(now=JULY)
    html = (site_dir / "trust/index.html").read_text()
    assert ONE in words(html[html.index('<h3 id="retractions"') :].split("<h3")[1])


def test_several_are_said_as_several(page: Page, now: datetime) -> None:
    letter = word(page, "inv", now + timedelta(days=30), kind="follow_up", audience="list")
    word(
        page, "inv", now + timedelta(days=31), kind="correction", status="resolved",
        corrects=letter, correction=TAKEN_BACK, audience="list",
    )  # fmt: skip
    assert taken_back(page, Audience.CUSTOMER).not_listed == (
        "2 that count are not listed: not public, or their text went to a few."
    )
