"""One outage that is told as two incidents is listed, and two that are told as one do not look
better.
"""

from datetime import datetime, timedelta
from random import Random
from types import SimpleNamespace

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.components.models import Component
from afterword.incidents.actions import add_update, open_incident
from afterword.incidents.models import Incident
from afterword.trust.evidence import evidence
from afterword.trust.periods import quarter_of
from afterword.trust.report import report
from statements.world import change_record
from trust.acts_that_hide import tell_two_outages_as_one
from trust.real_history import NOON, made, work

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def told(
    company: SimpleNamespace, began: datetime, over: datetime, title: str, *parts: Component
) -> Incident:
    incident = open_incident(
        actor=MACHINE, now=began, page=company.page, title=title, body="It fails.", severity=4,
        components=dict.fromkeys(parts, "degraded_performance"),
    )  # fmt: skip
    add_update(actor=MACHINE, now=over, incident=incident, status="resolved", body="Over.")
    incident.refresh_from_db()
    return incident


def named(company: SimpleNamespace, now: datetime) -> list[str]:
    made = report(company.page, quarter_of(now.date()), now=now + 9 * DAY)
    return [item.said for item in made.measure("told_apart").items]


def test_two_at_once_are_listed_though_they_name_nothing_in_common(
    company: SimpleNamespace, now: datetime
) -> None:
    later = now + DAY
    told(company, later, later + 50 * MINUTE, "Exports are slow")
    told(company, later + 20 * MINUTE, later + 70 * MINUTE, "Search is slow")
    assert named(company, now) == ["began 20 minutes after “Exports are slow”, which went on"]


def test_the_same_part_is_close_until_six_hours_after_the_first_was_over(
    company: SimpleNamespace, now: datetime
) -> None:
    later, part = now + DAY, company.sending
    told(company, later, later + 30 * MINUTE, "Invoices wait", part)
    told(company, later + 3 * HOUR, later + 4 * HOUR, "Invoices are late", part)
    told(company, later + 11 * HOUR, later + 12 * HOUR, "Invoices are late again", part)
    assert named(company, now) == [
        "began 3 hours after “Invoices wait”, which had been over for 2 hours 30 minutes; same part"
    ]


def test_others_of_another_hour_are_not(company: SimpleNamespace, now: datetime) -> None:
    later = now + DAY
    told(company, later, later + 5 * HOUR, "Exports are slow")
    told(company, later + 2 * HOUR, later + 3 * HOUR, "Search is slow")
    told(company, later + 6 * HOUR, later + 7 * HOUR, "Sign-in is slow")
    assert named(company, now) == []


def test_planned_work_of_the_same_hours_is_none_of_them(
    company: SimpleNamespace, now: datetime
) -> None:
    later = now + 3 * DAY
    work(company, now, later)
    told(company, later + 10 * MINUTE, later + HOUR, "Invoices wait", company.sending)
    assert named(company, now) == []


def test_a_cause_that_both_name_brings_them_together(
    company: SimpleNamespace, now: datetime
) -> None:
    ended = company.incident.resolved_at
    assert ended is not None
    second = told(company, ended + 5 * HOUR, ended + 6 * HOUR, "Exports are slow")
    assert named(company, now) == []
    for incident in (company.incident, second):
        other = SimpleNamespace(**{**vars(company), "incident": incident})
        change_record(other, now, cause={"fingerprint": "full-queue"})
    [said] = named(company, now)
    assert said.endswith("which had been over for 5 hours; same cause")


@pytest.mark.django_db
def test_two_outages_told_as_one_make_it_one_that_was_long_not_said_to_be_over() -> None:
    """The second is no recurrence then; the first ends long before anybody says so."""
    world = made(Random(3), whole=True)
    began = NOON + 2 * HOUR
    tell_two_outages_as_one(world, began, Random(3))
    incident = Incident.objects.get(title="Exports stop")
    measures = report(world.page, quarter_of(NOON.date()), now=NOON + 9 * DAY)
    [waited] = [
        each.value for each in measures.measure("time_to_over").items
        if each.about == incident.public_id
    ]  # fmt: skip
    assert waited == timedelta(hours=21, minutes=40).total_seconds()
    kinds = {
        each.kind for each in evidence(world.page, quarter_of(NOON.date()), now=NOON + 9 * DAY)
        if each.incident == incident.public_id
    }  # fmt: skip
    assert "over" in kinds
