"""Charts of a company with two years behind it: on the desk, in the report as a page and a PDF."""

import mimetypes
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client

from afterword.accounts.models import Role
from afterword.components.models import Page
from afterword.trust.booklet import Audience, booklet
from afterword.trust.periods import named
from browsing import Chromium
from desk.office import person, signed_in
from pdf_pages import read_pdf
from trust.two_years import Company

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
QUARTER = "?period=2025-q3"
PAGES = {
    "desk": f"/desk/trust/{QUARTER}",
    "customer": f"/desk/trust/report/customer/{QUARTER}",
    "auditor": f"/desk/trust/report/auditor/{QUARTER}",
}


@pytest.fixture
def reader() -> Client:
    # A month needs eight incidents to be drawn.
    Company(recovers=True, seed=7, months=range(17, 22), a_month=12)
    return signed_in(person(datetime.fromisoformat("2026-01-20T09:00:00+00:00"), "Pia",
                            Role.PUBLISHER))  # fmt: skip


def served(route: Any, pages: dict[str, str]) -> None:
    """Answer a request of the browser with a page that was made before, or a file of ours."""
    path = urlsplit(route.request.url).path
    if path in pages:
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body=pages[path])
    elif found := finders.find(path.removeprefix("/static/")):
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        route.fulfill(status=200, content_type=kind, path=found)
    else:
        route.fulfill(status=404, body="")


@pytest.mark.parametrize("where", PAGES)
def test_charts_are_there_described_beside_tables_and_axe_is_content_in_the_light_and_the_dark(
    reader: Client, chromium: Chromium, where: str
) -> None:
    made = {urlsplit(PAGES[where]).path: reader.get(PAGES[where]).content.decode()}
    with chromium.open() as browser:
        page = browser.new_page()
        page.route("**/*", lambda route: served(route, made))
        page.goto(f"http://desk.example{urlsplit(PAGES[where]).path}")
        charts = page.locator("main svg[role=img]")
        assert charts.count() >= 8
        for chart in charts.all():
            ids = (chart.get_attribute("aria-labelledby") or "").split()
            said = [page.locator(f"[id='{each}']").text_content() for each in ids]
            assert len(said) == 2 and all(said), "a title and a description"
        assert page.locator("main table").count() >= 8, "the same figures as tables"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page).response
            assert len(found["passes"]) > 10, "axe did not run"
            faults = [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]]
            assert faults == [], scheme


def test_the_pdf_has_every_chart_of_the_page_with_a_description_and_the_same_figures(
    reader: Client,
) -> None:
    page = reader.get(PAGES["customer"]).content.decode()
    pdf = read_pdf(reader.get(f"/desk/trust/report/customer.pdf{QUARTER}").content)
    charts = page.count('role="img"')
    assert pdf.pictures_described == charts >= 8
    assert pdf.title and pdf.language == "en" and pdf.is_tagged
    assert [n for n, words in enumerate(pdf.words, 1) if len(words) < 40] == []


def test_no_measure_of_the_pdf_is_torn_from_its_months(reader: Client) -> None:
    now = datetime.fromisoformat("2026-01-20T09:00:00+00:00")
    made = booklet(Page.objects.get(), named("2025-q3"), Audience.CUSTOMER, now=now)
    pdf = read_pdf(reader.get(f"/desk/trust/report/customer.pdf{QUARTER}").content)
    monthly = [" ".join(each.measure.definition.split()) for each in made.chapters if each.months]
    tables = [words.count("Month n Says") for words in pdf.words]
    told = [sum(each[:60] in words for each in monthly) for words in pdf.words]
    assert sum(told) == len(monthly) >= 5
    assert told == tables
