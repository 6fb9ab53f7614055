"""A record that knows more than readers were told is a trace: in the auditor's list, with who and
why.
"""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.incidents.actions import save_record
from afterword.incidents.queries import current_record
from afterword.publishing.actions import correct, publish_statement
from afterword.statements.actions import approve, ask_review
from afterword.trust.evidence import Evidence, evidence
from afterword.trust.measure import Item
from afterword.trust.outward import is_listed
from afterword.trust.periods import Period
from afterword.trust.report import report
from statements.world import HONEST, TITLE, change_record
from trust.test_nothing_gets_better_by_hiding import WHOLE, leave, start, told

__all__ = ["told"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MORE = {"affected": 2400, "total": 4860, "percent": 49.4, "basis": "measured"}
WROTE, RIGHT = "1,798 of our 4,860 customers", "2,400 of 4,860 (49.4%)"


def find_out(company: SimpleNamespace, now: datetime, reason: str = "", **changes: Any) -> None:
    record = current_record(company.incident)
    assert record is not None
    save_record(
        actor=company.noor, now=now, incident=company.incident, expected_version=None,
        data={**record.data, **(changes or {"customers": MORE})}, reason=reason,
    )  # fmt: skip


def say_so(company: SimpleNamespace, now: datetime) -> None:
    said = correct(
        actor=company.noor, now=now, incident=company.incident, number=company.closure.number,
        weight="fact", right=RIGHT, wrote=WROTE,
    )  # fmt: skip
    ask_review(actor=company.noor, now=now, statement=said)
    approve(actor=company.bo, now=now, statement=said)
    publish_statement(actor=company.pia, now=now, statement=said)


def listed(company: SimpleNamespace, now: datetime) -> list[Item]:
    return list(report(company.page, WHOLE, now=now).measure("known_not_told").items)


def in_evidence(company: SimpleNamespace, now: datetime, period: Period = WHOLE) -> list[Evidence]:
    found = evidence(company.page, period, now=now)
    return [each for each in found if each.kind == "untold"]


def test_what_became_known_and_nobody_told_is_listed_with_who_and_why(
    told: SimpleNamespace, now: datetime
) -> None:
    find_out(told, now + DAY, "The second queue was counted.")
    assert listed(told, now + 2 * DAY) == [], "the summary may tell it"
    later = now + 20 * DAY
    [item] = listed(told, later)
    assert item.said == "customers: 2,400 known, 1,798 told; not told for 19 days"
    assert item.inside == "by Noor: The second queue was counted."
    [line] = in_evidence(told, later)
    assert (line.at, line.people, line.incident) == (now + DAY, ("Noor",), told.incident.public_id)
    assert line.reason == "The second queue was counted."
    assert line.what.startswith("Known, and not told: customers: 2,400 known, 1,798 told")
    measures = report(told.page, WHOLE, now=later)
    for code in ("impact_growth", "enlarging_corrections"):
        assert "known_not_told" in measures.measure(code).pair
    assert not is_listed(measures.measure("known_not_told")), "outside it is a figure alone"


def test_it_counts_in_the_period_it_became_known_in_too(
    told: SimpleNamespace, now: datetime
) -> None:
    known = now + 40 * DAY
    find_out(told, known)
    month = Period(known.date(), known.date())
    later = known + 20 * DAY
    [item] = report(told.page, month, now=later).measure("known_not_told").items
    assert item == listed(told, later)[0]
    assert len(in_evidence(told, later, month)) == 1
    early = Period(now.date(), now.date())
    assert in_evidence(told, later, early) == []
    april = Period(date(2026, 4, 1), date(2026, 4, 20))
    assert report(told.page, april, now=later).measure("known_not_told").items == ()


def test_what_is_told_in_time_is_no_trace_and_what_is_told_late_stays_one(
    told: SimpleNamespace, now: datetime
) -> None:
    find_out(told, now + DAY)
    say_so(told, now + 2 * DAY)
    assert listed(told, now + 60 * DAY) == []
    find_out(told, now + 3 * DAY, customers={**MORE, "affected": 3000, "percent": 61.7})
    [item] = listed(told, now + 60 * DAY)
    assert item.said == "customers: 3,000 known, 2,400 told; not told for 57 days"


def test_what_is_told_late_stays_listed_with_how_late(told: SimpleNamespace, now: datetime) -> None:
    find_out(told, now + DAY)
    say_so(told, now + 31 * DAY)
    [item] = listed(told, now + 60 * DAY)
    assert item.said == "customers: 2,400 known, 1,798 told; told 30 days later"


def test_what_proves_wrong_within_its_time_need_not_be_told(
    told: SimpleNamespace, now: datetime
) -> None:
    record = current_record(told.incident)
    assert record is not None
    find_out(told, now + DAY)
    find_out(
        told, now + DAY + HOUR, "It was a slip of the pen.", customers=record.data["customers"]
    )
    assert listed(told, now + 60 * DAY) == []


def test_once_the_summary_is_out_three_days_are_the_time_to_correct_it(
    told: SimpleNamespace, now: datetime
) -> None:
    draft = start(actor=told.noor, now=now, incident=told.incident, kind="summary")
    body = (
        f"{HONEST}\n\nWe have added a limit: the queue now stops at 80% full, so that a full queue "
        "is noticed before invoices are late."
    )
    leave(told, now + HOUR, draft, TITLE, body)
    find_out(told, now + DAY)
    assert listed(told, now + 4 * DAY) == []
    [item] = listed(told, now + 4 * DAY + HOUR)
    assert item.said.endswith("not told for 3 days")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"components": [{"name": "Exports", "impact": "degraded"}]},
         "parts that no text names: Exports"),
        ({"data": {"confidentiality": "possible"}},
         "confidentiality of data: possible known, none told"),
        ({"times": {"impact_ended": "2026-03-17T16:24:00Z"}},
         "how long: 8 hours 12 minutes known, 6 hours 12 minutes told"),
    ],
    ids=["part", "data", "time"],
)  # fmt: skip
def test_more_is_more_people_longer_more_parts_or_worse_for_data(
    told: SimpleNamespace, now: datetime, changes: dict[str, Any], said: str
) -> None:
    change_record(told, now + DAY, **changes)
    [item] = listed(told, now + 30 * DAY)
    assert item.said == f"{said}; not told for 29 days"


def test_less_is_none_of_it(told: SimpleNamespace, now: datetime) -> None:
    find_out(told, now + DAY, "Test accounts.", customers={**MORE, "affected": 5, "percent": 0.1})
    assert listed(told, now + 30 * DAY) == []
