"""The auditor's list names who took something back or wrote it down afterwards, and why."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from afterword.commitments.models import Commitment
from afterword.components.models import Page
from afterword.incidents.actions import reopen
from afterword.publishing.actions import announce_backfill
from afterword.publishing.models import PromiseWord, Publication
from afterword.statements.actions import start
from afterword.trust.evidence import Evidence, evidence
from afterword.trust.outward import outward
from afterword.trust.panel import figures_of
from afterword.trust.periods import Period, quarter
from afterword.trust.report import report
from statements.world import HONEST, TITLE
from trust.test_nothing_gets_better_by_hiding import leave, retract

JULY = datetime(2026, 7, 16, 10, tzinfo=UTC)


def listed(page: Page, kind: str, *, year: int = 2026, part: int = 1) -> list[Evidence]:
    now = datetime(year + 1, 1, 1, tzinfo=UTC)
    found = evidence(page, quarter(year, part), now=now)
    return [each for each in found if each.kind == kind]


def test_a_retraction_names_who_wrote_approved_and_published_it_and_says_why(
    company: SimpleNamespace, now: datetime
) -> None:
    draft = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    company.closure = leave(company, now, draft, TITLE, HONEST)
    assert listed(company.page, "retraction") == []
    retract(company, now + timedelta(hours=1))
    (line,) = listed(company.page, "retraction")
    assert line.at == now + timedelta(hours=1)
    assert line.what == f"Number {company.closure.number} (closure) was taken back"
    assert line.reason == "This text named the wrong day, so it is gone."
    assert line.people == ("Noor", "Bo", "Pia")
    other = Page.objects.create(name="Fernway", url="https://f.example", created_at=now)
    assert listed(other, "retraction") == []


def test_what_was_opened_again_says_by_whom_and_why(
    company: SimpleNamespace, now: datetime
) -> None:
    reopen(actor=company.ada, now=now, incident=company.incident, reason="The queue filled again.")
    (line,) = listed(company.page, "reopened")
    assert (line.at, line.reason, line.people) == (now, "The queue filled again.", ("Ada",))


@pytest.fixture
def in_july(company: SimpleNamespace) -> Page:
    """What was down in June, and two years before, is written down in July."""
    for began in (datetime(2026, 6, 1, tzinfo=UTC), datetime(2024, 6, 1, tzinfo=UTC)):
        announce_backfill(
            actor=company.ada, now=JULY, page=company.page, title="All of it was down",
            body="It was down.", severity=1, started_at=began,
            resolved_at=began + timedelta(days=2),
        )  # fmt: skip
    page: Page = company.page
    return page


def test_what_is_written_down_afterwards_is_listed_in_the_quarter_it_is_written_in(
    in_july: Page,
) -> None:
    """Whoever writes it chooses when it began, and could choose a quarter nobody looks at."""
    older, newer = sorted(listed(in_july, "afterwards", part=3), key=lambda each: each.what)
    assert older.at == newer.at == JULY
    assert older.people == newer.people == ("Ada",)
    assert {older.what, newer.what} == {
        "Written down only when it was over: from 1 June 2024, 00:00 UTC until 3 June 2024, 00:00 "
        "UTC, severity 1",
        "Written down only when it was over: from 1 June 2026, 00:00 UTC until 3 June 2026, 00:00 "
        "UTC, severity 1",
    }
    assert listed(in_july, "afterwards", part=2) == []
    other = Page.objects.create(name="Fernway", url="https://f.example", created_at=JULY)
    assert listed(other, "afterwards", part=3) == []


def test_the_panel_counts_it_where_it_began_and_where_it_was_written_down(in_july: Page) -> None:
    later = JULY + timedelta(days=120)
    counts = []
    for period in (quarter(2024, 2), quarter(2026, 2), quarter(2026, 3)):
        figures = figures_of(outward(in_july, report(in_july, period, now=later)))
        counts += [each["n"] for each in figures if each["code"] == "told_afterwards"]
    assert counts == [1, 1, 2]
    whole = Period(quarter(2026, 2).first, quarter(2026, 3).last)
    items = report(in_july, whole, now=later).measure("told_afterwards").items
    assert [each.in_full for each in items] == [
        "written down afterwards; it began on 2026-06-01, by Ada",
        "written down afterwards; it began on 2024-06-01, by Ada",
    ], "each once"


@pytest.mark.parametrize("owner", ["Mara", ""])
def test_a_promise_that_was_missed_names_its_owner_inside(
    company: SimpleNamespace, now: datetime, owner: str
) -> None:
    made = Commitment.objects.create(
        incident=company.incident, public_id="p1", what="Queues stop at 80% full", why="W",
        effect="E", mechanism="prevent", due=now.date(), owner_name=owner, created_at=now,
    )  # fmt: skip
    told = Publication.objects.create(
        page=company.page, number=900, kind="commitment_update", source_id="s900", title="T",
        incident_id=company.incident.public_id, body="B", html="B", display_at=now,
        published_at=now, previous_hash="", hash="9" * 64,
    )  # fmt: skip
    PromiseWord.objects.create(
        page=company.page, incident_id=company.incident.public_id, commitment_id=made.public_id,
        publication=told, what=made.what, state="planned", due=now.date(), told_at=now,
        is_first=True,
    )  # fmt: skip
    (line,) = [e for e in listed(company.page, "clock") if e.what.startswith("Promise missed")]
    assert line.people == ((owner,) if owner else ())
