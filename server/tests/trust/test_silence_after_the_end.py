"""Whoever clicks "resolved" late stops no clock of a closure, and is seen all the same."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.models import Role
from afterword.incidents.actions import add_update, open_incident, reopen, save_record
from afterword.incidents.models import Incident, Recovery
from afterword.incidents.queries import current_record
from afterword.incidents.record import starting_record
from afterword.kit.timespans import iso_utc, long_utc
from afterword.trust.evidence import Evidence, evidence
from afterword.trust.measure import Item
from afterword.trust.outward import outward
from afterword.trust.panel import figures_of
from afterword.trust.periods import Period
from afterword.trust.report import report
from statements.world import person

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def at(company: SimpleNamespace, now: datetime) -> datetime:
    company.mara = person(now, "Mara", Role.RESPONDER)
    return now + 5 * DAY


def outage(company: SimpleNamespace, at: datetime, *, severity: int = 2) -> Incident:
    return open_incident(
        actor=company.mara, now=at, page=company.page, title="Exports stopped", body="None work.",
        severity=severity,
    )  # fmt: skip


def over(company: SimpleNamespace, incident: Incident, at: datetime) -> None:
    add_update(actor=company.mara, now=at, incident=incident, status="resolved", body="Over.")


def ended(company: SimpleNamespace, incident: Incident, end: datetime, saved_at: datetime) -> None:
    """Save a record that names the end of the impact."""
    incident.refresh_from_db()
    known = current_record(incident)
    data: dict[str, Any] = dict(known.data) if known else starting_record(incident)
    times = data["times"] | {"impact_ended": iso_utc(end)}
    times["basis"] = times["basis"] | {"impact_ended": "measured"}
    save_record(
        actor=company.noor, now=saved_at, incident=incident, expected_version=None,
        data=data | {"times": times},
    )  # fmt: skip


def waited(company: SimpleNamespace, at: datetime, now: datetime) -> list[Item]:
    made = report(company.page, Period(at.date(), at.date()), now=now)
    return [each for each in made.measure("time_to_over").items if each.title == "Exports stopped"]


def listed(company: SimpleNamespace, at: datetime, now: datetime) -> list[Evidence]:
    found = evidence(company.page, Period(at.date(), at.date()), now=now)
    return [each for each in found if each.kind == "over"]


@pytest.mark.parametrize(("minutes", "is_listed"), [(5, False), (59, False), (61, True)])
def test_what_is_said_long_after_the_end_is_measured_and_listed(
    company: SimpleNamespace, at: datetime, minutes: int, is_listed: bool
) -> None:
    """At severity 2 a closure is due within the hour; so long is "over" watched for unlisted."""
    incident = outage(company, at)
    over(company, incident, at + HOUR + minutes * MINUTE)
    ended(company, incident, at + HOUR, at + 3 * HOUR)
    (item,) = waited(company, at, at + DAY)
    assert (item.value, item.is_open, item.group) == (minutes * 60, False, "severity 2")
    found = listed(company, at, at + DAY)
    assert bool(found) == is_listed
    for each in found:
        assert each.what == (
            f"Said to be over 1 hour 1 minute after its impact ended on {long_utc(at + HOUR)}, as "
            "its record has it (severity 2)"
        )
        assert (each.at, each.people) == (at + HOUR + minutes * MINUTE, ("Mara",))


def test_what_nobody_has_said_to_be_over_counts_so_far(
    company: SimpleNamespace, at: datetime
) -> None:
    incident = outage(company, at)
    assert waited(company, at, at + 6 * HOUR) == []
    ended(company, incident, at + HOUR, at + 2 * HOUR)
    (item,) = waited(company, at, at + 6 * HOUR)
    assert (item.value, item.is_open, item.at) == (5 * 3600, True, at + HOUR)
    (found,) = listed(company, at, at + 6 * HOUR)
    assert found.what.startswith("Not said to be over, 5 hours after its impact ended on")


def test_an_end_that_is_moved_away_later_is_not_forgotten(
    company: SimpleNamespace, at: datetime
) -> None:
    incident = outage(company, at)
    ended(company, incident, at + HOUR, at + 2 * HOUR)
    over(company, incident, at + 6 * HOUR)
    ended(company, incident, at + 6 * HOUR, at + 7 * HOUR)
    assert [each.value for each in waited(company, at, at + DAY)] == [5 * 3600]


def test_what_no_record_names_is_not_counted_and_shows_that(
    company: SimpleNamespace, at: datetime
) -> None:
    incident = outage(company, at)
    Recovery.objects.create(page=company.page, incident=incident, severity=2, at=at + 6 * HOUR)
    (item,) = waited(company, at, at + DAY)
    assert (item.value, item.said) == (None, "no record names its end")
    assert listed(company, at, at + DAY) == []


def test_the_record_that_begins_with_resolved_takes_that_for_the_end(
    company: SimpleNamespace, at: datetime
) -> None:
    """Until somebody says otherwise, readers are told that it lasted that long."""
    over(company, outage(company, at), at + 6 * HOUR)
    assert [each.value for each in waited(company, at, at + DAY)] == [0]


def test_each_time_it_was_over_is_held_against_its_own_end(
    company: SimpleNamespace, at: datetime
) -> None:
    incident = outage(company, at)
    ended(company, incident, at + HOUR, at + HOUR)
    over(company, incident, at + 2 * HOUR)
    incident.refresh_from_db()
    reopen(actor=company.mara, now=at + 3 * HOUR, incident=incident, reason="It is back.")
    over(company, incident, at + 7 * HOUR)
    ended(company, incident, at + 4 * HOUR, at + 8 * HOUR)
    assert [each.value for each in waited(company, at, at + DAY)] == [3600, 3 * 3600]


def test_readers_see_the_figure_and_no_line_of_it(company: SimpleNamespace, at: datetime) -> None:
    """An end that a draft of the record named was never told."""
    incident = outage(company, at)
    over(company, incident, at + 6 * HOUR)
    ended(company, incident, at + HOUR, at + 7 * HOUR)
    made = report(company.page, Period(at.date(), at.date()), now=at + DAY)
    (figure,) = [
        each for each in figures_of(outward(company.page, made)) if each["code"] == "time_to_over"
    ]
    assert (figure["n"], figure["items"]) == (1, [])
