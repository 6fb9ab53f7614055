"""What an auditor's list says of clocks: an interim word that did not come is a missed clock."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from afterword.components.models import Page
from afterword.incidents.models import Incident, RecordVersion, Recovery
from afterword.publishing.models import Publication
from afterword.statements.models import Statement
from afterword.trust.evidence import evidence
from afterword.trust.periods import quarter
from trust.histories import a_page

OVER = datetime.fromisoformat("2026-02-03T10:00:00+00:00")  # a Tuesday
LATER = OVER + timedelta(days=30)
INTERIM = "The interim summary was due"


@pytest.fixture
def page(db: None) -> Page:
    return a_page()


def over(page: Page, *, severity: int, confirmed_after: timedelta | None = None) -> Incident:
    """Return an incident that was over at ``OVER``; its cause is confirmed that much later."""
    incident = Incident.objects.create(
        page=page, public_id="inv-1", title="Mail was late", severity=severity, status="resolved",
        started_at=OVER - timedelta(hours=1), created_at=OVER, updated_at=OVER,
    )  # fmt: skip
    Recovery.objects.create(page=page, incident=incident, severity=severity, at=OVER)
    _version(incident, 1, OVER, "suspected")
    if confirmed_after is not None:
        _version(incident, 2, OVER + confirmed_after, "confirmed")
    return incident


def _version(incident: Incident, number: int, at: datetime, confidence: str) -> None:
    RecordVersion.objects.create(
        incident=incident, version=number, hash=f"h{number}", saved_at=at,
        data={"cause": {"confidence": confidence}},
    )  # fmt: skip


def summary(page: Page, incident: Incident, at: datetime, *, interim: bool) -> None:
    number = Publication.objects.count() + 1
    Statement.objects.create(
        incident=incident, public_id=f"s{number}", kind="summary", interim=interim,
        state="published", created_at=at, published_at=at,
    )  # fmt: skip
    Publication.objects.create(
        page=page, number=number, kind="summary", incident_id=incident.public_id,
        source_id=f"s{number}", title="T", body="B", html="B", facts={}, display_at=at,
        published_at=at, previous_hash="", hash=f"{number:064}",
    )  # fmt: skip


def interim_clocks(page: Page) -> list[Any]:
    found = evidence(page, quarter(2026, 1), now=LATER)
    return [each for each in found if each.what.startswith(INTERIM)]


@pytest.mark.parametrize(
    ("severity", "due"), [(1, OVER + timedelta(hours=24)), (2, OVER + timedelta(days=2))]
)
def test_an_interim_word_that_never_came_is_a_missed_clock(
    page: Page, severity: int, due: datetime
) -> None:
    over(page, severity=severity)
    (missed,) = interim_clocks(page)
    assert missed.at == due
    assert "has not come" in missed.what


def test_an_interim_word_that_came_late_says_how_late(page: Page) -> None:
    incident = over(page, severity=1)
    summary(page, incident, OVER + timedelta(hours=30), interim=True)
    (missed,) = interim_clocks(page)
    assert "came 6 hours late" in missed.what


@pytest.mark.parametrize("interim", [True, False])
def test_either_summary_in_time_meets_the_interim_clock(page: Page, interim: bool) -> None:
    incident = over(page, severity=1)
    summary(page, incident, OVER + timedelta(hours=20), interim=interim)
    assert interim_clocks(page) == []


def test_no_interim_word_is_owed_when_the_cause_was_known_in_time(page: Page) -> None:
    over(page, severity=1, confirmed_after=timedelta(hours=5))
    assert interim_clocks(page) == []


def test_confirming_the_cause_afterwards_does_not_undo_the_missed_clock(page: Page) -> None:
    over(page, severity=1, confirmed_after=timedelta(hours=25))
    assert len(interim_clocks(page)) == 1


def test_lesser_incidents_owe_no_interim_word(page: Page) -> None:
    over(page, severity=3)
    assert interim_clocks(page) == []
