"""The second pair of eyes: approving, giving back, letting a finding stand, and what voids it."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.commitments.actions import promise
from afterword.incidents.actions import save_record
from afterword.incidents.queries import current_record
from afterword.statements.actions import ask_review, save_revision
from afterword.statements.models import Statement
from afterword.statements.promises import promises_hash
from afterword.statements.queries import (
    approval,
    findings,
    newest_revision,
    overrides_in_force,
    overrides_waiting,
)
from desk.office import BRIEF, HONEST, TITLE, complete_record, seen, signed_in, values_of, written


def path(statement: Statement, act: str = "review/") -> str:
    return f"/desk/statements/{statement.public_id}/{act}"


@pytest.fixture
def asked(recorded: SimpleNamespace, clock: Any) -> Statement:
    statement = written(recorded, clock.now())
    ask_review(actor=recorded.wanda, now=clock.now(), statement=statement)
    return statement


def approve_as(reader: Any, asked: Statement) -> Any:
    """Send what the review page sends for somebody who may approve what they have just read."""
    page = signed_in(reader).get(path(asked))
    names = ("seen_revision", "seen_record", "seen_promises")
    return signed_in(reader).post(path(asked, "approve/"), {n: values_of(page)[n] for n in names})


def test_a_second_person_approves_exactly_what_they_read(
    recorded: SimpleNamespace, asked: Statement
) -> None:
    client = signed_in(recorded.rolf)
    sent = values_of(client.get(path(asked)))
    assert (sent["seen_revision"], sent["seen_record"]) == ("2", "2")
    answer = client.post(path(asked, "approve/"), {**sent, "comment": "good"}, follow=True)
    assert "Approved by Rolf, for revision 2 and version 2 of the record" in seen(answer).words
    asked.refresh_from_db()
    assert approval(asked).valid


@pytest.mark.parametrize("missing", ["seen_revision", "seen_record", "seen_promises"])
def test_an_approval_that_does_not_say_what_was_read_is_refused(
    recorded: SimpleNamespace, asked: Statement, missing: str
) -> None:
    client = signed_in(recorded.rolf)
    sent = values_of(client.get(path(asked)))
    post = {name: value for name, value in sent.items() if name != missing}
    assert client.post(path(asked, "approve/"), post).status_code == 422
    assert not approval(asked).valid


def test_a_text_that_changed_while_it_was_read_is_not_approved(
    recorded: SimpleNamespace, asked: Statement, clock: Any
) -> None:
    client = signed_in(recorded.rolf)
    sent = values_of(client.get(path(asked)))
    save_revision(
        actor=recorded.wanda, now=clock.now(), statement=asked, title=TITLE,
        body=HONEST + " More.", based_on=2,
    )  # fmt: skip
    ask_review(actor=recorded.wanda, now=clock.now(), statement=asked)
    answer = client.post(path(asked, "approve/"), sent)
    assert answer.status_code == 409
    assert "You read revision 2" in seen(answer).words


def test_nobody_is_offered_to_approve_their_own_words(
    recorded: SimpleNamespace, asked: Statement
) -> None:
    page = seen(signed_in(recorded.wanda).get(path(asked)))
    assert "You wrote this text, so somebody else has to approve it: Ada, Rolf" in page.words
    assert not [b for b in page.all("form") if str(b.get("action")).endswith("/approve/")]
    post = {"seen_revision": "2", "seen_record": "2", "seen_promises": ""}
    assert signed_in(recorded.wanda).post(path(asked, "approve/"), post).status_code == 403


def test_giving_a_text_back_takes_a_comment_and_its_writer_reads_it_in_the_editor(
    recorded: SimpleNamespace, asked: Statement
) -> None:
    client = signed_in(recorded.rolf)
    refused = client.post(path(asked, "ask-changes/"), {"comment": " ", "seen_revision": "2"})
    assert refused.status_code == 422
    assert "Say what should change" in seen(refused).words
    client.post(path(asked, "ask-changes/"), {"comment": "Say who waits.", "seen_revision": "2"})
    words = seen(signed_in(recorded.wanda).get(path(asked, ""))).words
    assert "Rolf asks for changes: Say who waits." in words


def test_a_changed_record_voids_the_approval_and_the_page_says_why(
    recorded: SimpleNamespace, asked: Statement, clock: Any
) -> None:
    approve_as(recorded.rolf, asked)
    complete_record(recorded, clock.now(), symptoms=["something else"])
    words = seen(signed_in(recorded.pia).get(path(asked))).words
    assert "The approval by Rolf is void" in words
    assert "the record changed after approval (version 2 → 3)" in words
    assert "What people could not do invoices could not be sent something else" in words
    refused = signed_in(recorded.pia).post(path(asked, "publish/"), {"revision": "2"})
    assert refused.status_code == 409


def test_what_changed_in_the_text_since_the_approval_is_marked(
    recorded: SimpleNamespace, asked: Statement, clock: Any
) -> None:
    approve_as(recorded.rolf, asked)
    save_revision(
        actor=recorded.wanda, now=clock.now(), statement=asked, title=TITLE,
        body=HONEST.replace("1,798", "1,799"), based_on=2,
    )  # fmt: skip
    answer = signed_in(recorded.rolf).get(path(asked))
    assert "<del>1,798</del><ins>1,799</ins>" in answer.content.decode()
    assert "the text changed after approval (revision 2 → 3)" in seen(answer).words


def test_a_finding_may_stand_with_name_and_reason(recorded: SimpleNamespace, clock: Any) -> None:
    statement = written(recorded, clock.now(), BRIEF)
    client = signed_in(recorded.rolf)
    blocking = next(f for f in findings(statement).errors() if f.rule == "REC-01")
    short = {"rule": blocking.rule, "quote": blocking.quote, "reason": "no"}
    refused = client.post(path(statement, "override/"), short)
    assert refused.status_code == 422
    assert "10 characters" in seen(refused).words
    answer = client.post(
        path(statement, "override/"),
        short | {"reason": "The word is part of the customer's own report."},
        follow=True,
    )
    words = seen(answer).words
    assert "REC-01 may stand" in words
    assert "The word is part of the customer's own report. — Rolf" in words
    assert [o.rule for o in overrides_in_force(statement)] == ["REC-01"]


def test_the_promises_are_read_with_the_text_and_approved_with_it(
    recorded: SimpleNamespace, asked: Statement, clock: Any
) -> None:
    told = {
        "actor": recorded.wanda, "now": clock.now(), "incident": recorded.incident,
        "what": "The queue raises an alarm at 80%", "why": "It filled up unseen for hours",
        "effect": "A full queue is noticed in minutes", "mechanism": "detect",
        "due": date(2026, 4, 18),
    }  # fmt: skip
    promise(**told)
    client = signed_in(recorded.rolf)
    page = client.get(path(asked))
    words = seen(page).words
    for said in ("It filled up unseen for hours", "A full queue is noticed in minutes",
                 "planned, due 18 April 2026"):  # fmt: skip
        assert said in words
    form = dict(values_of(page))
    assert form["seen_promises"] == promises_hash(asked)
    promise(**told | {"what": "Everybody gets 500 euros back"})
    assert client.post(path(asked, "approve/"), form).status_code == 409
    assert not approval(asked).valid


def test_a_fact_that_must_not_leave_is_shown_with_the_way_to_mend_it(
    recorded: SimpleNamespace, asked: Statement, clock: Any
) -> None:
    data = dict(current_record(recorded.incident).data)
    data["cause"] = {**data["cause"], "text": "db-prod-3.internal filled up"}
    save_record(
        actor=MACHINE, now=clock.now(), incident=recorded.incident, data=data,
        expected_version=None,
    )  # fmt: skip
    for client, where in ((recorded.rolf, "review/"), (recorded.pia, "publish/")):
        words = seen(signed_in(client).get(path(asked, where))).words
        assert "under “cause in plain words” (cause.text)" in words
    answer = approve_as(recorded.rolf, asked)
    assert answer.status_code == 422
    assert "cause in plain words" in seen(answer).words


def test_a_grave_finding_needs_a_second_name(recorded: SimpleNamespace, clock: Any) -> None:
    body = HONEST + " The job used the key AKIAQ7ZB3MKD9WTRX2PL."
    statement = written(recorded, clock.now(), body)
    grave = [f for f in findings(statement).errors() if f.needs_two]
    post = {"rule": grave[0].rule, "quote": grave[0].quote, "reason": "It was an example key."}
    client = signed_in(recorded.rolf)
    refused = client.post(path(statement, "override/"), post)
    assert refused.status_code == 403
    assert "two people only" in seen(refused).words
    accepted = client.post(
        path(statement, "override/"), post | {"second_person": str(recorded.pia.pk)}
    )
    assert accepted.status_code == 302
    assert overrides_in_force(statement) == []
    (waiting,) = overrides_waiting(statement)
    agree = path(statement, f"override/{waiting.pk}/confirm/")
    assert "I agree" not in seen(signed_in(recorded.rolf).get(path(statement, "review/"))).words
    assert signed_in(recorded.rolf).post(agree).status_code == 403
    assert "I agree" in seen(signed_in(recorded.pia).get(path(statement, "review/"))).words
    assert signed_in(recorded.pia).post(agree).status_code == 302
    assert overrides_in_force(statement)[0].second_person == recorded.pia


def test_a_quote_with_markup_survives_the_way_through_the_form(
    recorded: SimpleNamespace, clock: Any
) -> None:
    body = HONEST + " It used postgres://app:hT7&quot;kk&29zz@db/main."
    statement = written(recorded, clock.now(), body)
    client = signed_in(recorded.rolf)
    page = seen(client.get(path(statement)))
    offered = {str(i["value"]) for i in page.all("input", name="quote")}
    secret = next(f.quote for f in findings(statement).errors() if f.rule == "LEK-01")
    assert "&" in secret
    assert secret in offered


def test_reading_is_for_everybody_on_the_team(recorded: SimpleNamespace, asked: Statement) -> None:
    for person in (recorded.pia, recorded.ines, recorded.ada):
        assert signed_in(person).get(path(asked)).status_code == 200
    assert newest_revision(asked).number == 2
