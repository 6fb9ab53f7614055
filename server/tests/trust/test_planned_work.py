"""Planned work is measured by what readers were told before it began, and kinds do not change."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component
from afterword.components.models import Component, Page
from afterword.incidents.actions import import_incident
from afterword.incidents.models import Incident, Kind
from afterword.kit.errors import BadInput
from afterword.publishing.actions import (
    announce_calling_off,
    announce_maintenance,
    announce_move,
    announce_update,
)
from afterword.trust.evidence import evidence
from afterword.trust.measure import Measure
from afterword.trust.periods import quarter_of
from afterword.trust.report import report
from publishing.press import a_page

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now)


@pytest.fixture
def disks(page: Page, now: datetime) -> Component:
    return create_component(actor=MACHINE, now=now, page=page, name="Disks")


def plan(page: Page, now: datetime, begins: datetime, *parts: Component) -> Incident:
    said = announce_maintenance(
        actor=MACHINE, now=now, page=page, title="Disks are changed", body="We change disks.",
        scheduled_for=begins, scheduled_until=begins + 2 * HOUR, components=parts,
    )  # fmt: skip
    return Incident.objects.get(public_id=said.incident_id)


def say(incident: Incident, at: datetime, status: str, **parts: object) -> None:
    announce_update(
        actor=MACHINE, now=at, incident=incident, status=status, body=f"It is {status}.", **parts
    )  # type: ignore[arg-type]


def measured(page: Page, code: str, now: datetime) -> Measure:
    return report(page, quarter_of(now.date()), now=now + timedelta(days=5)).measure(code)


def told(page: Page, now: datetime) -> list[tuple[str, int, int]]:
    return [(i.said, i.part, i.whole) for i in measured(page, "planned_as_told", now).items]


def test_work_that_ends_when_it_was_said_to_is_as_told(
    page: Page, disks: Component, now: datetime
) -> None:
    begins = now + timedelta(days=2)
    work = plan(page, now, begins, disks)
    say(work, begins, "in_progress", components={disks: "under_maintenance"})
    say(work, begins + 2 * HOUR + timedelta(minutes=1), "completed")
    assert told(page, now) == [("as told", 1, 1)]
    assert measured(page, "short_notice", now).items == ()
    assert evidence(page, quarter_of(now.date()), now=now + timedelta(days=5)) == []


def test_moving_the_end_once_it_has_begun_does_not_make_it_timely(
    page: Page, now: datetime
) -> None:
    begins = now + timedelta(days=2)
    work = plan(page, now, begins)
    say(work, begins, "in_progress")
    work.refresh_from_db()
    announce_move(
        actor=MACHINE, now=begins + HOUR, incident=work, body="It takes longer.",
        scheduled_for=begins, scheduled_until=begins + 9 * HOUR,
    )  # fmt: skip
    say(work, begins + 8 * HOUR, "completed")
    assert told(page, now) == [("ran over by 6 hours", 0, 1)]
    (found,) = evidence(page, quarter_of(now.date()), now=now + timedelta(days=5))
    assert (found.kind, found.people) == ("planned", ("Afterword",))
    assert found.what == "Planned work: ran over by 6 hours"


def test_an_outage_during_the_work_is_not_as_told(
    page: Page, disks: Component, now: datetime
) -> None:
    begins = now + timedelta(days=2)
    work = plan(page, now, begins, disks)
    say(work, begins, "in_progress", components={disks: "major_outage"})
    say(work, begins + HOUR, "completed")
    assert told(page, now) == [("a part was worse than under maintenance", 0, 1)]


def test_work_that_never_ends_counts_once_its_end_is_over(page: Page, now: datetime) -> None:
    begins = now + timedelta(days=2)
    say(plan(page, now, begins), begins, "in_progress")
    ((said, part, whole),) = told(page, now)
    assert said.startswith("goes on") and (part, whole) == (0, 1)


def test_an_incident_that_is_called_planned_a_little_before_is_a_trace(
    page: Page, now: datetime
) -> None:
    plan(page, now, now + timedelta(minutes=10))
    (item,) = measured(page, "short_notice", now).items
    assert item.said == "readers were told 10 minutes before"
    assert item.inside == "planned by Afterword"
    (found,) = evidence(page, quarter_of(now.date()), now=now + timedelta(days=5))
    assert "readers were told 10 minutes before" in found.what


def test_bringing_the_beginning_forward_is_short_notice_too(page: Page, now: datetime) -> None:
    work = plan(page, now, now + timedelta(days=9))
    at = now + timedelta(days=1)
    announce_move(
        actor=MACHINE, now=at, incident=work, body="We begin sooner.",
        scheduled_for=at + HOUR, scheduled_until=at + 2 * HOUR,
    )  # fmt: skip
    (item,) = measured(page, "short_notice", now).items
    assert item.said == "readers were told 1 hour before"


def test_work_that_was_called_off_is_in_neither(page: Page, now: datetime) -> None:
    work = plan(page, now, now + HOUR)
    announce_calling_off(actor=MACHINE, now=now, incident=work, body="Not today.")
    assert told(page, now) == []
    assert measured(page, "short_notice", now).items == ()


def call_off(work: Incident, at: datetime) -> None:
    announce_calling_off(actor=MACHINE, now=at, incident=work, body="Not today.")


def test_work_called_off_in_time_is_a_trace(page: Page, now: datetime) -> None:
    call_off(plan(page, now, now + 2 * HOUR), now)
    (item,) = measured(page, "called_off", now).items
    assert item.in_full == "called off 2 hours before its beginning, by Afterword"
    assert evidence(page, quarter_of(now.date()), now=now + timedelta(days=5)) == []


def test_an_outage_told_as_work_that_never_begins_and_is_then_over_is_not_as_told(
    page: Page, disks: Component, now: datetime
) -> None:
    work = plan(page, now, now + timedelta(minutes=1), disks)
    say(work, now + timedelta(minutes=2), "scheduled", components={disks: "major_outage"})
    say(work, now + 5 * HOUR, "completed", components={disks: "operational"})
    ((said, part, whole),) = told(page, now)
    assert "a part was worse than under maintenance" in said
    assert (part, whole) == (0, 1)
    assert len(measured(page, "short_notice", now).items) == 1
    assert len(measured(page, "called_off", now).items) == 1
    (found,) = evidence(page, quarter_of(now.date()), now=now + timedelta(days=5))
    assert "a part was worse than under maintenance" in found.what


def test_work_called_off_after_its_beginning_came_was_not_as_told(
    page: Page, now: datetime
) -> None:
    work = plan(page, now, now + timedelta(days=2))
    call_off(work, now + timedelta(days=2, minutes=30))
    assert told(page, now) == [("called off 30 minutes after its beginning", 0, 1)]


def test_work_that_is_left_scheduled_counts_once_its_end_is_over(page: Page, now: datetime) -> None:
    plan(page, now, now + timedelta(days=2))
    ((said, part, whole),) = told(page, now)
    assert said.startswith("not said to have begun") and (part, whole) == (0, 1)


def test_a_beginning_that_came_stays_when_it_is_moved_afterwards(page: Page, now: datetime) -> None:
    begins = now + timedelta(days=2)
    work = plan(page, now, begins)
    announce_move(
        actor=MACHINE, now=begins + HOUR, incident=work, body="We will do it later.",
        scheduled_for=begins + timedelta(days=120),
        scheduled_until=begins + timedelta(days=120) + HOUR,
    )  # fmt: skip
    work.refresh_from_db()
    call_off(work, begins + 8 * HOUR)
    assert told(page, now) == [("called off 8 hours after its beginning", 0, 1)]


def test_an_outage_long_before_the_beginning_is_in_the_period_it_was_in(
    page: Page, disks: Component, now: datetime
) -> None:
    work = plan(page, now, now + timedelta(days=400), disks)
    say(work, now + HOUR, "scheduled", components={disks: "major_outage"})
    assert told(page, now) == [("a part was worse than under maintenance", 0, 1)]


def test_a_beginning_moved_before_it_came_is_measured_by_the_new_one(
    page: Page, now: datetime
) -> None:
    work = plan(page, now, now + timedelta(days=2))
    later = now + timedelta(days=3)
    announce_move(
        actor=MACHINE, now=now + timedelta(days=1), incident=work, body="A day later.",
        scheduled_for=later, scheduled_until=later + HOUR,
    )  # fmt: skip
    say(work, later, "in_progress")
    say(work, later + HOUR, "completed")
    assert told(page, now) == [("as told", 1, 1)]


def test_what_was_told_as_an_incident_cannot_come_back_as_planned_work(
    company: SimpleNamespace, now: datetime
) -> None:
    incident = company.incident
    with pytest.raises(BadInput, match="what readers were told it is stays"):
        import_incident(
            actor=MACHINE, now=now, page=company.page, public_id=incident.public_id,
            title=incident.title, status="completed", impact="maintenance",
            started_at=incident.started_at, updates=[], kind="maintenance", source="elsewhere",
        )  # fmt: skip
    incident.refresh_from_db()
    assert incident.kind == Kind.INCIDENT
