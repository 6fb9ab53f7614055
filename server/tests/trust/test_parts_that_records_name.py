"""A part that was not announced and that the record names is a part that was hit all the same."""

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component
from afterword.incidents.actions import (
    add_update,
    judge_recurrence,
    keep_missed_parts,
    open_incident,
    save_record,
)
from afterword.incidents.models import Incident, NamedPart, RecordVersion
from afterword.incidents.queries import alike, current_record, unsaid
from afterword.incidents.record import starting_record
from afterword.trust.periods import quarter_of
from afterword.trust.report import report
from afterword.worker.loop import run_once
from trust.acts_that_hide import leave_the_part_out_of_the_announcement
from trust.real_history import NOON, made

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told(company: SimpleNamespace, began: datetime, title: str, **given: Any) -> Incident:
    """Announce an incident without a part, and say after six hours that it is over."""
    incident = open_incident(
        actor=MACHINE, now=began, page=company.page, title=title, body="It fails.", severity=2,
        **given,
    )  # fmt: skip
    add_update(actor=MACHINE, now=began + 6 * HOUR, incident=incident, status="resolved", body=".")
    incident.refresh_from_db()
    return incident


def record_names(incident: Incident, *names: str, impact: str = "major_outage") -> None:
    """Save a record that names these parts and no cause."""
    kept = current_record(incident)
    data = kept.data if kept else starting_record(incident)
    part = {
        "aliases": [], "impact": impact, "began": data["times"]["impact_began"],
        "ended": data["times"]["impact_ended"], "state_now": "operational",
    }  # fmt: skip
    save_record(
        actor=MACHINE, now=incident.resolved_at or incident.updated_at, incident=incident,
        data={**data, "components": [{"name": name, **part} for name in names]},
        expected_version=None,
    )  # fmt: skip


def said(company: SimpleNamespace, code: str, incident: Incident) -> list[tuple[int, int, str]]:
    over = incident.resolved_at
    assert over is not None
    found = report(company.page, quarter_of(over.date()), now=over + 30 * DAY).measure(code)
    return [(i.part, i.whole, i.said) for i in found.items if i.about == incident.public_id]


@pytest.fixture
def later(now: datetime) -> datetime:
    return now + 10 * DAY


@pytest.mark.parametrize("typed", ["Invoice sending", "  invoice  SENDING "])
def test_an_incident_is_asked_about_when_its_record_alone_names_the_part(
    company: SimpleNamespace, later: datetime, typed: str
) -> None:
    again = told(company, later, "Invoices are stuck")
    record_names(again, typed)
    (found,) = alike(again)
    assert (found.earlier, found.because) == (company.incident, "part")
    assert unsaid([again]) == {again.pk: found}
    title = company.incident.title
    assert said(company, "recurrence", again) == [
        (0, 0, "looks like an earlier one; nobody has said")
    ]
    assert said(company, "recurrence_open", again) == [
        (0, 0, f"looks like “{title}”; nobody has said")
    ]


def test_what_the_record_of_the_earlier_one_alone_names_counts_for_one_that_announces_it(
    company: SimpleNamespace, later: datetime
) -> None:
    first = told(company, later, "Invoices are stuck")
    record_names(first, "INVOICE SENDING")
    parts = {company.sending: "major_outage"}
    again = told(company, later + 9 * DAY, "Invoices wait", components=parts)
    assert [each.earlier for each in alike(again)] == [first, company.incident]
    assert unsaid([again])[again.pk].earlier == first
    assert said(company, "recurrence_open", again)[0][2].startswith("looks like “Invoices are stuc")


def test_a_name_that_the_page_does_not_have_is_compared_among_records(
    company: SimpleNamespace, later: datetime
) -> None:
    first, again, other = (
        told(company, later + days * DAY, title)
        for days, title in ((0, "Prints fail"), (5, "Prints fail again"), (9, "Scans fail"))
    )
    record_names(first, "Print room")
    record_names(again, "print ROOM ", "Lobby")
    record_names(other, "Scan room")
    assert [each.earlier for each in alike(again)] == [first]
    assert unsaid([first, again, other]).keys() == {again.pk}
    assert said(company, "recurrence", other) == [(0, 1, "no earlier one known")]


def test_a_part_that_is_listed_as_not_affected_was_not_hit(
    company: SimpleNamespace, later: datetime
) -> None:
    again = told(company, later, "Something else")
    record_names(again, "Invoice sending", impact="none")
    assert (alike(again), unsaid([again])) == ([], {})


def test_a_part_that_a_later_version_names_no_more_is_asked_about_still(
    company: SimpleNamespace, later: datetime
) -> None:
    again = told(company, later, "Invoices are stuck")
    record_names(again, "Invoice sending")
    record_names(again)
    assert [each.earlier for each in alike(again)] == [company.incident]
    assert said(company, "recurrence", again)[0][:2] == (0, 0)


def test_free_text_is_the_part_that_the_page_got_since_once_it_is_saved_again(
    company: SimpleNamespace, later: datetime
) -> None:
    first = told(company, later, "Prints fail")
    record_names(first, "Print room")
    part = create_component(actor=MACHINE, now=later, page=company.page, name="Print Room")
    again = told(company, later + DAY, "No prints", components={part: "major_outage"})
    record_names(first, "Print room", "Lobby")
    assert [each.earlier for each in alike(again)] == [first]


def test_of_two_parts_of_one_name_the_announced_one_is_meant(
    company: SimpleNamespace, later: datetime
) -> None:
    two = [
        create_component(
            actor=MACHINE, now=later, page=company.page, name="API",
            group=create_component(
                actor=MACHINE, now=later, page=company.page, name=name, is_group=True
            ),
        )
        for name in ("Europe", "Asia")
    ]  # fmt: skip
    europe = told(company, later, "Europe fails", components={two[0]: "major_outage"})
    record_names(europe, "API")
    asia = told(company, later + DAY, "Asia fails", components={two[1]: "major_outage"})
    record_names(asia, "API")
    either = told(company, later + 2 * DAY, "A call fails")
    record_names(either, "asia: api")
    assert (alike(asia), [each.earlier for each in alike(either)]) == ([], [asia])


def test_where_neither_a_part_nor_a_cause_is_named_nobody_knows(
    company: SimpleNamespace, later: datetime
) -> None:
    nameless = told(company, later, "Something was slow")
    words = "names neither a part nor a cause; nobody can look for an earlier one"
    assert said(company, "recurrence", nameless) == [(0, 0, words)]
    assert said(company, "recurrence_open", nameless) == [(0, 0, words)]
    judge_recurrence(
        actor=company.noor, now=later + DAY, incident=nameless, earlier=company.incident,
        is_same=True,
    )  # fmt: skip
    again = f"again: {company.incident.title}"
    assert said(company, "recurrence", nameless) == [(1, 1, again)]
    assert said(company, "recurrence_open", nameless) == []


def test_one_outage_told_as_several_is_listed_by_the_parts_of_the_records(
    company: SimpleNamespace, later: datetime
) -> None:
    first, second = (told(company, later + n * 8 * HOUR, f"Trouble {n}") for n in (0, 1))
    record_names(first, "Invoice sending")
    record_names(second, "Invoice sending")
    ((_, _, line),) = said(company, "told_apart", second)
    assert line.endswith("; same part"), line


def test_what_records_named_before_the_upgrade_is_kept_as_if_saved_today(
    company: SimpleNamespace, later: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days, names in ((0, ["Print room"]), (5, [" INVOICE sending", "Lobby"]), (9, [])):
        record_names(told(company, later + days * DAY, f"After {days}"), *names)
    rows: Callable[[], list[Any]] = lambda: sorted(  # noqa: E731
        NamedPart.objects.values_list("incident", "name", "component"), key=str
    )
    as_saved = rows()
    assert len(as_saved) >= 3
    NamedPart.objects.all().delete()
    fill = import_module("afterword.incidents.migrations.0015_fill_parts_that_records_name")
    monkeypatch.setattr(fill, "AT_ONCE", 2)
    fill.fill(apps, None)
    assert rows() == as_saved
    fill.fill(apps, None)
    assert rows() == as_saved, "and once more adds nothing"


def test_what_an_older_version_saved_during_the_upgrade_is_kept_by_the_next_sweep(
    company: SimpleNamespace, later: datetime
) -> None:
    """It runs on beside the new one for a while, after the migration, and keeps no names."""
    long_ago, fresh = told(company, later, "Long ago"), told(company, later + 20 * DAY, "Now")
    record_names(long_ago, "Print room")
    record_names(fresh, " INVOICE sending", "Lobby")
    as_saved = set(NamedPart.objects.filter(incident=fresh).values_list("name", "component"))
    assert len(as_saved) == 2
    NamedPart.objects.all().delete()
    saved_at = RecordVersion.objects.filter(incident=fresh).latest("version").saved_at
    run_once(now=saved_at + 3 * DAY)
    kept = NamedPart.objects.values_list("incident", "name", "component")
    assert set(kept) == {(fresh.pk, *each) for each in as_saved}, "what is older was migrated"
    assert keep_missed_parts(since=later) == 1, "the one that is older than a week here"
    assert keep_missed_parts(since=later) == 0, "and once more adds nothing"


def test_leaving_the_part_out_of_the_announcement_hides_no_recurrence(db: None) -> None:
    world = made(Random(1), whole=True)
    leave_the_part_out_of_the_announcement(world, NOON, Random(1))
    hidden = Incident.objects.get(title="Invoices are stuck")
    assert said(world, "recurrence", hidden)[0][:2] == (0, 0)
    assert said(world, "recurrence_open", hidden) != []
