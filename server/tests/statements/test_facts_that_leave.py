"""The record's public facts leave with a text, so they are looked at as the text is."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.incidents.public_texts import public_texts
from afterword.incidents.queries import current_record
from afterword.kit.errors import TextRejected
from afterword.statements.actions import approve, ask_review, mark_published
from afterword.statements.facts import facts_stopped
from afterword.statements.models import Statement
from statements.world import change_record
from wording.records import COMPLETE

LEXICON = {
    "hosts": ["mailhost-17"], "staff_names": ["Tomas Abara"], "ticket_prefixes": ["BWK"],
    "other_customers": ["Fernway Mills"],
}  # fmt: skip
CANARIES = {
    "a tracker link": "See https://jira.corp.internal/browse/4411 for the rest",
    "a ticket": "the queue filled up as in BWK-4411",
    "a host": "mailhost-17 filled up",
    "a private address": "the log of 10.0.3.7 compared with the queue",
    "a member of staff": "Tomas Abara forgot the limit",
    "a password": "read with password=hunter2xyz",
    "another customer": "it stopped when Fernway Mills sent theirs",
    "a promise nobody can keep": "a fault that will never happen again",
}
PLACES: dict[str, Any] = {
    "incident.title": lambda words: {"incident": {"title": words}},
    "symptoms[1]": lambda words: {"symptoms": ["invoices could not be sent", words]},
    "data.checked_how": lambda words: {"data": {"checked_how": words}},
    "data.categories[0]": lambda words: {"data": {"categories": [words]}},
    "cause.text": lambda words: {"cause": {"text": words}},
    "cause.vendor": lambda words: {"cause": {"vendor": words, "vendor_may_be_named": True}},
    "regions.affected[0]": lambda words: {"regions": {"affected": [words], "basis": "measured"}},
    "previous[0].title": lambda words: {"previous": [{"date": "2026-01-14", "title": words}]},
    "components[1].name": lambda words: {
        "components": [{"name": "Invoice sending"}, {"name": words}]
    },
}


@pytest.fixture
def guarded(company: SimpleNamespace, closure: Statement, now: datetime) -> Statement:
    change_record(company, now, lexicon=LEXICON)
    return closure


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("path", ["cause.text", "symptoms[1]", "data.checked_how"])
def test_a_fact_that_must_not_leave_keeps_the_text_from_review(
    company: SimpleNamespace, guarded: Statement, now: datetime, path: str, canary: str
) -> None:
    change_record(company, now, **PLACES[path](CANARIES[canary]))
    with pytest.raises(TextRejected) as refused:
        ask_review(actor=company.noor, now=now, statement=guarded)
    assert path in refused.value.message
    assert "Mend it in the record" in refused.value.message
    assert {one["field"] for one in refused.value.findings} == {f"record.{path}"}


@pytest.mark.parametrize("path", PLACES)
def test_every_text_that_leaves_is_looked_at(
    company: SimpleNamespace, guarded: Statement, now: datetime, path: str
) -> None:
    change_record(company, now, **PLACES[path](CANARIES["a host"]))
    assert [one.fact.path for one in facts_stopped(company.incident)] == [path]


def test_a_fact_that_went_wrong_after_the_request_stops_approval_and_publishing(
    company: SimpleNamespace, guarded: Statement, now: datetime
) -> None:
    ask_review(actor=company.noor, now=now, statement=guarded)
    approve(actor=company.bo, now=now, statement=guarded)
    # The words stand; what they may not say was learnt later, as a lexicon is.
    kept = current_record(company.incident)
    assert kept is not None
    kept.data["lexicon"]["hosts"] = ["list of waiting"]
    kept.save()
    with pytest.raises(TextRejected, match="cause in plain words"):
        approve(actor=company.bo, now=now, statement=guarded)
    with pytest.raises(TextRejected):
        mark_published(statement=guarded, now=now)


def test_the_facts_of_an_honest_record_stand(
    company: SimpleNamespace, guarded: Statement, now: datetime
) -> None:
    assert facts_stopped(company.incident) == []
    texts = {one.path: one.text for one in public_texts(COMPLETE)}
    assert texts["cause.text"]
    assert not {"times.impact_began", "components[0].impact", "data.loss"} & texts.keys()


def test_a_name_the_page_shows_anyway_is_not_asked_again(
    company: SimpleNamespace, guarded: Statement, now: datetime
) -> None:
    change_record(company, now, lexicon={"hosts": ["Invoice sending"]})
    assert [one.fact.path for one in facts_stopped(company.incident)] == []


def test_what_stays_inside_is_not_asked(
    company: SimpleNamespace, guarded: Statement, now: datetime
) -> None:
    change_record(
        company, now,
        cause={"fingerprint": "mailhost-17-full", "vendor": "mailhost-17",
               "vendor_may_be_named": False},
    )  # fmt: skip
    assert facts_stopped(company.incident) == []
