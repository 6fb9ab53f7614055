"""Planned work is announced, moves, begins and ends by itself once, or is called off."""

from datetime import datetime, timedelta

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audit.models import Entry
from afterword.components.models import Component, Page
from afterword.incidents.models import Incident
from afterword.kit.errors import BadInput, NotAllowed, TextRejected, WrongState
from afterword.publishing.actions import (
    announce_calling_off,
    announce_maintenance,
    announce_move,
    announce_update,
    move_maintenance_on,
)
from afterword.publishing.models import Publication, PublicIncident
from incidents.building import a_component, a_page, a_person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now)


@pytest.fixture
def part(page: Page, now: datetime) -> Component:
    return a_component(page, now)


def planned(page: Page, part: Component, now: datetime, **given: object) -> Incident:
    told = {
        "title": "Labels move to a new disk",
        "body": "Labels cannot be printed while we move them. You need to do nothing.",
        "scheduled_for": now + DAY,
        "scheduled_until": now + DAY + 2 * HOUR,
        "components": [part],
    } | given
    publication = announce_maintenance(actor=MACHINE, now=now, page=page, **told)  # type: ignore[arg-type]
    return Incident.objects.get(public_id=publication.incident_id)


def said(work: Incident) -> list[str]:
    found = Publication.objects.filter(incident_id=work.public_id).order_by("number")
    return [each.facts["update"]["status"] for each in found]


def shown(work: Incident) -> PublicIncident:
    return PublicIncident.objects.get(incident_id=work.public_id)


def test_planned_work_is_public_and_touches_nothing_before_it_begins(
    page: Page, part: Component, now: datetime
) -> None:
    work = planned(page, part, now)
    public = shown(work)
    assert (public.kind, public.status, public.impact) == (
        "maintenance",
        "scheduled",
        "maintenance",
    )
    assert public.scheduled_for == now + DAY
    assert public.is_open
    part.refresh_from_db()
    assert part.status == "operational"
    assert move_maintenance_on(now=now + DAY - timedelta(seconds=1)) == []


def test_it_begins_and_ends_at_its_time_once_and_its_parts_with_it(
    page: Page, part: Component, now: datetime
) -> None:
    work = planned(page, part, now)
    assert len(move_maintenance_on(now=now + DAY)) == 1
    assert move_maintenance_on(now=now + DAY) == []
    part.refresh_from_db()
    assert part.status == "under_maintenance"
    assert len(move_maintenance_on(now=now + DAY + 2 * HOUR)) == 1
    assert move_maintenance_on(now=now + 9 * DAY) == []
    part.refresh_from_db()
    assert part.status == "operational"
    assert said(work) == ["scheduled", "in_progress", "completed"]
    assert shown(work).resolved_at == now + DAY + 2 * HOUR


def test_work_that_cannot_begin_keeps_no_other_from_beginning(
    page: Page, part: Component, now: datetime
) -> None:
    stuck = planned(page, part, now)
    stuck.components.add(a_component(a_page(now), now, "A part of another page"))
    other = planned(page, part, now, scheduled_for=now + DAY + HOUR)
    with pytest.raises(BadInput):
        move_maintenance_on(now=now + DAY + HOUR)
    other.refresh_from_db()
    assert other.status == "in_progress"


def test_a_worker_that_slept_through_all_of_it_tells_it_in_order(
    page: Page, part: Component, now: datetime
) -> None:
    work = planned(page, part, now)
    for _ in range(3):
        move_maintenance_on(now=now + 3 * DAY)
    assert said(work) == ["scheduled", "in_progress", "completed"]


def test_what_shall_not_begin_or_end_by_itself_waits_for_a_person(
    page: Page, part: Component, now: datetime
) -> None:
    work = planned(page, part, now, begins_itself=False, ends_itself=False)
    assert move_maintenance_on(now=now + 3 * DAY) == []
    announce_update(
        actor=MACHINE, now=now + DAY, incident=work, status="in_progress", body="We begin."
    )
    assert move_maintenance_on(now=now + 3 * DAY) == []


def test_a_part_that_is_down_for_another_reason_stays_down_when_work_is_called_off(
    page: Page, part: Component, now: datetime
) -> None:
    Component.objects.filter(pk=part.pk).update(status="major_outage")
    work = planned(page, part, now)
    announce_calling_off(
        actor=MACHINE, now=now + HOUR, incident=work, body="We do not do this work."
    )
    part.refresh_from_db()
    assert part.status == "major_outage"
    assert said(work) == ["scheduled", "completed"]
    assert move_maintenance_on(now=now + 3 * DAY) == []
    with pytest.raises(WrongState):
        announce_calling_off(actor=MACHINE, now=now + HOUR, incident=work, body="Again.")


def test_moved_work_begins_at_its_new_time(page: Page, part: Component, now: datetime) -> None:
    work = planned(page, part, now)
    announce_move(
        actor=MACHINE, now=now + HOUR, incident=work, body="We do this on Friday instead.",
        scheduled_for=now + 2 * DAY, scheduled_until=now + 2 * DAY + HOUR,
    )  # fmt: skip
    assert move_maintenance_on(now=now + DAY) == []
    assert shown(work).scheduled_for == now + 2 * DAY
    assert len(move_maintenance_on(now=now + 2 * DAY)) == 1
    announce_move(
        actor=MACHINE, now=now + 2 * DAY, incident=work, body="It takes an hour longer.",
        scheduled_for=now + 2 * DAY, scheduled_until=now + 2 * DAY + 2 * HOUR,
    )  # fmt: skip
    assert move_maintenance_on(now=now + 2 * DAY + HOUR) == []
    assert said(work) == ["scheduled", "scheduled", "in_progress", "in_progress"]
    with pytest.raises(BadInput):
        announce_move(
            actor=MACHINE, now=now + 2 * DAY, incident=work, body="Later.",
            scheduled_for=now + 3 * DAY, scheduled_until=now + 4 * DAY,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("begin", "end"),
    [(-HOUR, HOUR), (DAY, DAY), (2 * DAY, DAY), (DAY, 40 * DAY)],
    ids=["begins in the past", "no length", "ends first", "a month"],
)
def test_times_that_cannot_be_are_refused(
    page: Page, part: Component, now: datetime, begin: timedelta, end: timedelta
) -> None:
    with pytest.raises(BadInput):
        planned(page, part, now, scheduled_for=now + begin, scheduled_until=now + end)
    assert not Incident.objects.exists()


def test_words_are_checked_and_people_without_the_role_are_refused(
    page: Page, part: Component, now: datetime
) -> None:
    with pytest.raises(TextRejected):
        planned(page, part, now, body="We guarantee that this will never happen again.")
    reader = a_person("Rita", now=now)
    with pytest.raises(NotAllowed):
        announce_maintenance(
            actor=reader, now=now, page=page, title="x", body="y",
            scheduled_for=now + DAY, scheduled_until=now + DAY + HOUR,
        )  # fmt: skip
    assert not Incident.objects.exists()


def test_every_step_is_in_the_audit_log(page: Page, part: Component, now: datetime) -> None:
    work = planned(page, part, now)
    announce_move(
        actor=MACHINE, now=now, incident=work, body="Later.",
        scheduled_for=now + 2 * DAY, scheduled_until=now + 2 * DAY + HOUR,
    )  # fmt: skip
    announce_calling_off(actor=MACHINE, now=now, incident=work, body="Not at all.")
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"incidents.plan", "incidents.move", "incidents.call_off"} <= verbs


def test_imported_work_is_left_to_the_page_it_came_from(
    page: Page, part: Component, now: datetime
) -> None:
    work = planned(page, part, now)
    Incident.objects.filter(pk=work.pk).update(source="statuspage")
    assert move_maintenance_on(now=now + DAY) == []
