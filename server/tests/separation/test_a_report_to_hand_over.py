"""The report for a customer holds no word from inside, whatever the team did; an auditor's does."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from afterword.accounts.models import Role
from afterword.incidents.models import Decision, Incident
from afterword.publishing.models import PublicIncident
from afterword.trust.booklet import Audience, Booklet, booklet
from afterword.trust.booklet_pdf import data_of, pdf_of
from afterword.trust.outward import NO_LIST, STAY_INSIDE
from afterword.trust.periods import Period
from afterword.trust.report import MEASURES, TRACES, report
from desk.office import person, signed_in
from separation.acts import ACTS, CANARY, World, a_world, do

pytestmark = pytest.mark.django_db
WHOLE = Period(date(2026, 3, 1), date(2026, 12, 31))


@pytest.fixture
def world(tmp_path: Path, settings: Any, now: Any) -> World:
    """A team that did everything once, with a canary in every field that is internal."""
    settings.SITE_DIR = tmp_path / "site"
    world = a_world(now)
    for act in ACTS:
        do(world, act)
    return world


def made(world: World, audience: Audience) -> Booklet:
    return booklet(world.office.page, WHOLE, audience, now=world.now + timedelta(days=20))


def test_a_customer_reads_no_word_from_inside_and_an_auditor_does(world: World) -> None:
    outside = json.dumps(data_of(made(world, Audience.CUSTOMER)), ensure_ascii=False).lower()
    inside = json.dumps(data_of(made(world, Audience.AUDITOR)), ensure_ascii=False).lower()
    assert CANARY not in outside
    assert CANARY in inside, "what is looked for is there to be found"
    assert "invoices were not sent" in outside, "public incidents are named"


def test_the_page_of_it_holds_no_word_from_inside_either(world: World, clock: Any) -> None:
    clock.at = world.now
    client = signed_in(person(world.now, "Neve", Role.WRITER))
    page = client.get("/desk/trust/report/customer/?first=2026-03-01&last=2026-12-31")
    assert page.status_code == 200
    assert CANARY.encode() not in page.content.lower()
    assert b"Invoices were not sent" in page.content


def test_every_figure_is_the_same_outside_and_nobody_chose_which(world: World) -> None:
    inside = report(world.office.page, WHOLE, now=world.now + timedelta(days=20))
    outside = made(world, Audience.CUSTOMER)
    told = {each.measure.code: each for each in (*outside.chapters, *outside.traces)}
    assert len(MEASURES) + len(TRACES) == len(told) + len(STAY_INSIDE)
    for each in (*inside.measures, *inside.traces):
        if each.code not in STAY_INSIDE:
            assert told[each.code].measure.summary() == each.summary(), each.code
            assert told[each.code].measure.not_known == each.not_known, each.code
            assert bool(told[each.code].items) == bool(each.items and each.code not in NO_LIST)
    assert [name for name, _ in outside.inside] == [
        inside.measure(code).name for code in STAY_INSIDE
    ]


def test_what_a_second_person_has_not_agreed_to_is_no_decision_outside(world: World) -> None:
    now = world.now + timedelta(days=20)
    incident = Incident.objects.get(title="Invoices were not sent")
    before = len(report(world.office.page, WHOLE, now=now).measure("no_summary").items)
    person = world.office.pia
    Decision.objects.create(
        incident=incident, outcome="none", proposed="summary", row=3, reason="Small.",
        decided_by=person, second_person=person, decided_at=world.now,
    )  # fmt: skip
    inside = report(world.office.page, WHOLE, now=now)
    assert len(inside.measure("no_summary").items) == before
    assert "waits" in inside.measure("no_summary_waits").items[-1].said
    outside = made(world, Audience.CUSTOMER)
    assert "no_summary_waits" not in {each.measure.code for each in outside.traces}


def test_both_become_tagged_pdfs(world: World) -> None:
    for audience in Audience:
        pdf = pdf_of(made(world, audience))
        for tagged in (b"/StructTreeRoot", b"/Marked true", b"/Lang(en)", b"<pdfuaid:part>1"):
            assert tagged in pdf


def test_a_very_long_word_breaks_in_its_cell_instead_of_running_over_the_next(world: World) -> None:
    PublicIncident.objects.update(title="W" * 180)
    chapters = data_of(made(world, Audience.CUSTOMER))["chapters"]
    titles = [title for each in chapters for _, title, *_ in each["items"] if "W" in title]
    assert titles
    assert max(len(part) for title in titles for part in title.split("\u200b")) <= 16
