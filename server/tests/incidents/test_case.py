from datetime import timedelta

import pytest

from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.audit.queries import entries_about
from afterword.incidents.actions import add_update, close_case, open_case, reopen, save_record
from afterword.incidents.queries import case_of, cases_open, current_record, open_incidents
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from conftest import NOON
from incidents.building import a_component, a_page, a_person, a_resolved_incident, an_incident

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)


def test_the_one_who_resolves_owns_the_case_until_somebody_is_named() -> None:
    ada = a_person("Ada", Role.RESPONDER, now=NOON)
    ben = a_person("Ben", Role.RESPONDER, now=NOON)
    incident = an_incident(a_page(NOON), NOON, actor=ada)
    add_update(actor=ada, now=NOON, incident=incident, status="resolved", body="Over.")
    assert case_of(incident).owner == ada
    open_case(actor=ada, now=LATER, incident=incident, owner=ben)
    assert case_of(incident).owner == ben


def test_an_open_incident_has_no_case() -> None:
    incident = an_incident(a_page(NOON), NOON)
    with pytest.raises(WrongState, match="not yet"):
        open_case(actor=MACHINE, now=NOON, incident=incident)
    with pytest.raises(WrongState, match="has no case"):
        close_case(actor=MACHINE, now=NOON, incident=incident, open_steps=())


def test_a_case_that_owes_something_stays_open_and_says_what() -> None:
    page = a_page(NOON)
    incident = a_resolved_incident(page, NOON)
    with pytest.raises(WrongState, match="still owes: Closure, Summary"):
        close_case(actor=MACHINE, now=LATER, incident=incident, open_steps=("Closure", "Summary"))
    assert len(cases_open(page)) == 1


def test_a_case_that_owes_nothing_closes_once() -> None:
    page = a_page(NOON)
    incident = a_resolved_incident(page, NOON)
    for at in (LATER, LATER + timedelta(hours=1)):
        case = close_case(actor=MACHINE, now=at, incident=incident, open_steps=())
    assert case.closed_at == LATER
    assert cases_open(page) == []


def test_reopening_takes_back_the_end_everywhere() -> None:
    page = a_page(NOON)
    incident = a_resolved_incident(page, NOON, component=a_component(page, NOON))
    close_case(actor=MACHINE, now=LATER, incident=incident, open_steps=())
    before = current_record(incident)
    reopen(actor=MACHINE, now=LATER, incident=incident, reason="Labels fail again.")
    after = current_record(incident)
    assert incident.status == "investigating"
    assert incident.resolved_at is None
    assert open_incidents(page) == [incident]
    assert case_of(incident).closed_at is None
    assert after.version == before.version + 1
    assert after.data["incident"]["status"] == "investigating"
    assert after.data["times"]["impact_ended"] is None
    assert after.data["times"]["basis"]["impact_ended"] == "unknown"
    assert after.data["components"][0]["ended"] is None


def test_what_is_resolved_again_has_an_end_again() -> None:
    page = a_page(NOON)
    incident = a_resolved_incident(page, NOON)
    reopen(actor=MACHINE, now=LATER, incident=incident, reason="Labels fail again.")
    again = LATER + timedelta(hours=1)
    add_update(actor=MACHINE, now=again, incident=incident, status="resolved", body="Over.")
    assert incident.resolved_at == again
    assert current_record(incident).data["times"]["impact_ended"] == "2026-03-18T15:00:00Z"
    assert len(cases_open(page)) == 1


def test_a_measured_mitigation_does_not_keep_an_incident_from_being_reopened() -> None:
    incident = a_resolved_incident(a_page(NOON), NOON)
    data = current_record(incident).data
    data["times"] |= {"mitigated": "2026-03-18T11:00:00Z", "watch_until": "2026-03-18T16:00:00Z"}
    data["times"]["basis"] = {"mitigated": "measured"}
    save_record(actor=MACHINE, now=LATER, incident=incident, data=data, expected_version=1)
    reopen(actor=MACHINE, now=LATER, incident=incident, reason="Labels fail again.")
    assert current_record(incident).version == 3


def test_the_reason_for_reopening_stays_inside() -> None:
    incident = a_resolved_incident(a_page(NOON), NOON)
    reopen(actor=MACHINE, now=LATER, incident=incident, reason="A canary sang.")
    assert "canary" not in repr([e.detail for e in entries_about(f"incident:{incident.public_id}")])
    assert incident.extra["reopened"][0]["reason"] == "A canary sang."


def test_what_is_open_cannot_be_reopened_and_a_reason_is_owed() -> None:
    page = a_page(NOON)
    with pytest.raises(WrongState):
        reopen(actor=MACHINE, now=NOON, incident=an_incident(page, NOON), reason="Again.")
    with pytest.raises(BadInput):
        reopen(actor=MACHINE, now=NOON, incident=a_resolved_incident(page, NOON), reason=" ")


def test_it_takes_a_responder() -> None:
    incident = a_resolved_incident(a_page(NOON), NOON)
    writer = a_person("Ada", Role.WRITER, now=NOON)
    with pytest.raises(NotAllowed):
        reopen(actor=writer, now=LATER, incident=incident, reason="Again.")
    with pytest.raises(NotAllowed):
        close_case(actor=writer, now=LATER, incident=incident, open_steps=())
