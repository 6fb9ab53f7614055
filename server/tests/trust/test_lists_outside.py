"""Lists for people outside: promises by their words, and a true reason where there is no list."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.components.models import Page
from afterword.publishing.actions import keep_panel_quarter, turn_promises_late
from afterword.publishing.models import Publication, PublicPromise
from afterword.site_builder import panel_words
from afterword.site_builder.actions import build_all, build_pending
from afterword.trust.booklet import Audience, Booklet, Chapter, booklet
from afterword.trust.booklet_pdf import data_of
from afterword.trust.measure import ANSWERS, FEWEST, NEEDS, Item, Measure, summary_of
from afterword.trust.outward import NO_LIST, NOT_PUBLIC, STAY_INSIDE, outward
from afterword.trust.panel import figures_of
from afterword.trust.periods import Period, quarter
from afterword.trust.report import Report, report
from desk.office import person, signed_in
from publishing.press import PROMISES, a_page, word
from site_builder.reading import pages_of, read
from trust.test_panel import on

pytestmark = pytest.mark.django_db
JULY = datetime(2026, 7, 20, 9, 0, tzinfo=UTC)
SPRING = quarter(2026, 2)
TESTED = PROMISES[1]
BEATEN = {
    **TESTED,
    "id": "beat",
    "what": "Restores are rehearsed <b>monthly</b>",
    "due": "2026-05-02",
}
TO_COME = {**TESTED, "id": "later", "what": "A spare site", "due": "2026-06-29"}


@pytest.fixture
def page(now: datetime) -> Page:
    """A summary with three promises for the second quarter: one kept, one late, one taken up."""
    page = a_page(now)
    word(page, "inv", now, kind="summary", status="resolved", commitments=[TESTED, BEATEN, TO_COME])
    done = {**BEATEN, "state": "done", "done_on": "2026-04-03"}
    word(
        page, "inv", now + timedelta(days=20), kind="commitment_update", status="resolved",
        commitments=[TESTED, done, TO_COME],
    )  # fmt: skip
    turn_promises_late(now=JULY)
    return page


def told(page: Page, period: Period = SPRING, at: datetime = JULY) -> Report:
    return outward(page, report(page, period, now=at))


def shown(page: Page, at: datetime = JULY) -> Booklet:
    return booklet(page, SPRING, Audience.CUSTOMER, now=at)


def chapter(made: Booklet, code: str) -> Chapter:
    return next(c for c in (*made.chapters, *made.traces) if c.measure.code == code)


def keep(page: Page, figures: list[dict[str, Any]], at: datetime = JULY) -> None:
    keep_panel_quarter(
        actor=MACHINE, now=at, page=page, quarter="2026-q2", first=SPRING.first, last=SPRING.last,
        figures=figures,
    )  # fmt: skip


def section(site: Path, code: str) -> str:
    """Return the HTML of a measure on the panel."""
    html = (site / "trust/index.html").read_text()
    return html[html.index(f'<h2 id="{code}"') :].split("</section>")[0]


def words(html: str) -> str:
    return " ".join(read(html.encode()).text.split())


def test_promises_are_named_by_their_public_words_also_where_there_are_too_few_for_a_figure(
    page: Page, now: datetime, site_dir: Path
) -> None:
    on(page, now)
    keep(page, figures_of(told(page)))
    build_all(now=JULY)
    kept = section(site_dir, "promises_kept")
    assert "3 only: too few to say more" in words(kept)
    assert "Restores are rehearsed <b>monthly</b>" in words(kept)
    assert "2 May 2026 Kept by the earliest day given After Invoices were not sent" in words(kept)
    assert "Every release is tested against a full queue 18 April 2026 Late" in words(kept)
    overdue = words(section(site_dir, "promise_age"))
    assert "Every release is tested against a full queue 18 April 2026 93 days" in overdue
    assert "A spare site 29 June 2026 21 days" in overdue
    assert "A figure needs eight promises." in overdue


def test_each_promise_is_linked_to_where_it_stands_on_the_page_of_its_incident(
    page: Page, now: datetime, site_dir: Path
) -> None:
    on(page, now)
    keep(page, figures_of(told(page)))
    build_all(now=JULY)
    ids = pages_of(site_dir)["incidents/inv/index.html"].ids
    links = re.findall(r'href="/incidents/inv/#([^"]+)"', section(site_dir, "promises_kept"))
    assert sorted(links) == ["promise-beat", "promise-full-queue-test", "promise-later"]
    assert set(links) <= set(ids)
    items = {i.title: i.address for i in chapter(shown(page), "promises_kept").items}
    assert items[BEATEN["what"]] == "/incidents/inv/#promise-beat"
    rows = next(c for c in data_of(shown(page))["chapters"] if c["name"] == "Promises kept")
    assert rows["about"] == "Promise"
    home = "https://status.larkbridge.example/incidents/inv/#promise-beat"
    assert home in [row[3] for row in rows["items"]]


def test_a_quarter_that_was_kept_before_it_named_promises_names_those_its_days_tell_apart(
    page: Page, now: datetime, site_dir: Path
) -> None:
    on(page, now)
    figures = figures_of(told(page))
    for each in figures:
        each["items"] = [{k: v for k, v in i.items() if k != "promise"} for i in each["items"]]
    keep(page, figures)
    build_all(now=JULY)
    kept = words(section(site_dir, "promises_kept"))
    assert "A spare site 29 June 2026 Late" in kept
    assert "2 May 2026 Kept by the earliest day given After Invoices were not sent" in kept
    # Two of one day: which of them is meant nobody can say.
    PublicPromise.objects.filter(commitment_id="later").update(first_due="2026-05-02")
    build_all(now=JULY)
    kept = words(section(site_dir, "promises_kept"))
    assert "Restores are rehearsed" not in kept and "A spare site" not in kept
    assert "Invoices were not sent 2 May 2026 Kept by the earliest day given" in kept


def test_a_promise_that_is_not_public_counts_and_is_not_named(
    page: Page, now: datetime, site_dir: Path
) -> None:
    PublicPromise.objects.filter(commitment_id="beat").delete()
    kept = told(page).measure("promises_kept")
    hidden = next(i for i in kept.items if i.group == "kept")
    assert (hidden.title, hidden.about, hidden.promise, hidden.address) == (NOT_PUBLIC, "", "", "")
    figures = next(f for f in figures_of(told(page)) if f["code"] == "promises_kept")
    assert (figures["n"], figures["not_public"], len(figures["items"])) == (3, 1, 2)
    assert "beat" not in str(figures)


def test_a_promise_taken_back_with_its_text_is_called_by_its_incident(
    page: Page, now: datetime, site_dir: Path
) -> None:
    on(page, now)
    keep(page, figures_of(told(page)))
    build_all(now=JULY)
    for each in list(Publication.objects.filter(page=page).order_by("number")):
        word(
            page, "inv", JULY, kind="correction", status="resolved", corrects=each,
            correction={"weight": "retraction"}, text_title="Taken back", body="It was wrong.",
        )  # fmt: skip
    assert {p.outcome for p in PublicPromise.objects.all()} == {"taken_back"}
    build_pending(now=JULY)
    kept = words(section(site_dir, "promises_kept"))
    assert "Restores are rehearsed" not in kept and "Invoices were not sent" in kept
    titles = {i.title for i in told(page).measure("promises_kept").items}
    assert titles == {"Invoices were not sent"}


def test_what_is_not_due_yet_is_known_and_counts_neither_way(now: datetime, site_dir: Path) -> None:
    page, april = a_page(now), datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
    word(page, "inv", now, kind="summary", status="resolved", commitments=[TO_COME])
    for code in ("promises_kept", "promise_age", "planned_as_told"):
        said = chapter(shown(page, april), code)
        assert (said.measure.summary().n, said.measure.not_known) == (0, 0), code
        assert said.said == "Nothing to count in this period", code
    (item,) = chapter(shown(page, april), "promises_kept").items
    assert (item.title, item.said) == ("A spare site", "not due yet")
    figures = {each["code"]: each for each in figures_of(told(page, at=april))}
    assert figures["promises_kept"]["not_known"] == 0
    assert [i["void"] for i in figures["promises_kept"]["items"]] == ["not due yet"]


def test_each_measure_without_a_list_says_why_in_its_own_words(page: Page) -> None:
    made = report(page, SPRING, now=JULY)
    codes = {each.code for each in (*made.measures, *made.traces)}
    assert dict(panel_words.UNLISTED) == dict(NO_LIST)
    assert set(NO_LIST) < codes - set(STAY_INSIDE)
    assert len(set(NO_LIST.values())) >= 6, "not one reason for all of them"
    for each in (*shown(page).chapters, *shown(page).traces):
        has_reason = bool(each.unlisted)
        assert has_reason == (each.measure.code in NO_LIST and bool(each.measure.items))
        assert not has_reason or "than the list" not in each.said


def test_the_reason_stands_where_the_list_would(now: datetime, site_dir: Path) -> None:
    page = a_page(now)
    on(page, now)
    figures = figures_of(told(page))
    for each in figures:
        if each["kind"] != "list":
            each.update(n=3, units=1, whole=3, part=1)
    keep(page, figures)
    build_all(now=JULY)
    for code, reason in NO_LIST.items():
        if code in {each["code"] for each in figures if each["kind"] != "list"}:
            said = words(section(site_dir, code))
            assert reason in said and "The list behind Q2" not in said, code
    assert "3, all of one incident: too few to say more" in words(section(site_dir, "told_first"))
    assert "3 only: too few" not in words(section(site_dir, "told_first"))


def test_what_went_on_is_said_to_have_gone_on_when_it_was_counted(
    now: datetime, site_dir: Path
) -> None:
    page = a_page(now)
    on(page, now)
    figures = figures_of(told(page))
    spread = next(each for each in figures if each["code"] == "time_to_closure")
    spread.update(n=9, units=9, low=60, median=120, high=7200, going_on=2)
    keep(page, figures)
    build_all(now=JULY)
    said = words(section(site_dir, "time_to_closure"))
    assert "; 2 were still open when this was counted" in said
    assert "are still open" not in said and "today" not in words(
        (site_dir / "trust/index.html").read_text()
    )


def measure(kind: str, items: list[Item], **more: Any) -> Measure:
    return Measure(
        code="x", name="X", definition="D.", reads_as="", kind=kind, items=tuple(items), **more
    )


@pytest.mark.parametrize("kind", ["share", "spread"])
@pytest.mark.parametrize(("incidents", "is_enough"), [(1, False), (7, False), (8, True)])
def test_a_figure_needs_eight_independent_incidents_however_many_lines_each_has(
    kind: str, incidents: int, is_enough: bool
) -> None:
    items = [
        Item(at=JULY, about=f"i{number % incidents}", title="", said="", value=1.0, part=1, whole=2)
        for number in range(40)
    ]
    summary = summary_of(measure(kind, items), items)
    assert (summary.n, summary.units) == ({"share": 80, "spread": 40}[kind], incidents)
    assert summary.is_enough == is_enough
    assert (summary.median is not None) == (is_enough and kind == "spread")
    assert (summary.share is not None) == (is_enough and kind == "share")


def test_eight_promises_of_one_incident_are_eight_and_eight_answers_are_eight_readers() -> None:
    promised = [
        Item(at=JULY, about="inv", title="", said="", whole=1, promise=f"p{n}") for n in range(8)
    ]
    assert summary_of(measure("share", promised), promised).is_enough
    answered = [Item(at=JULY, about="inv", title="", said="", part=5, whole=8)]
    assert summary_of(measure("share", answered, of=ANSWERS), answered).is_enough
    assert not summary_of(measure("share", answered), answered).is_enough
    assert FEWEST == 8


def test_outside_the_same_is_independent_though_incidents_have_no_names_there(
    company: SimpleNamespace,
) -> None:
    inside = report(company.page, quarter(2026, 1), now=JULY)
    outside = outward(company.page, inside)
    for each in outside.measures:
        assert each.summary().units == inside.measure(each.code).summary().units, each.code
        assert all(company.incident.public_id not in item.of for item in each.items), each.code


def test_every_measure_says_what_a_figure_needs(page: Page) -> None:
    for each in report(page, SPRING, now=JULY).measures:
        assert each.needs == NEEDS[each.of]
        assert panel_words.NEEDS[panel_words.counted_by(each.code)] == each.needs, each.code


def test_the_desk_names_every_measure_that_stays_inside_with_why(page: Page, now: datetime) -> None:
    client = signed_in(person(now, "Ada", Role.ADMIN))
    said = words(client.get("/desk/look/trust-panel/").content.decode())
    assert f"{len(STAY_INSIDE)} stay inside for everybody" in said
    for code, why in STAY_INSIDE.items():
        assert f"{panel_words.NAME[code]} ({why})" in said
