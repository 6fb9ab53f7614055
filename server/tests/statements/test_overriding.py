from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from afterword.accounts.models import Person
from afterword.accounts.permissions import MACHINE
from afterword.audit.queries import entries_about
from afterword.kit.errors import BadInput, NotAllowed, NotFound, TextRejected, WrongState
from afterword.statements import queries
from afterword.statements.actions import (
    approve,
    ask_review,
    confirm_override,
    mark_published,
    override,
    save_revision,
)
from afterword.statements.models import Override, Statement
from statements.world import HONEST, TITLE, change_record

BRIEF = HONEST.replace("From 08:12", "After a brief outage from 08:12")
REASON = "The customer's own word, quoted with their consent."


def rewrite(company: SimpleNamespace, statement: Statement, body: str, now: datetime) -> None:
    save_revision(
        actor=company.noor,
        now=now,
        statement=statement,
        title=TITLE,
        body=body,
        based_on=queries.newest_revision(statement).number,
    )


@pytest.fixture
def brief(company: SimpleNamespace, closure: Statement, now: datetime) -> Statement:
    rewrite(company, closure, BRIEF, now)
    return closure


def quote_of(statement: Statement, rule: str) -> str:
    return next(f.quote for f in queries.findings(statement).findings if f.rule == rule)


def accept(
    company: SimpleNamespace,
    statement: Statement,
    rule: str,
    now: datetime,
    second: Person | None = None,
    **told: object,
) -> Override:
    given = {"actor": company.pia, "quote": quote_of(statement, rule), "reason": REASON}
    return override(
        now=now, statement=statement, rule=rule, second_person=second, **(given | told)  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_finding_accepted_by_name_with_a_reason_lets_the_text_go_on(
    company: SimpleNamespace, brief: Statement, now: datetime
):
    accepted = accept(company, brief, "REC-01", now)
    assert (accepted.accepted_by, accepted.reason) == (company.pia, REASON)
    assert queries.blocking_findings(brief) == []
    ask_review(actor=company.noor, now=now, statement=brief)
    approve(actor=company.bo, now=now, statement=brief)
    mark_published(statement=brief, now=now)


def test_it_holds_only_while_the_very_quote_stands(
    company: SimpleNamespace, brief: Statement, now: datetime
):
    accept(company, brief, "REC-01", now)
    rewrite(company, brief, BRIEF.replace("brief outage", "short-lived outage"), now)
    assert queries.overrides_in_force(brief) == []
    with pytest.raises(TextRejected):
        ask_review(actor=company.noor, now=now, statement=brief)
    rewrite(company, brief, BRIEF + " Thank you again.", now)
    assert [o.rule for o in queries.overrides_in_force(brief)] == ["REC-01"]


def test_the_same_words_once_more_need_a_new_acceptance(
    company: SimpleNamespace, brief: Statement, now: datetime
):
    accept(company, brief, "REC-01", now)
    rewrite(company, brief, BRIEF + "\n\nIt was a brief outage.", now)
    quotes = [f.quote for f in queries.findings(brief).findings if f.rule == "REC-01"]
    assert len(quotes) == 2
    assert quotes[0] == quotes[1]
    assert queries.overrides_in_force(brief) == []


def test_other_figures_behind_the_finding_need_a_new_acceptance(
    company: SimpleNamespace, brief: Statement, now: datetime
):
    accept(company, brief, "REC-01", now)
    change_record(company, now, times={"impact_ended": "2026-03-17T16:24:00Z"})
    assert queries.overrides_in_force(brief) == []
    assert queries.overrides_of(brief) != []


@pytest.mark.parametrize("reason", ["", "because", "         x         "])
def test_a_reason_too_short_to_mean_anything_is_refused(
    company: SimpleNamespace, brief: Statement, now: datetime, reason: str
):
    with pytest.raises(BadInput, match="at least 10 characters"):
        accept(company, brief, "REC-01", now, reason=reason)


def test_what_was_not_found_cannot_be_accepted(
    company: SimpleNamespace, brief: Statement, now: datetime
):
    for rule, quote in (("REC-01", "patience"), ("LEK-01", quote_of(brief, "REC-01"))):
        with pytest.raises(BadInput, match="no finding"):
            override(
                actor=company.pia, now=now, statement=brief, rule=rule, quote=quote, reason=REASON
            )


def test_writers_and_the_machine_accept_nothing(
    company: SimpleNamespace, brief: Statement, now: datetime
):
    for actor in (company.noor, company.guest, MACHINE):
        with pytest.raises(NotAllowed):
            accept(company, brief, "REC-01", now, actor=actor)


@pytest.fixture
def denied_loss(company: SimpleNamespace, closure: Statement, now: datetime) -> Statement:
    """The text says no data was lost; the record says it was: a finding for two people."""
    change_record(company, now, data={"loss": "confirmed"})
    return closure


def test_a_denied_data_effect_is_let_through_by_two_people_only(
    company: SimpleNamespace, denied_loss: Statement, now: datetime
):
    with pytest.raises(NotAllowed, match="two people"):
        accept(company, denied_loss, "REC-10", now)
    with pytest.raises(NotAllowed, match="other than you"):
        accept(company, denied_loss, "REC-10", now, second=company.pia)
    with pytest.raises(NotAllowed, match="Noor may not"):
        accept(company, denied_loss, "REC-10", now, second=company.noor)
    accepted = accept(company, denied_loss, "REC-10", now, second=company.bo)
    assert accepted.second_person == company.bo
    assert queries.overrides_in_force(denied_loss) == []
    assert queries.overrides_waiting(denied_loss) == [accepted]
    confirm_override(actor=company.bo, now=now + timedelta(hours=1), override=accepted)
    assert queries.overrides_in_force(denied_loss) == [accepted]
    assert not [f for f in queries.blocking_findings(denied_loss) if f.rule == "REC-10"]


def test_a_second_person_who_is_only_named_has_agreed_to_nothing(
    company: SimpleNamespace, denied_loss: Statement, now: datetime
):
    accepted = accept(company, denied_loss, "REC-10", now, second=company.bo)
    for actor in (company.pia, company.ines, company.ada, company.noor, MACHINE):
        with pytest.raises(NotAllowed):
            confirm_override(actor=actor, now=now, override=accepted)
    with pytest.raises(TextRejected, match="REC-10"):
        ask_review(actor=company.noor, now=now, statement=denied_loss)
    assert not queries.overrides_in_force(denied_loss)


def test_agreeing_twice_is_agreeing_once(
    company: SimpleNamespace, denied_loss: Statement, now: datetime
):
    accepted = accept(company, denied_loss, "REC-10", now, second=company.bo)
    for hours in (1, 2):
        confirm_override(actor=company.bo, now=now + timedelta(hours=hours), override=accepted)
    assert accepted.confirmed_at == now + timedelta(hours=1)
    verbs = [e.verb for e in entries_about(f"statement:{denied_loss.public_id}")]
    assert verbs.count("statements.confirm_override") == 1


def test_what_changed_since_cannot_be_agreed_to(
    company: SimpleNamespace, denied_loss: Statement, now: datetime
):
    accepted = accept(company, denied_loss, "REC-10", now, second=company.bo)
    change_record(company, now, data={"loss": "none"})
    with pytest.raises(WrongState, match="changed"):
        confirm_override(actor=company.bo, now=now, override=accepted)


def test_an_acceptance_of_another_text_is_not_found(
    company: SimpleNamespace, denied_loss: Statement, now: datetime
):
    accepted = accept(company, denied_loss, "REC-10", now, second=company.bo)
    assert queries.override_of(denied_loss, accepted.pk) == accepted
    with pytest.raises(NotFound):
        queries.override_of(denied_loss, accepted.pk + 1)


def test_a_published_text_takes_no_more_acceptances(
    company: SimpleNamespace, brief: Statement, now: datetime
):
    accept(company, brief, "REC-01", now)
    ask_review(actor=company.noor, now=now, statement=brief)
    approve(actor=company.bo, now=now, statement=brief)
    mark_published(statement=brief, now=now)
    with pytest.raises(WrongState):
        accept(company, brief, "REC-01", now)
