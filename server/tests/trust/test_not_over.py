"""What is not over is in every report until it is, wherever it was said to have begun."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afterword.accounts.permissions import MACHINE
from afterword.incidents.models import Incident
from afterword.incidents.queries import incident_by_public_id
from afterword.publishing.actions import announce_incident, announce_update
from afterword.trust.evidence import Evidence, evidence
from afterword.trust.outward import outward
from afterword.trust.periods import Period, quarter
from afterword.trust.report import report
from afterword.trust.rows import gather

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Q1, Q2, Q3 = (quarter(2026, n) for n in (1, 2, 3))


def said_to_have_begun(
    company: SimpleNamespace, written: datetime, before: timedelta, title: str = "Set back"
) -> Incident:
    word = announce_incident(
        actor=company.ada, now=written, page=company.page, title=title, body="We look into it.",
        severity=1, components={company.sending: "major_outage"}, started_at=written - before,
    )  # fmt: skip
    return incident_by_public_id(company.page, word.incident_id)


def not_over(incident: Incident, period: Period, now: datetime) -> list[tuple[datetime, str]]:
    items = report(incident.page, period, now=now).measure("still_open").items
    return [(item.at, item.said) for item in items if item.about == incident.public_id]


def in_evidence(incident: Incident, period: Period, now: datetime) -> list[Evidence]:
    found = evidence(incident.page, period, now=now)
    return [each for each in found if each.incident == incident.public_id]


def test_it_is_listed_where_it_began_where_it_was_written_down_and_while_it_goes_on(
    company: SimpleNamespace, now: datetime
) -> None:
    written = now + 30 * DAY
    began = written - 60 * DAY
    one = said_to_have_begun(company, written, 60 * DAY)
    later = written + 200 * DAY
    day, then = f"{began:%Y-%m-%d}", f"{written:%Y-%m-%d}"
    assert not_over(one, Q1, later) == [(began, f"not over yet; it was written down on {then}")]
    assert not_over(one, Q2, later) == [(written, f"not over yet; it began on {day}")]
    assert not_over(one, Q3, later) == [(began, f"not over yet; it began on {day}")]
    assert not_over(one, Period(date(2025, 10, 1), date(2025, 12, 31)), later) == []
    [line] = in_evidence(one, Q2, later)
    assert (line.at, line.kind, line.people) == (written, "afterwards", ("Ada",))
    assert line.what.startswith("Written down 60 days after it began on ")
    assert in_evidence(one, Q1, later) == in_evidence(one, Q3, later) == []


def test_once_it_is_over_it_counts_there_and_its_start_stays_in_the_auditors_list(
    company: SimpleNamespace, now: datetime
) -> None:
    written = now + 30 * DAY
    one = said_to_have_begun(company, written, 60 * DAY)
    over_at = written + 100 * DAY
    announce_update(actor=MACHINE, now=over_at, incident=one, status="resolved", body="Over.")
    later = over_at + DAY
    for period in (Q1, Q2, Q3):
        assert not_over(one, period, later) == []
    counted = report(one.page, Q3, now=later).measure("coverage").items
    assert one.public_id in {item.about for item in counted}
    assert [line.kind for line in in_evidence(one, Q2, later)] == ["afterwards"]


def test_readers_are_shown_it_in_every_quarter_too(company: SimpleNamespace, now: datetime) -> None:
    one = said_to_have_begun(company, now, 60 * DAY)
    later = now + 200 * DAY
    for period in (Q1, Q2, Q3):
        told = outward(one.page, report(one.page, period, now=later)).measure("still_open")
        assert one.public_id in {item.about for item in told.items}


def test_a_start_before_the_earlier_one_is_in_the_auditors_list(
    company: SimpleNamespace, now: datetime
) -> None:
    """It is asked of the other of the two then, whether it is the same again."""
    later = now + 40 * DAY
    one = said_to_have_begun(company, later, later - company.incident.started_at + DAY)
    announce_update(actor=MACHINE, now=later + HOUR, incident=one, status="resolved", body="Over.")
    [line] = [e for e in in_evidence(one, Q2, later + 60 * DAY) if e.kind == "afterwards"]
    assert line.people == ("Ada",)


@pytest.mark.parametrize("hours", [0, 1, 23])
def test_what_is_found_within_a_day_is_no_line_for_an_auditor(
    company: SimpleNamespace, now: datetime, hours: int
) -> None:
    one = said_to_have_begun(company, now, hours * HOUR)
    assert [e for e in in_evidence(one, Q1, now + HOUR) if e.kind == "afterwards"] == []


def test_what_is_not_over_is_read_in_one_question_by_its_index(
    company: SimpleNamespace, now: datetime
) -> None:
    """However much there ever was."""
    with CaptureQueriesContext(connection) as before:
        gather(company.page, Q3, now=now + 200 * DAY)
    for number in range(5):
        said_to_have_begun(company, now + number * HOUR, 60 * DAY, f"Set back {number}")
    with CaptureQueriesContext(connection) as after:
        gather(company.page, Q3, now=now + 200 * DAY)
    # What goes on has turns and versions, which are read for all of it together.
    assert len(after) <= len(before) + 2


def coverage_of(incident: Incident, now: datetime) -> tuple[int, int, str]:
    [item] = [
        i for i in report(incident.page, Q1, now=now).measure("coverage").items
        if i.about == incident.public_id
    ]  # fmt: skip
    return item.part, item.whole, item.void


def test_coverage_asks_for_nothing_before_the_closure_is_due(
    company: SimpleNamespace, now: datetime
) -> None:
    one = said_to_have_begun(company, now, HOUR)
    announce_update(actor=MACHINE, now=now, incident=one, status="resolved", body="Over.")
    assert coverage_of(one, now + 30 * timedelta(minutes=1)) == (0, 0, "not due yet")
    assert coverage_of(one, now + 31 * timedelta(minutes=1)) == (0, 1, "")
