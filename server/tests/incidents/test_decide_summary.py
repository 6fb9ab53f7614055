from datetime import timedelta
from typing import Any

import pytest

from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import MACHINE
from afterword.audit.queries import entries_about
from afterword.incidents.actions import confirm_decision, decide_summary, save_record
from afterword.incidents.models import Decision, Incident
from afterword.incidents.queries import (
    earlier_with_same_cause,
    history_for,
    latest_decision,
    pending_decision,
    proposal_for,
)
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from conftest import NOON
from incidents.building import a_page, a_person, a_resolved_incident, an_incident
from wording.records import changed

pytestmark = pytest.mark.django_db
TOMORROW = (NOON + timedelta(days=1)).date()
REASON = "Nobody noticed it at night."
SHORT = changed(
    customers={"affected": 10, "total": 10_000, "percent": None},
    components=[{"name": "Labels", "impact": "degraded"}],
    previous=[],
)


@pytest.fixture
def incident() -> Incident:
    return a_resolved_incident(a_page(NOON), NOON)


@pytest.fixture
def ada() -> Person:
    return a_person("Ada", Role.WRITER, now=NOON)


@pytest.fixture
def ben() -> Person:
    return a_person("Ben", Role.PUBLISHER, now=NOON)


def decide(incident: Incident, actor: Person, outcome: str, **given: Any) -> Decision:
    return decide_summary(actor=actor, now=NOON, incident=incident, outcome=outcome, **given)


def test_a_decision_keeps_the_row_and_what_the_table_saw(incident: Incident, ada: Person) -> None:
    decision = decide(incident, ada, "summary")
    assert latest_decision(incident) == decision
    assert (decision.row, decision.proposed) == (1, "summary")
    assert decision.inputs["data"] == "unknown"
    (entry,) = [e for e in entries_about(f"incident:{incident.public_id}")
                if e.verb == "incidents.decide"]  # fmt: skip
    assert entry.detail["outcome"] == "summary"


def test_one_person_may_tell_more_than_proposed(incident: Incident, ada: Person) -> None:
    save_record(actor=MACHINE, now=NOON, incident=incident, data=SHORT, expected_version=None)
    assert proposal_for(incident).outcome == "short"
    assert decide(incident, ada, "summary").proposed == "short"


def test_telling_less_takes_a_second_person_and_a_reason(
    incident: Incident, ada: Person, ben: Person
) -> None:
    with pytest.raises(BadInput, match="second person") as refused:
        decide(incident, ada, "short", reason=REASON)
    assert "second_person" in refused.value.problems
    with pytest.raises(NotAllowed, match="somebody else"):
        decide(incident, ada, "short", reason=REASON, second_person=ada)
    with pytest.raises(BadInput) as refused:
        decide(incident, ada, "short", reason="short", second_person=ben)
    assert "reason" in refused.value.problems
    assert decide(incident, ada, "short", reason=REASON, second_person=ben).second_person == ben


def test_a_lowered_decision_is_in_force_when_the_second_person_agreed_themselves(
    incident: Incident, ada: Person, ben: Person
) -> None:
    made = decide(incident, ada, "short", reason=REASON, second_person=ben)
    assert latest_decision(incident) is None
    assert pending_decision(incident) == made
    for actor in (ada, a_person("Rex", Role.RESPONDER, now=NOON), MACHINE):
        with pytest.raises(NotAllowed):
            confirm_decision(actor=actor, now=NOON, decision=made)
    later = NOON + timedelta(hours=1)
    for at in (later, later + timedelta(hours=1)):
        confirm_decision(actor=ben, now=at, decision=made)
    assert (latest_decision(incident), made.confirmed_at) == (made, later)
    assert pending_decision(incident) is None
    verbs = [e.verb for e in entries_about(f"incident:{incident.public_id}")]
    assert verbs.count("incidents.confirm_decision") == 1


def test_what_was_decided_again_meanwhile_cannot_be_agreed_to(
    incident: Incident, ada: Person, ben: Person
) -> None:
    made = decide(incident, ada, "short", reason=REASON, second_person=ben)
    newer = decide(incident, ada, "summary")
    with pytest.raises(WrongState, match="newer"):
        confirm_decision(actor=ben, now=NOON, decision=made)
    assert latest_decision(incident) == newer


def test_facts_that_change_the_proposal_ask_for_a_new_decision(
    incident: Incident, ada: Person, ben: Person
) -> None:
    made = decide(incident, ada, "none", reason=REASON, second_person=ben, review_on=TOMORROW)
    save_record(actor=MACHINE, now=NOON, incident=incident, data=SHORT, expected_version=None)
    with pytest.raises(WrongState, match="facts changed"):
        confirm_decision(actor=ben, now=NOON, decision=made)


def test_the_second_person_must_be_one_who_may_decide(incident: Incident, ada: Person) -> None:
    guest = a_person("Gus", Role.RESPONDER, now=NOON)
    with pytest.raises(NotAllowed, match="Gus may not decide"):
        decide(incident, ada, "short", reason=REASON, second_person=guest)
    gone = a_person("Zed", Role.WRITER, now=NOON)
    gone.is_active = False
    gone.save()
    with pytest.raises(NotAllowed, match="Zed may not decide"):
        decide(incident, ada, "short", reason=REASON, second_person=gone)


@pytest.mark.parametrize(
    ("review_on", "why"), [(None, "missing"), ((NOON - timedelta(days=1)).date(), "past")]
)
def test_no_summary_needs_a_day_to_look_again(
    incident: Incident, ada: Person, ben: Person, review_on: Any, why: str
) -> None:
    with pytest.raises(BadInput) as refused:
        decide(incident, ada, "none", reason=REASON, second_person=ben, review_on=review_on)
    assert why in refused.value.problems["review_on"]
    decision = decide(incident, ada, "none", reason=REASON, second_person=ben, review_on=TOMORROW)
    assert decision.review_on == TOMORROW


def test_a_machine_decides_nothing(incident: Incident) -> None:
    with pytest.raises(NotAllowed, match="A person decides"):
        decide_summary(actor=MACHINE, now=NOON, incident=incident, outcome="summary")


def test_it_takes_the_right_role_and_an_end(incident: Incident, ada: Person) -> None:
    with pytest.raises(NotAllowed):
        decide(incident, a_person("Rex", Role.RESPONDER, now=NOON), "summary")
    with pytest.raises(BadInput):
        decide(incident, ada, "perhaps")
    with pytest.raises(WrongState):
        decide(an_incident(incident.page, NOON), ada, "summary")


def test_the_same_cause_within_half_a_year_is_a_recurrence() -> None:
    page = a_page(NOON)
    now_one = a_resolved_incident(page, NOON)
    recent = a_resolved_incident(page, NOON - timedelta(days=60))
    old = a_resolved_incident(page, NOON - timedelta(days=200))
    other = a_resolved_incident(page, NOON - timedelta(days=10))
    for incident in (now_one, recent, old):
        save_record(actor=MACHINE, now=NOON, incident=incident, data=SHORT, expected_version=None)
    different = changed(cause={"fingerprint": "another"})
    save_record(actor=MACHINE, now=NOON, incident=other, data=different, expected_version=None)
    found = earlier_with_same_cause(page, "queue-full", now_one.started_at)
    assert found == [recent]
    assert history_for(now_one).same_cause[0].title == recent.title
    assert proposal_for(now_one).row == 2
    assert earlier_with_same_cause(page, None, now_one.started_at) == []
