"""The public panel is there as a whole or not at all, and its quarters stay as they were kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import choose_languages
from afterword.components.models import Page
from afterword.incidents.actions import decide_summary
from afterword.incidents.models import Incident, Recovery
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from afterword.publishing.actions import (
    announce_incident,
    announce_update,
    keep_panel_quarter,
    switch_panel,
)
from afterword.publishing.models import PanelQuarter, PanelSwitch
from afterword.site_builder import panel_words
from afterword.site_builder.actions import build_all, build_pending
from afterword.trust.actions import keep_quarters
from afterword.trust.booklet import Audience, booklet
from afterword.trust.booklet_pdf import data_of
from afterword.trust.evidence import evidence
from afterword.trust.measure import FEWEST
from afterword.trust.measures.promises import FATES
from afterword.trust.outward import STAY_INSIDE, outward
from afterword.trust.panel import figures_of
from afterword.trust.periods import quarter
from afterword.trust.report import MEASURES, TRACES, report
from publishing.press import a_page
from site_builder.reading import bytes_of, pages_of, read
from trust.two_years import Company

pytestmark = pytest.mark.django_db
APRIL = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)


def on(page: Page, now: datetime) -> None:
    switch_panel(actor=MACHINE, now=now, page=page, on=True)


def off(page: Page, now: datetime) -> None:
    switch_panel(actor=MACHINE, now=now, page=page, on=False, reason="The board asked for it.")


def kept(page: Page) -> list[str]:
    return list(PanelQuarter.objects.filter(page=page).values_list("quarter", flat=True))


@pytest.fixture
def two_years(db: None) -> Page:
    """A company of 96 incidents from 2024 to 2025, whose way of telling recovers."""
    return Company(recovers=True, seed=7).page


def test_only_an_administrator_switches_it_and_off_needs_a_reason(
    company: SimpleNamespace, now: datetime
) -> None:
    for each in (company.noor, company.bo, company.pia):
        with pytest.raises(NotAllowed):
            switch_panel(actor=each, now=now, page=company.page, on=True)
    on(company.page, now)
    with pytest.raises(WrongState, match="on already"):
        on(company.page, now)
    with pytest.raises(BadInput):
        switch_panel(actor=MACHINE, now=now, page=company.page, on=False, reason=" ")
    off(company.page, now)
    with pytest.raises(WrongState, match="off already"):
        off(company.page, now)


def test_switching_it_off_is_a_trace_that_an_auditor_sees_and_nobody_takes_away(
    company: SimpleNamespace, now: datetime
) -> None:
    on(company.page, now)
    off(company.page, now + timedelta(hours=1))
    found = [e for e in evidence(company.page, quarter(2026, 1), now=APRIL) if e.kind == "panel"]
    assert [(e.what[:12], e.reason) for e in found] == [
        ("Switched on", ""), ("Switched off", "The board asked for it."),
    ]  # fmt: skip
    for lose in (PanelSwitch.objects.all().delete, lambda: PanelSwitch.objects.update(is_on=True)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            lose()


def test_a_quarter_is_kept_two_weeks_after_its_end_once_and_for_good(
    company: SimpleNamespace, now: datetime
) -> None:
    on(company.page, now)
    assert keep_quarters(now=datetime(2026, 4, 14, 12, tzinfo=UTC)) == 0
    assert keep_quarters(now=APRIL) == 1
    before = PanelQuarter.objects.get()
    assert (before.quarter, before.as_of) == ("2026-q1", APRIL)
    decide_summary(
        actor=company.noor, now=APRIL, incident=company.incident, outcome="none",
        reason="Nobody would read it.", review_on=APRIL.date(), second_person=company.pia,
    )  # fmt: skip
    assert keep_quarters(now=APRIL + timedelta(days=30)) == 0
    assert PanelQuarter.objects.get().figures == before.figures
    for lose in (
        PanelQuarter.objects.all().delete, lambda: PanelQuarter.objects.update(figures=[])
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            lose()


def test_nothing_is_kept_while_it_is_off_and_the_gap_is_filled_and_told_when_it_is_on_again(
    company: SimpleNamespace, now: datetime, site_dir: Path
) -> None:
    assert keep_quarters(now=APRIL) == 0
    on(company.page, APRIL)
    keep_quarters(now=APRIL)
    off(company.page, APRIL + timedelta(days=1))
    assert keep_quarters(now=APRIL + timedelta(days=100)) == 0
    on(company.page, APRIL + timedelta(days=200))
    keep_quarters(now=APRIL + timedelta(days=200))
    assert kept(company.page) == ["2026-q1", "2026-q2", "2026-q3"], "bad quarters are not skipped"
    build_all(now=now)
    text = words(site_dir, "trust/index.html")
    assert "When this page was switched off 21 April 2026, 09:00 UTC – 6 November 2026" in text


def test_a_quarter_holds_numbers_and_ids_and_no_word_of_anybody(two_years: Page) -> None:
    on(two_years, APRIL)
    keep_quarters(now=APRIL)
    allowed = {each.code for each in everything()} | {
        "share", "spread", "list", "seconds", "days", "times", "per cent", "low", "median", "high",
        *FATES, "",
    }  # fmt: skip
    found = set(strings([each.figures for each in PanelQuarter.objects.all()]))
    days = {each for each in found if len(each) == 10 and each[:2] == "20"}
    assert found - allowed - days == set(), "no incident of theirs is on the public page"
    assert days == set(), "a day alone would tell of what is not public"
    newest = PanelQuarter.objects.get(quarter="2025-q2")
    closures = next(each for each in newest.figures if each["code"] == "closure_in_time")
    began, ended = (datetime.fromisoformat(f"2025-0{month}-01T00:00:00+00:00") for month in (4, 7))
    over = Recovery.objects.filter(came_back=False, at__gte=began, at__lt=ended)
    assert over.count() > over.values("incident").distinct().count(), "some came back"
    assert closures["n"] == closures["not_public"] == over.count()


def test_what_is_not_public_counts_and_is_in_no_list_for_people_outside(
    company: SimpleNamespace, now: datetime, site_dir: Path
) -> None:
    """One incident is on the page, readers know nothing of the other."""
    said = announce_incident(
        actor=MACHINE, now=now, page=company.page, title="Exports are late", body="We look.",
        severity=2,
    )  # fmt: skip
    shown = Incident.objects.get(public_id=said.incident_id)
    announce_update(actor=MACHINE, now=now, incident=shown, status="resolved", body="Over.")
    on(company.page, now)
    keep_quarters(now=APRIL)
    kept_then = PanelQuarter.objects.get()
    closures = next(each for each in kept_then.figures if each["code"] == "closure_in_time")
    assert (closures["n"], closures["not_public"]) == (2, 1)
    assert [each["incident"] for each in closures["items"]] == [said.incident_id]
    build_all(now=APRIL)
    text = words(site_dir, "trust/index.html")
    assert "One that counts is not listed: it is not public, or its text went to a few." in text
    assert "Exports are late" in text and "Invoices were not sent" not in text
    report_of_it = booklet(company.page, quarter(2026, 1), Audience.CUSTOMER, now=APRIL)
    chapter = next(c for c in report_of_it.chapters if c.measure.code == "closure_in_time")
    assert [each.about for each in chapter.items] == [said.incident_id]
    assert (chapter.not_public, chapter.measure.summary().n) == (1, 2)
    inside = booklet(company.page, quarter(2026, 1), Audience.AUDITOR, now=APRIL)
    chapter = next(c for c in inside.chapters if c.measure.code == "closure_in_time")
    assert (len(chapter.items), chapter.not_public) == (2, 0)
    assert "One that counts is not listed: it is not" in str(data_of(report_of_it)["chapters"])


def test_rows_kept_by_an_older_version_are_read_and_list_nothing_that_is_not_public(
    company: SimpleNamespace, now: datetime, site_dir: Path
) -> None:
    on(company.page, now)
    figures = figures_of(outward(company.page, report(company.page, quarter(2026, 1), now=APRIL)))
    item = {
        "day": "2026-03-17", "incident": "", "value": None, "at_least": False, "part": 0,
        "whole": 1, "fate": "",
    }  # fmt: skip
    older = [
        {k: v for k, v in each.items() if k not in {"not_public", "going_on"}} | {"items": [item]}
        for each in figures
    ]
    keep_panel_quarter(
        actor=MACHINE, now=APRIL, page=company.page, quarter="2026-q1",
        first=quarter(2026, 1).first, last=quarter(2026, 1).last, figures=older,
    )  # fmt: skip
    build_all(now=APRIL)
    text = words(site_dir, "trust/index.html")
    assert "One that counts is not listed" in text and "17 March 2026" not in text


def test_the_page_says_when_each_quarter_was_counted_and_which_were_late(
    two_years: Page, site_dir: Path
) -> None:
    """Switched on in 2026, quarters of 2024 are counted that day, and readers are told."""
    first, then = datetime(2026, 1, 20, 9, 0, tzinfo=UTC), datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
    on(two_years, first)
    keep_quarters(now=first)
    keep_quarters(now=then)
    build_all(now=then)
    page = pages_of(site_dir)["trust/index.html"]
    text = words(site_dir, "trust/index.html")
    assert "when this page was switched on. Below it says when." in text
    table = text[text.index("After its end") :]
    assert table.index("Q1 202615 April 202615 daysQ4") > 0
    assert "Q4 202520 January 202620 days; counted late" in table
    assert "Q3 202520 January 2026112 days; counted late" in table
    assert page.faults == []


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [word for each in value.values() for word in strings(each)]
    if isinstance(value, list):
        return [word for each in value for word in strings(each)]
    return [value] if isinstance(value, str) else []


def everything() -> list[Any]:
    made = report(Page.objects.first(), quarter(2024, 1), now=APRIL)  # type: ignore[arg-type]
    return [*made.measures, *made.traces]


def test_its_words_are_those_of_the_measures(two_years: Page) -> None:
    assert FEWEST == panel_words.FEWEST
    assert set(panel_words.STAY_INSIDE) == set(STAY_INSIDE)
    assert set(panel_words.FATE) == set(FATES)
    measures = everything()
    assert {each.code: each.name for each in measures} == dict(panel_words.NAME)
    assert dict(panel_words.DEFINITION) == {
        each.code: each.definition for each in measures if each.code not in STAY_INSIDE
    }


def words(site: Path, path: str) -> str:
    return " ".join(read((site / path).read_bytes()).text.split())


def test_the_page_shows_every_measure_with_n_definition_chart_and_table_in_every_language(
    two_years: Page, site_dir: Path
) -> None:
    now = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)
    choose_languages(
        actor=MACHINE, now=now, page=two_years, languages=["en", "de", "es", "fr", "ja", "pt"]
    )
    on(two_years, now)
    keep_quarters(now=now)
    build_all(now=now)
    text = words(site_dir, "trust/index.html")
    for code, name in panel_words.NAME.items():
        assert name in text, code
    for code, definition in panel_words.DEFINITION.items():
        assert definition in text, code
    assert "Q4 2025" in text and "Q1 2024" in text
    page = pages_of(site_dir)["trust/index.html"]
    charts = [each for each in page.named("svg") if each.get("class") == "chart"]
    assert len(charts) > 10
    assert all(each["role"] == "img" and each["aria-labelledby"] for each in charts)
    assert page.faults == []
    assert "12 of 12" in text or "of 12)" in text, "n is told beside each share"
    assert " per 1,000 (" in text, "who wanted no more mail"
    assert "Q4 2025 at a glance" in text
    links = {each.get("href") for each in page.named("a")}
    told_outside = [each.code for each in everything() if each.code not in STAY_INSIDE]
    assert {f"#{code}" for code in told_outside} <= links, "each is one step from the top"
    for code, said in (
        ("de", "Eingehaltene Zusagen"), ("es", "Compromisos cumplidos"),
        ("fr", "Engagements tenus"), ("ja", "守られたお約束"), ("pt", "Compromissos cumpridos"),
    ):  # fmt: skip
        translated = words(site_dir, f"{code}/trust/index.html")
        assert said in translated
        assert "Promises kept" not in translated and "Half within" not in translated, code


def test_of_too_few_there_is_the_list_and_no_share(
    company: SimpleNamespace, now: datetime, site_dir: Path
) -> None:
    on(company.page, now)
    keep_quarters(now=APRIL)
    build_all(now=now)
    text = words(site_dir, "trust/index.html")
    assert "1 only: too few to say more" in text
    assert "%" not in text


def test_what_is_built_step_by_step_equals_a_whole_build_and_off_takes_the_page_away(
    now: datetime, site_dir: Path
) -> None:
    page = a_page(now)
    build_all(now=now)
    assert "trust/index.html" not in bytes_of(site_dir)
    on(page, now)
    announce_incident(
        actor=MACHINE, now=now, page=page, title="Exports are late", body="We look.", severity=2
    )
    keep_quarters(now=APRIL)
    build_pending(now=APRIL)
    step_by_step = bytes_of(site_dir)
    assert "trust/index.html" in step_by_step
    assert "/trust/" in (site_dir / "commitments/index.html").read_text()
    build_all(now=APRIL)
    assert bytes_of(site_dir) == step_by_step
    off(page, APRIL)
    build_pending(now=APRIL)
    assert "trust/index.html" not in bytes_of(site_dir)
    assert "/trust/" not in (site_dir / "commitments/index.html").read_text()


def test_every_measure_has_its_place_outside_or_a_reason_to_stay_inside(two_years: Page) -> None:
    assert len(everything()) == len(MEASURES) + len(TRACES)
    on(two_years, APRIL)
    keep_quarters(now=APRIL)
    for each in PanelQuarter.objects.all():
        codes = [figures["code"] for figures in each.figures]
        assert codes == [m.code for m in everything() if m.code not in STAY_INSIDE]
