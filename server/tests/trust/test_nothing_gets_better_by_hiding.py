"""Whatever is hidden, lowered or put off moves a measure that is read beside it, or is listed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.commitments.actions import change, promise
from afterword.components.models import Page
from afterword.incidents.actions import (
    add_update,
    decide_summary,
    open_incident,
    reopen,
    save_record,
)
from afterword.incidents.actions.holds import hold_case
from afterword.incidents.models import Decision
from afterword.incidents.queries import current_record
from afterword.incidents.record import starting_record
from afterword.publishing.actions import correct, publish_promises, publish_statement
from afterword.publishing.models import Publication
from afterword.statements.actions import approve, ask_review, save_revision, start
from afterword.trust.charts import trend_of
from afterword.trust.evidence import COLUMNS, evidence
from afterword.trust.measure import Item, Measure, quantile
from afterword.trust.periods import Period
from afterword.trust.report import Report, report
from statements.world import HONEST, TITLE, change_record

OVER = datetime.fromisoformat("2026-03-17T14:24:00+00:00")
WHOLE = Period(date(2026, 3, 1), date(2026, 6, 30))


@pytest.fixture
def told(company: SimpleNamespace, now: datetime) -> SimpleNamespace:
    """A company that closed late and promised something."""
    company.promise = promise(
        actor=company.noor, now=now, incident=company.incident,
        what="Queues stop accepting work at 80% full", why="A full queue held back every invoice.",
        effect="An engineer is called before invoices are late.", mechanism="prevent",
        due=date(2026, 4, 18),
    )  # fmt: skip
    company.closure = leave(company, now, start(
        actor=company.noor, now=now, incident=company.incident, kind="closure"
    ), TITLE, HONEST)  # fmt: skip
    return company


def leave(company: SimpleNamespace, now: datetime, statement: Any, title: str, body: str) -> Any:
    save_revision(
        actor=company.noor, now=now, statement=statement, title=title, body=body, based_on=1
    )
    ask_review(actor=company.noor, now=now, statement=statement)
    approve(actor=company.bo, now=now, statement=statement)
    return publish_statement(actor=company.pia, now=now, statement=statement)


def retract(company: SimpleNamespace, now: datetime) -> None:
    correction = correct(
        actor=company.noor, now=now, incident=company.incident, number=company.closure.number,
        weight="retraction", right="This text named the wrong day, so it is gone.",
    )  # fmt: skip
    ask_review(actor=company.noor, now=now, statement=correction)
    approve(actor=company.bo, now=now, statement=correction)
    publish_statement(actor=company.pia, now=now, statement=correction)


def lower_severity(company: SimpleNamespace, now: datetime) -> None:
    record = current_record(company.incident)
    assert record is not None
    incident = {**record.data["incident"], "severity": 4}
    save_record(
        actor=company.noor, now=now, incident=company.incident, expected_version=None,
        data={**record.data, "incident": incident},
    )  # fmt: skip


def shrink(company: SimpleNamespace, now: datetime) -> None:
    change_record(
        company, now,
        customers={"affected": 17, "total": 4860, "percent": 0.3, "basis": "measured"},
    )  # fmt: skip


def decide_against(company: SimpleNamespace, now: datetime) -> None:
    decide_summary(
        actor=company.noor, now=now, incident=company.incident, outcome="none",
        reason="Nobody would read it.", review_on=date(2026, 7, 1), second_person=company.pia,
    )  # fmt: skip


def come_back(company: SimpleNamespace, now: datetime) -> None:
    reopen(actor=MACHINE, now=now, incident=company.incident, reason="So that clocks start anew.")
    add_update(actor=MACHINE, now=now, incident=company.incident, status="resolved", body="Over.")


def drop(company: SimpleNamespace, now: datetime) -> None:
    change(
        actor=company.noor, now=now, commitment=company.promise, state="dropped",
        dropped_because="It costs too much.",
    )  # fmt: skip
    publish_promises(actor=company.pia, now=now, incident=company.incident)


def put_off(company: SimpleNamespace, now: datetime) -> None:
    change(
        actor=company.noor, now=now, commitment=company.promise, due=date(2026, 12, 31),
        note="Later is easier.",
    )  # fmt: skip
    publish_promises(actor=company.pia, now=now, incident=company.incident)


def hold(company: SimpleNamespace, now: datetime) -> None:
    hold_case(
        actor=company.bo, now=now, incident=company.incident, reason="Until nobody asks.",
        look_again_on=date(2026, 7, 1),
    )  # fmt: skip


# What is done → the trace that names it.
ACTS: dict[Callable[[SimpleNamespace, datetime], None], str] = {
    retract: "retractions", lower_severity: "lowered", shrink: "lowered",
    decide_against: "no_summary_waits", come_back: "came_back", drop: "dropped", hold: "held_back",
}  # fmt: skip


def seen(company: SimpleNamespace, now: datetime) -> Report:
    return report(company.page, WHOLE, now=now)


@pytest.mark.parametrize(("act", "trace"), ACTS.items(), ids=[a.__name__ for a in ACTS])
def test_an_act_that_tells_less_is_listed_and_makes_nothing_better(
    told: SimpleNamespace, now: datetime, act: Any, trace: str
) -> None:
    later = now + timedelta(hours=1)
    before = seen(told, later)
    act(told, later)
    after = seen(told, later)
    assert len(after.measure(trace).items) == len(before.measure(trace).items) + 1
    in_time = ("closure_in_time", "summary_in_time", "promises_kept", "coverage")
    for code in in_time:
        was, now_is = before.measure(code).summary(), after.measure(code).summary()
        assert now_is.part <= was.part and now_is.whole >= was.whole, code


def test_a_day_that_is_put_off_is_still_measured_by_the_first_one(
    told: SimpleNamespace, now: datetime
) -> None:
    put_off(told, now + timedelta(days=3))
    after = seen(told, now + timedelta(days=60))
    (item,) = after.measure("promises_kept").items
    assert (item.part, item.whole, item.group) == (0, 1, "late, told before")
    assert after.measure("promise_age").items[0].value == 29


def test_what_is_never_said_grows_instead_of_vanishing(
    company: SimpleNamespace, now: datetime
) -> None:
    early, late = seen(company, now), seen(company, now + timedelta(days=30))
    for code in ("time_to_closure",):
        (was,), (is_now,) = early.measure(code).items, late.measure(code).items
        assert was.is_open and is_now.is_open and is_now.value == was.value + 30 * 86_400
    assert late.measure("closure_in_time").summary().whole == 1
    assert late.measure("coverage").items[0].whole == 1, "undecided counts as owed"


def test_what_was_published_cannot_be_deleted(told: SimpleNamespace) -> None:
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=told.closure.pk).delete()


def test_every_measure_is_read_with_another_and_every_pair_is_there(
    company: SimpleNamespace, now: datetime
) -> None:
    made = seen(company, now)
    for each in made.measures:
        assert each.pair or each.code == "next_word", each.code
        for code in each.pair:
            assert made.measure(code).code == code


def test_a_figure_that_goes_by_way_of_unknown_is_listed_at_each_step(
    told: SimpleNamespace, now: datetime
) -> None:
    change_record(
        told, now,
        customers={"affected": None, "total": None, "percent": None, "basis": "unknown"},
    )  # fmt: skip
    shrink(told, now)
    said = [item.in_full for item in seen(told, now).measure("lowered").items]
    assert said == [
        "1,798 customers became unknown, by Afterword", "1,798 customers became 17, by Afterword"
    ]  # fmt: skip


def seem_harmless(company: SimpleNamespace, now: datetime) -> None:
    """Make the record smaller by what is neither severity nor a number of people nor data."""
    change_record(
        company, now,
        customers={"affected": 1798, "total": 599_400, "percent": 0.3, "basis": "measured"},
    )  # fmt: skip


def test_a_record_that_is_made_smaller_before_deciding_lowers_nothing_that_was_owed(
    told: SimpleNamespace, now: datetime
) -> None:
    known = current_record(told.incident)
    assert known is not None
    change_record(told, now, sla=[], components=[{**known.data["components"][0], "impact": "none"}])
    seem_harmless(told, now)
    Decision.objects.create(
        incident=told.incident, outcome="none", proposed="none", row=7, reason="Too small.",
        decided_by=told.noor, decided_at=now,
    )  # fmt: skip
    after = seen(told, now + timedelta(days=30))
    assert after.measure("coverage").summary().whole == 1
    assert after.measure("summary_in_time").summary().whole == 1
    [item] = after.measure("lowered").items
    assert item.in_full == (
        "the table asked for summary, now for short: "
        "share of customers 37 % became 0.3 %, by Afterword"
    )


def test_a_record_made_smaller_is_in_the_auditors_list_with_who_and_why(
    told: SimpleNamespace, now: datetime
) -> None:
    known = current_record(told.incident)
    assert known is not None
    later = now + timedelta(days=40)
    customers = {"affected": 17, "total": 4860, "percent": 0.3, "basis": "measured"}
    save_record(
        actor=told.noor, now=later, incident=told.incident, expected_version=None,
        data={**known.data, "customers": customers}, reason="Test accounts were counted.",
    )  # fmt: skip
    [item] = seen(told, later).measure("lowered").items
    assert item.in_full.endswith(", by Noor: Test accounts were counted.")
    assert "Test accounts" not in item.said
    month = Period(later.date(), later.date())
    [line] = [e for e in evidence(told.page, month, now=later) if e.kind == "record"]
    assert (line.at, line.people, line.incident) == (later, ("Noor",), told.incident.public_id)
    assert line.what.startswith("The record made smaller: 1,798 customers became 17")
    assert line.row()[COLUMNS.index("reason")] == "Test accounts were counted."
    assert line.as_json()["reason"] == "Test accounts were counted."
    [counted] = report(told.page, month, now=later).measure("lowered").items
    assert counted.in_full == item.in_full, "a quarter that is kept already is not the place for it"
    early = Period(now.date(), now.date())
    assert "record" not in {e.kind for e in evidence(told.page, early, now=later)}
    other = Page.objects.create(name="Fernway", url="https://f.example", created_at=now)
    assert "record" not in {e.kind for e in evidence(other, month, now=later)}


def test_what_is_found_out_makes_no_record_smaller(told: SimpleNamespace, now: datetime) -> None:
    known = current_record(told.incident)
    assert known is not None
    change_record(told, now, wrong_results="unknown")
    change_record(told, now, wrong_results=False, customers={"affected": 1850, "percent": 38.1})
    assert seen(told, now).measure("lowered").items == ()


def test_a_severity_that_the_first_record_lowers_stays_the_gravest(
    told: SimpleNamespace, now: datetime
) -> None:
    incident = open_incident(
        actor=MACHINE, now=now, page=told.page, title="Exports stopped", body="Nothing comes out.",
        severity=1,
    )  # fmt: skip
    record = starting_record(incident)
    save_record(
        actor=MACHINE, now=now, incident=incident, expected_version=None,
        data={**record, "incident": {**record["incident"], "severity": 4}},
    )  # fmt: skip
    add_update(actor=MACHINE, now=now, incident=incident, status="resolved", body="Over.")
    after = seen(told, now)
    [item] = [i for i in after.measure("lowered").items if i.about == incident.public_id]
    assert item.in_full == "severity 1 became 4, by Afterword"
    [closing] = [i for i in after.measure("closure_in_time").items if i.about == incident.public_id]
    assert closing.group == "severity 1"


def test_leaving_the_decision_open_counts_as_late_once_its_time_is_over(
    company: SimpleNamespace, now: datetime
) -> None:
    early, late = seen(company, now), seen(company, now + timedelta(days=30))
    assert early.measure("summary_in_time").summary().whole == 0
    assert early.measure("time_to_summary").not_known == 1
    assert late.measure("summary_in_time").summary().whole == 1
    assert late.measure("summary_in_time").summary().part == 0
    (item,) = late.measure("time_to_summary").items
    assert item.is_open and item.value is not None and item.value > 29 * 86_400


def test_deciding_against_a_summary_when_it_is_late_does_not_make_it_timely(
    company: SimpleNamespace, now: datetime
) -> None:
    lower_severity(company, now)
    Decision.objects.create(
        incident=company.incident, outcome="none", proposed="none", row=9, reason="Too late now.",
        decided_by=company.noor, decided_at=now + timedelta(days=29),
    )  # fmt: skip
    after = seen(company, now + timedelta(days=30))
    assert after.measure("summary_in_time").summary().whole == 1
    assert len(after.measure("time_to_summary").known) == 1


def test_a_next_word_that_never_came_counts_though_the_incident_goes_on(
    company: SimpleNamespace, now: datetime
) -> None:
    incident = open_incident(
        actor=MACHINE, now=now, page=company.page, title="Exports stopped", body="Nothing comes.",
        severity=2,
    )  # fmt: skip
    add_update(
        actor=MACHINE, now=now, incident=incident, status="identified", body="We know why.",
        next_update_at=now + timedelta(hours=1),
    )  # fmt: skip
    said = seen(company, now + timedelta(hours=3)).measure("words_in_time").summary()
    assert (said.part, said.whole) == (0, 1)


def test_the_middle_is_a_lower_bound_as_soon_as_something_below_it_goes_on() -> None:
    def item(value: float, is_open: bool) -> Item:
        return Item(OVER, "a", "T", "", value=value, is_open=is_open)

    closed = [item(value, False) for value in range(10, 18)]
    assert quantile(closed, 0.5) == (13, False)
    assert quantile([item(1, True), *closed], 0.5) == (13, True)
    assert quantile([*closed, item(99, True)], 0.5) == (14, False)


def test_a_column_whose_middle_is_a_lower_bound_says_so() -> None:
    def spread(is_open: bool) -> Measure:
        items = tuple(
            Item(OVER - timedelta(days=31 * month), f"a{n}", "T", "", value=7200.0, is_open=is_open)
            for month in range(2)
            for n in range(8)
        )
        return Measure("m", "M", "D", "R", "spread", items, unit="seconds")

    period = Period(date(2026, 2, 1), date(2026, 3, 31))
    assert "≥2 h" in trend_of(spread(True), period)
    assert "≥" not in trend_of(spread(False), period)
