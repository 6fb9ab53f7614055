from datetime import timedelta

import pytest

from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.audit.queries import entries_about
from afterword.components.models import StatusSpan
from afterword.components.queries import spans_of
from afterword.incidents.actions import open_incident
from afterword.incidents.models import Incident
from afterword.incidents.queries import (
    cases_open,
    current_record,
    incident_by_public_id,
    open_incidents,
    updates_of,
)
from afterword.kit.errors import BadInput, NotAllowed, NotFound
from conftest import NOON
from incidents.building import a_component, a_page, a_person, an_incident

pytestmark = pytest.mark.django_db


def test_opening_says_the_first_word_and_sets_the_components() -> None:
    page = a_page(NOON)
    labels = a_component(page, NOON)
    incident = an_incident(page, NOON, component=labels)
    (update,) = updates_of(incident)
    assert update.status == "investigating"
    assert update.affected == [
        {
            "code": labels.public_id,
            "name": "Label printing",
            "old_status": "operational",
            "new_status": "major_outage",
        }
    ]
    assert open_incidents(page) == [incident]
    assert incident_by_public_id(page, incident.public_id) == incident
    assert incident.impact == "critical"
    assert current_record(incident) is None
    assert cases_open(page) == []


def test_components_were_down_since_customers_felt_it_not_since_it_was_declared() -> None:
    page = a_page(NOON)
    labels = a_component(page, NOON)
    incident = an_incident(page, NOON, component=labels, began=timedelta(hours=6))
    down = spans_of(labels, since=NOON - timedelta(hours=7), until=NOON)[-1]
    assert (down.status, down.began) == ("major_outage", incident.started_at)
    assert down.because_of == f"incident:{incident.public_id}"


def test_a_start_before_the_last_change_of_a_component_does_not_rewrite_that_change() -> None:
    page = a_page(NOON)
    labels = a_component(page, NOON)
    first = an_incident(page, NOON, component=labels, began=timedelta(hours=2))
    an_incident(
        page, NOON, components={labels: "partial_outage"}, began=timedelta(hours=1),
        started_at=NOON - timedelta(hours=3),
    )  # fmt: skip
    spans = StatusSpan.objects.filter(component=labels, began__gte=NOON - timedelta(days=1))
    assert [(s.status, s.began, s.ended) for s in spans] == [
        ("partial_outage", NOON - timedelta(hours=3), NOON - timedelta(hours=2)),
        ("major_outage", NOON - timedelta(hours=2), NOON - timedelta(minutes=50)),
        ("partial_outage", NOON - timedelta(minutes=50), None),
    ]
    assert first.impact == "critical"


def test_the_acts_are_in_the_audit_log_without_a_word_of_the_text() -> None:
    incident = an_incident(a_page(NOON), NOON, body="A canary sang.")
    entries = entries_about(f"incident:{incident.public_id}")
    assert [e.verb for e in entries] == ["incidents.open", "incidents.update"]
    assert "canary" not in repr([e.detail for e in entries])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"title": "nul \x00"}, "title"),
        ({"body": " \n "}, "body"),
        ({"body": "x" * 25_001}, "body"),
        ({"body": "half \ud83d"}, "body"),
        ({"status": "resolved"}, "status"),
        ({"status": "scheduled"}, "status"),
        ({"status": "on fire"}, "status"),
        ({"severity": 0}, "severity"),
        ({"severity": 5}, "severity"),
        ({"started_at": NOON + timedelta(minutes=1)}, "started_at"),
        ({"started_at": NOON.replace(tzinfo=None)}, "started_at"),
        ({"started_at": NOON.replace(year=1)}, "started_at"),
        ({"started_at": NOON.replace(year=1969)}, "started_at"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(given: dict, field: str) -> None:
    page = a_page(NOON)
    with pytest.raises(BadInput) as refused:
        an_incident(page, NOON, **given)
    assert list(refused.value.problems) == [field]
    assert not Incident.objects.exists()


def test_a_component_of_another_page_is_refused_with_nothing_half_written() -> None:
    page, other = a_page(NOON), a_page(NOON)
    with pytest.raises(BadInput, match="not a component of this page"):
        an_incident(page, NOON, component=a_component(other, NOON))
    assert not Incident.objects.exists()


def test_it_takes_a_responder() -> None:
    page = a_page(NOON)
    with pytest.raises(NotAllowed, match="Responder"):
        open_incident(
            actor=a_person("Ada", Role.WRITER, now=NOON), now=NOON, page=page, title="x", body="y"
        )
    assert open_incident(actor=MACHINE, now=NOON, page=page, title="x", body="y").pk


def test_an_incident_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match="nothing-here"):
        incident_by_public_id(a_page(NOON), "nothing-here")
