"""Updates move an incident along, and everything else about it follows."""

import itertools
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterword.accounts.permissions import MACHINE
from afterword.components.models import StatusSpan
from afterword.components.rollup import WORST_LAST
from afterword.incidents.actions import add_update, open_case
from afterword.incidents.models import Incident, Status
from afterword.incidents.queries import case_of, cases_open, current_record, updates_of
from afterword.incidents.states import ALLOWED, IMPACTS, OVER, graver, impact_of, may_follow
from afterword.kit.errors import BadInput, WrongState
from conftest import NOON
from incidents.building import a_component, a_page, a_resolved_incident, an_incident

LATER = NOON + timedelta(minutes=30)


def say(incident: Incident, status: str, now=NOON, **given) -> None:
    add_update(actor=MACHINE, now=now, incident=incident, status=status, body="A word.", **given)


@pytest.mark.django_db
def test_the_first_monitoring_and_the_resolving_word_leave_their_times() -> None:
    incident = an_incident(a_page(NOON), NOON)
    say(incident, "monitoring", NOON)
    say(incident, "monitoring", LATER)
    say(incident, "resolved", LATER + timedelta(hours=1))
    assert incident.monitoring_at == NOON
    assert incident.resolved_at == LATER + timedelta(hours=1)
    assert incident.status == "resolved"


@pytest.mark.django_db
def test_resolving_brings_components_back_and_opens_the_case_once() -> None:
    page = a_page(NOON)
    labels = a_component(page, NOON)
    incident = a_resolved_incident(page, NOON, component=labels)
    labels.refresh_from_db()
    assert labels.status == "operational"
    case = case_of(incident)
    assert case is not None
    say(incident, "resolved", LATER)
    assert cases_open(page) == [case]
    assert open_case(actor=MACHINE, now=LATER, incident=incident) == case


@pytest.mark.django_db
def test_resolving_may_leave_a_part_degraded() -> None:
    page = a_page(NOON)
    labels = a_component(page, NOON)
    incident = an_incident(page, NOON, component=labels)
    say(incident, "resolved", components={labels: "degraded_performance"})
    labels.refresh_from_db()
    assert labels.status == "degraded_performance"
    record = current_record(incident)
    assert record is not None
    assert record.data["components"][0]["state_now"] == "degraded_performance"


@pytest.mark.django_db
def test_a_part_that_another_open_incident_holds_stays_down() -> None:
    page = a_page(NOON)
    labels = a_component(page, NOON)
    first = an_incident(page, NOON, component=labels)
    an_incident(page, NOON, component=labels, began=timedelta(hours=2))
    say(first, "resolved")
    labels.refresh_from_db()
    assert labels.status == "major_outage"


@pytest.mark.django_db
def test_the_impact_does_not_fall_on_recovery() -> None:
    page = a_page(NOON)
    labels = a_component(page, NOON)
    incident = an_incident(page, NOON, component=labels)
    say(incident, "monitoring", components={labels: "operational"})
    assert incident.impact == "critical"


@pytest.mark.django_db
def test_an_existing_record_follows_what_the_incident_knows_better() -> None:
    page = a_page(NOON)
    labels = a_component(page, NOON)
    incident = a_resolved_incident(page, NOON, component=labels)
    before = current_record(incident)
    say(incident, "resolved", LATER, components={labels: "degraded_performance"})
    after = current_record(incident)
    assert before is not None
    assert after is not None
    assert (before.version, after.version) == (1, 2)
    assert after.data["components"][0]["state_now"] == "degraded_performance"
    say(incident, "resolved", LATER + timedelta(hours=1), components={labels: "operational"})
    say(incident, "resolved", LATER + timedelta(hours=2))
    assert current_record(incident).version == 3


@pytest.mark.django_db
def test_leaving_resolved_takes_reopening() -> None:
    incident = a_resolved_incident(a_page(NOON), NOON)
    with pytest.raises(WrongState, match="Reopen it first"):
        say(incident, "investigating", LATER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "body", "field"),
    [("burning", "A word.", "status"), ("identified", "", "body"), ("identified", "\x07", "body")],
)
def test_bad_input_is_named(status: str, body: str, field: str) -> None:
    incident = an_incident(a_page(NOON), NOON)
    with pytest.raises(BadInput) as refused:
        add_update(actor=MACHINE, now=NOON, incident=incident, status=status, body=body)
    assert list(refused.value.problems) == [field]
    assert len(updates_of(incident)) == 1


def test_every_status_has_its_followers_and_may_stay() -> None:
    assert set(ALLOWED) == set(Status.values)
    for status in Status.values:
        assert may_follow(status, status)
        assert all(may_follow(over, status) == (over == status) for over in OVER)


@given(st.lists(st.sampled_from(WORST_LAST), max_size=6), st.sampled_from(IMPACTS))
def test_an_impact_never_falls(statuses: list[str], before: str) -> None:
    after = graver(before, impact_of(statuses))
    assert IMPACTS.index(after) >= IMPACTS.index(before)


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(Status.values),
            st.dictionaries(st.integers(0, 1), st.sampled_from(WORST_LAST), max_size=2),
        ),
        max_size=8,
    )
)
def test_any_row_of_updates_keeps_the_incident_whole(
    words: list[tuple[str, dict[int, str]]],
) -> None:
    """Accepted or refused, the incident's status is that of its newest update, times stand."""
    point = transaction.atomic()
    with point:
        page = a_page(NOON)
        parts = [a_component(page, NOON, name) for name in ("Labels", "Routes")]
        incident = an_incident(page, NOON, component=parts[0])
        for number, (status, given_parts) in enumerate(words):
            before = incident.status
            chosen = {parts[n]: s for n, s in given_parts.items()}
            now = NOON + timedelta(minutes=number)
            if may_follow(before, status):
                say(incident, status, now, components=chosen)
            else:
                with pytest.raises(WrongState), transaction.atomic():
                    say(incident, status, now, components=chosen)
        newest = updates_of(incident)[-1]
        stored = Incident.objects.get(pk=incident.pk)
        assert stored.status == newest.status
        assert (stored.resolved_at is not None) == stored.is_over
        assert (case_of(incident) is not None) == stored.is_over
        for part in parts:
            spans = list(StatusSpan.objects.filter(component=part))
            part.refresh_from_db()
            assert [s.ended is None for s in spans].count(True) == 1
            assert spans[-1].status == part.status
            assert all(a.ended == b.began for a, b in itertools.pairwise(spans))
        transaction.set_rollback(True)
