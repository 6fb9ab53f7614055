"""A correction enlarges the impact by whatever it tells beyond what stood before: people, time,
parts, and what happened to data.
"""

import json
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.components.models import Page
from afterword.statements.actions import start
from afterword.trust.booklet import Audience, booklet
from afterword.trust.measure import Item
from afterword.trust.measures.texts import _grew as grew
from afterword.trust.outward import outward
from afterword.trust.report import report
from publishing.press import a_page, public_record, word
from statements.world import change_record
from trust.real_history import let_out
from trust.reference import enlarged
from trust.test_nothing_gets_better_by_hiding import WHOLE, leave, told

__all__ = ["told"]
DAY = timedelta(days=1)
SHOWN_AND_LOST = "Names of 900 people were shown to others, and data of theirs was lost"
NO_DATA = "No data was lost, changed or shown to others"


def corrections(company: SimpleNamespace, now: datetime) -> list[Item]:
    found = report(company.page, WHOLE, now=now + 30 * DAY).measure("enlarging_corrections").items
    return [each for each in found if each.part]


@pytest.mark.django_db
def test_data_that_was_lost_after_all_enlarges_it(told: SimpleNamespace, now: datetime) -> None:
    later = now + 9 * DAY
    change_record(
        told, later,
        data={
            "confidentiality": "confirmed", "loss": "confirmed", "people": 900,
            "people_basis": "measured", "categories": ["name"],
        },
    )  # fmt: skip
    let_out(told, later, "fact", SHOWN_AND_LOST, NO_DATA)
    [line] = corrections(told, later)
    assert line.said == (
        "confidentiality of data: none became confirmed; loss of data: none became confirmed; "
        "people whose data it was: none told became 900"
    )
    measure = report(told.page, WHOLE, now=later).measure("enlarging_corrections")
    assert (measure.summary().part, measure.summary().whole) == (1, 1)


@pytest.mark.django_db
def test_fewer_people_whose_data_it_was_make_a_record_smaller(
    told: SimpleNamespace, now: datetime
) -> None:
    hit = {"confidentiality": "confirmed", "people_basis": "measured", "categories": ["name"]}
    change_record(told, now + DAY, data={**hit, "people": 900})
    change_record(told, now + 2 * DAY, data={**hit, "people": 12})
    change_record(told, now + 3 * DAY, data={**hit, "people": None, "people_basis": "unknown"})
    lowered = report(told.page, WHOLE, now=now + 4 * DAY).measure("lowered").items
    assert [line.said for line in lowered] == [
        "data of 900 people became 12", "data of 12 people became unknown",
    ]  # fmt: skip
    [untold] = report(told.page, WHOLE, now=now + 30 * DAY).measure("known_not_told").items
    assert untold.said.startswith("confidentiality of data: confirmed known, none told"), untold


@pytest.mark.django_db
def test_what_is_corrected_to_the_same_enlarges_nothing(
    told: SimpleNamespace, now: datetime
) -> None:
    let_out(told, now + DAY, "fact", "No data was lost, changed or seen by others", NO_DATA)
    assert corrections(told, now) == []


@pytest.mark.django_db
def test_a_second_correction_is_held_against_the_first(now: datetime) -> None:
    """What readers had last counts: told down to 10 and up again to 80 is larger, and what a
    correction repeats of the one before is not.
    """
    page = a_page(now)
    text = word(page, "inv", now, kind="closure", status="resolved", record=told_of(100))
    wrong = [
        word(
            page, "inv", now + days * DAY, kind="correction", status="resolved", corrects=text,
            correction={"weight": "fact"}, record=told_of(customers),
        )
        for days, customers in ((1, 10), (2, 80), (3, 80), (4, 90))
    ]  # fmt: skip
    assert grown(page, now) == ["customers: 10 became 80", "customers: 80 became 90"]
    word(
        page, "inv", now + 5 * DAY, kind="correction", status="resolved", corrects=wrong[-1],
        correction={"weight": "retraction"},
    )  # fmt: skip
    word(
        page, "inv", now + 6 * DAY, kind="correction", status="resolved", corrects=text,
        correction={"weight": "fact"}, record=told_of(85),
    )  # fmt: skip
    assert grown(page, now)[2:] == ["customers: 80 became 85"], "what was taken back was not told"


def told_of(customers: int) -> dict[str, Any]:
    return public_record(customers={"affected": customers, "total": 4860, "percent": None})


def grown(page: Page, now: datetime) -> list[str]:
    made = report(page, WHOLE, now=now + 30 * DAY).measure("enlarging_corrections")
    return [each.said for each in made.items if each.part]


def facts() -> st.SearchStrategy[dict[str, Any]]:
    effect = st.sampled_from(["none", "possible", "confirmed", "unknown"])
    part = st.fixed_dictionaries({
        "name": st.sampled_from(["Sending", "Exports", "Search"]),
        "impact": st.sampled_from(["none", "unknown", "degraded", "major_outage"]),
    })  # fmt: skip
    return st.one_of(
        st.just({}),
        st.fixed_dictionaries({
            "customers": st.fixed_dictionaries({"affected": st.sampled_from([None, 0, 7, 1798])}),
            "duration_seconds": st.sampled_from([None, 0, 60, 22320]),
            "components": st.lists(part, max_size=3, unique_by=lambda each: each["name"]),
            "data": st.fixed_dictionaries(
                {
                    **dict.fromkeys(("confidentiality", "loss", "integrity"), effect),
                    "people": st.sampled_from([None, 0, 9, 900]),
                }
            ),
        }),
    )  # fmt: skip


@given(was=facts(), now=facts())
def test_it_says_what_a_plain_reading_of_both_says(
    was: dict[str, Any], now: dict[str, Any]
) -> None:
    row = {"was_record": json.dumps(was) if was else None, "record": json.dumps(now)}
    assert grew(row) == enlarged(was, now)


def test_a_number_where_none_was_told_enlarges_it() -> None:
    was: dict[str, Any] = {"customers": {"affected": None}, "duration_seconds": None}
    now = {"customers": {"affected": 5000}, "duration_seconds": 3600}
    row = {"was_record": json.dumps(was), "record": json.dumps(now)}
    assert grew(row) == "customers: none told became 5,000; how long: none told became 1 hour"
    assert grew({"was_record": json.dumps(now), "record": json.dumps(was)}) == ""


@pytest.mark.django_db
def test_growth_from_none_is_listed_and_has_no_factor(
    company: SimpleNamespace, now: datetime
) -> None:
    change_record(company, now, customers={"affected": 0, "total": 4860, "percent": 0.0})
    draft = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    company.closure = leave(company, now, draft, "Invoices are sent again", BODY)
    later = now + 2 * DAY
    more = {"affected": 5000, "total": 9000, "percent": 55.6, "basis": "measured"}
    change_record(company, later, customers=more)
    let_out(company, later, "fact", "5,000 of 9,000 customers (55.6%)", "None of our customers")
    made = report(company.page, WHOLE, now=later)
    growth = made.measure("impact_growth")
    [line] = growth.items
    assert line.said == "from none: first 0, last 5,000 customers"
    assert (line.value, growth.not_known) == (None, 0), "there is no factor, and nothing is unknown"
    [outside] = outward(company.page, made).measure("impact_growth").items
    assert outside.said == "from none"
    [enlarging] = corrections(company, later)
    assert "customers: 0 became 5,000" in enlarging.said
    chapters = booklet(company.page, WHOLE, Audience.AUDITOR, now=later).chapters
    [told_to_auditors] = next(c for c in chapters if c.measure.code == "impact_growth").items
    assert told_to_auditors.said == line.said


BODY = (
    "The incident is resolved. Invoices are being sent again since 14:24 UTC on 17 March. None of "
    "our customers missed one. We are sorry that it took us so long to say so.\n\n"
    "No data was lost, changed or shown to others: we compared every queued invoice with the sent "
    "log. Sending has been stable since, and we keep watching it until 18:30 UTC.\n\n"
    "Thank you for your patience. We will publish what happened and what we change here by "
    "20 March 2026."
)
