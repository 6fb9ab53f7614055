"""A correction names what it corrects, is read by a second person, and leaves through the door."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.kit.errors import BadInput, NotAllowed, NotFound, Refusal, WrongState
from afterword.publishing import queries
from afterword.publishing.actions import announce_update, correct, publish_statement
from afterword.publishing.models import Publication
from afterword.statements.actions import approve, ask_review, save_revision, start
from afterword.statements.models import Statement
from afterword.statements.queries import approval, newest_revision
from publishing.test_publish_statement import approved
from statements.world import HONEST, build, change_record, for_the_page_only

LATER = timedelta(hours=1)
WRONG = "1,798 of our 4,860 customers"
Correct = Callable[..., Statement]


@pytest.fixture
def company(db: None, now: datetime) -> SimpleNamespace:
    return for_the_page_only(build(now), now)


@pytest.fixture
def closure(company: SimpleNamespace, now: datetime) -> Publication:
    return publish_statement(actor=company.pia, now=now, statement=approved(company, now))


@pytest.fixture
def start_correcting(company: SimpleNamespace, closure: Publication, now: datetime) -> Correct:
    def begin(weight: str, right: str, wrote: str = "", **more: Any) -> Statement:
        told = {
            "actor": company.noor, "now": now + LATER, "incident": company.incident,
            "number": closure.number, "weight": weight, "right": right, "wrote": wrote,
        }  # fmt: skip
        return correct(**{**told, **more})

    return begin


def let_out(company: SimpleNamespace, now: datetime, statement: Statement) -> Publication:
    ask_review(actor=company.noor, now=now, statement=statement)
    approve(actor=company.bo, now=now, statement=statement)
    return publish_statement(actor=company.pia, now=now + LATER, statement=statement)


def shown(company: SimpleNamespace) -> list[Publication]:
    return queries.publications_of(company.page, company.incident.public_id)


def more_people_than_said(company: SimpleNamespace, now: datetime) -> None:
    change_record(company, now, customers={"affected": 2000, "total": 4860, "percent": 41.2})


def test_a_wrong_fact_is_corrected_beside_the_text_which_stays_as_it_was(
    company: SimpleNamespace, closure: Publication, start_correcting: Correct, now: datetime
) -> None:
    more_people_than_said(company, now)
    correction = start_correcting("fact", "2,000 of 4,860 (41.2%)", WRONG)
    assert newest_revision(correction).body == f"We wrote “{WRONG}”; it is 2,000 of 4,860 (41.2%)."
    published = let_out(company, now, correction)
    assert published.corrects == closure
    assert published.facts["correction"] == {"weight": "fact", "wrote": WRONG}
    assert [each.body for each in shown(company)] == [HONEST, published.body]
    facts = queries.incident(company.page, company.incident.public_id).facts
    assert facts["customers"]["affected"] == 2000


def test_a_typo_is_mended_in_place_and_no_fact_slips_out_with_it(
    company: SimpleNamespace, start_correcting: Correct, now: datetime
) -> None:
    more_people_than_said(company, now)
    mend = start_correcting("typo", "were billed much too late", "were billed late")
    published = let_out(company, now, mend)
    assert published.audience == "page"
    assert published.facts["correction"] == {"weight": "typo"}
    only = shown(company)[0]
    assert "were billed much too late" in only.body
    assert len(shown(company)) == 1
    facts = queries.incident(company.page, company.incident.public_id).facts
    assert facts["customers"]["affected"] == 1798


def test_a_second_typo_keeps_the_first_one_mended(
    company: SimpleNamespace, start_correcting: Correct, now: datetime
) -> None:
    let_out(company, now, start_correcting("typo", "billed much later", "billed late"))
    let_out(
        company,
        now,
        start_correcting("typo", "Thank you for waiting", "Thank you for your patience"),
    )
    body = shown(company)[0].body
    assert "billed much later" in body
    assert "Thank you for waiting." in body


@pytest.mark.parametrize(
    ("wrote", "right", "because"),
    [
        ("1,798 of our", "1,799 of our", "a figure would change"),
        ("No data was lost", "Data was lost", "“no” makes it say something else"),
        (
            "your customers were billed late because of us",
            "somebody somewhere may have had to wait for a bill",
            "more than 4 words would change",
        ),
    ],
)
def test_what_says_something_else_is_no_typo(
    company: SimpleNamespace, start_correcting: Correct, now: datetime,
    wrote: str, right: str, because: str,
) -> None:  # fmt: skip
    statement = start_correcting("typo", right, wrote)
    with pytest.raises(WrongState, match=because):
        ask_review(actor=company.noor, now=now, statement=statement)


def test_a_clarification_says_more_and_leaves_the_facts_as_they_were_told(
    company: SimpleNamespace, start_correcting: Correct, now: datetime
) -> None:
    more_people_than_said(company, now)
    note = start_correcting("clarification", "invoices in draft were never at risk.", "No data")
    published = let_out(company, now, note)
    assert (
        published.body == "We wrote “No data”. To be clear: invoices in draft were never at risk."
    )
    facts = queries.incident(company.page, company.incident.public_id).facts
    assert facts["customers"]["affected"] == 1798


def test_more_customers_than_were_told_are_a_wrong_fact_and_no_clarification(
    company: SimpleNamespace, start_correcting: Correct, now: datetime
) -> None:
    more_people_than_said(company, now)
    for figure in ("2,000", "2 000", "2000", "2.000", "two thousand", "Two Thousand"):
        with pytest.raises(WrongState, match="told of 1,798 customers, and this says 2,000"):
            start_correcting("clarification", f"those are {figure} customers.", WRONG)
    note = start_correcting("clarification", "those are accounts.", WRONG)
    save_revision(
        actor=company.noor, now=now, statement=note, title=newest_revision(note).title, based_on=1,
        body=f"We wrote “{WRONG}”. To be clear: those are 2,000 of 4,860 accounts (41.2%).",
    )  # fmt: skip
    with pytest.raises(WrongState, match="Start the correction again as a wrong fact"):
        let_out(company, now, note)


def test_a_longer_time_than_was_told_is_a_wrong_fact_and_no_clarification(
    company: SimpleNamespace, start_correcting: Correct, now: datetime
) -> None:
    change_record(company, now, times={"impact_ended": "2026-03-17T17:12:00Z"})
    for length in ("9 hours", "9 hours 0 minutes", "nine hours", "9h00m", "540 minutes"):
        with pytest.raises(WrongState, match="told of 6 hours 12 minutes, and this says 9 hours"):
            start_correcting("clarification", f"it lasted {length}.", "6 hours 12 minutes")
    for harmless in ("it lasted 6 hours 12 minutes", "mails wait for 20 minutes", "at 9:00 UTC"):
        assert start_correcting("clarification", f"{harmless}.", WRONG)


def test_after_the_fact_was_corrected_a_clarification_may_name_it(
    company: SimpleNamespace, start_correcting: Correct, now: datetime
) -> None:
    more_people_than_said(company, now)
    let_out(company, now, start_correcting("fact", "2,000 of 4,860 (41.2%)", WRONG))
    note = start_correcting("clarification", "those 2,000 of 4,860 (41.2%) are accounts.", WRONG)
    assert let_out(company, now, note).facts["correction"]["weight"] == "clarification"


def test_a_retraction_leaves_the_reason_in_place_of_the_words(
    company: SimpleNamespace, closure: Publication, start_correcting: Correct, now: datetime
) -> None:
    published = let_out(
        company, now, start_correcting("retraction", "It described another incident.", "ignored")
    )
    assert published.facts["correction"] == {"weight": "retraction"}
    withdrawn, retraction = shown(company)
    assert withdrawn.number == closure.number
    assert withdrawn.body == retraction.body == "It described another incident."
    assert "billed" not in str([vars(each) for each in shown(company)])


def test_a_retraction_does_not_repeat_what_it_takes_back(
    company: SimpleNamespace, start_correcting: Correct, now: datetime
) -> None:
    quoting = "It said: we are sorry: your customers were billed late because of us."
    statement = start_correcting("retraction", quoting)
    with pytest.raises(WrongState, match="repeats what it takes back"):
        ask_review(actor=company.noor, now=now, statement=statement)


def test_nothing_is_corrected_twice_once_it_is_withdrawn(
    company: SimpleNamespace, start_correcting: Correct, now: datetime
) -> None:
    let_out(company, now, start_correcting("retraction", "It described another incident."))
    with pytest.raises(WrongState, match="withdrawn already"):
        start_correcting("fact", "2,000", WRONG)


@pytest.mark.parametrize(
    ("weight", "right", "wrote", "field"),
    [
        ("fact", "2,000", "9,999 customers", "wrote"),
        ("fact", "2,000", "", "wrote"),
        ("typo", "an", "no such words", "wrote"),
        ("typo", "an", "are", "wrote"),
        ("fact", "", WRONG, "right"),
        ("silent", "2,000", WRONG, "weight"),
    ],
)
def test_a_correction_quotes_what_was_published_and_says_what_is_true(
    start_correcting: Correct, weight: str, right: str, wrote: str, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        start_correcting(weight, right, wrote)
    assert set(refused.value.problems) == {field}
    assert not Statement.objects.filter(kind="correction").exists()


def test_a_wrong_figure_of_the_facts_box_can_be_quoted_too(start_correcting: Correct) -> None:
    assert start_correcting("fact", "7 hours", "6 hours 12 minutes").corrects == 1


def test_starting_again_replaces_the_words_and_voids_the_approval(
    company: SimpleNamespace, start_correcting: Correct, now: datetime
) -> None:
    more_people_than_said(company, now)
    first = start_correcting("fact", "2,000 of 4,860 (41.2%)", WRONG)
    ask_review(actor=company.noor, now=now, statement=first)
    approve(actor=company.bo, now=now, statement=first)
    again = start_correcting("clarification", "4,860 is the number of all customers.", WRONG)
    assert again.pk == first.pk
    again.refresh_from_db()
    assert (again.state, newest_revision(again).number) == ("draft", 2)
    assert not approval(again).valid


def test_two_publications_can_be_corrected_at_the_same_time(
    company: SimpleNamespace, closure: Publication, start_correcting: Correct, now: datetime
) -> None:
    update = announce_update(
        actor=company.ada, now=now, incident=company.incident, status="resolved",
        body="All of the invoices left by 15:35 UTC on 17 March.", notify=False,
    )  # fmt: skip
    one = start_correcting("fact", "2,000", WRONG)
    other = start_correcting("fact", "15:40 UTC", "15:35 UTC", number=update.number)
    assert one.pk != other.pk


def test_who_wrote_the_correction_does_not_approve_it(
    company: SimpleNamespace, start_correcting: Correct, now: datetime
) -> None:
    statement = start_correcting("retraction", "It described another incident.", actor=company.ines)
    ask_review(actor=company.ines, now=now, statement=statement)
    with pytest.raises(NotAllowed, match="nobody approves their own words"):
        approve(actor=company.ines, now=now, statement=statement)


def test_a_correction_is_checked_against_the_record(
    company: SimpleNamespace, start_correcting: Correct, now: datetime
) -> None:
    statement = start_correcting("fact", "a handful of customers", WRONG)
    save_revision(
        actor=company.noor, now=now, statement=statement, title="Invoices are being sent again",
        body=f"We wrote “{WRONG}”. Only a small number of customers had a brief issue.", based_on=1,
    )  # fmt: skip
    with pytest.raises(Refusal, match="REC-0"):
        ask_review(actor=company.noor, now=now, statement=statement)


def test_what_nobody_published_cannot_be_corrected(
    company: SimpleNamespace, start_correcting: Correct, now: datetime
) -> None:
    with pytest.raises(NotFound, match="under the number 99"):
        start_correcting("fact", "2,000", WRONG, number=99)
    with pytest.raises(BadInput, match="names what it corrects"):
        start(actor=company.noor, now=now, incident=company.incident, kind="correction")
    with pytest.raises(NotAllowed):
        start_correcting("fact", "2,000", WRONG, actor=company.bo)
