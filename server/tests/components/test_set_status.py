from datetime import timedelta

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audit.queries import entries_about
from afterword.components.actions import set_status
from afterword.components.models import Component, StatusSpan
from afterword.components.queries import in_status_since, rollup, spans_of
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from conftest import NOON
from incidents.building import LONG_AGO, a_component, a_page, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def labels() -> Component:
    return a_component(a_page(NOON), NOON)


def test_a_change_closes_one_span_and_opens_the_next_at_the_same_instant(
    labels: Component,
) -> None:
    set_status(
        actor=MACHINE, now=NOON, component=labels, status="major_outage", because_of="incident:x"
    )
    before, after = spans_of(labels, since=NOON - LONG_AGO, until=NOON + timedelta(days=1))
    assert (before.status, before.ended) == ("operational", NOON)
    assert (after.status, after.began, after.ended) == ("major_outage", NOON, None)
    assert after.because_of == "incident:x"
    assert labels.status == "major_outage"
    assert in_status_since(labels) == NOON


def test_the_same_status_again_writes_nothing(labels: Component) -> None:
    entries = len(entries_about(f"component:{labels.public_id}"))
    set_status(actor=MACHINE, now=NOON, component=labels, status="operational")
    assert StatusSpan.objects.filter(component=labels).count() == 1
    assert len(entries_about(f"component:{labels.public_id}")) == entries


def test_a_change_before_the_present_status_began_is_refused(labels: Component) -> None:
    set_status(actor=MACHINE, now=NOON, component=labels, status="major_outage")
    with pytest.raises(BadInput, match="has been major outage since 2026-03-18 12:00"):
        set_status(
            actor=MACHINE, now=NOON - timedelta(hours=1), component=labels, status="operational"
        )
    labels.refresh_from_db()
    assert labels.status == "major_outage"


def test_a_stale_copy_of_a_component_does_not_undo_what_another_wrote(labels: Component) -> None:
    stale = Component.objects.get(pk=labels.pk)
    set_status(actor=MACHINE, now=NOON, component=labels, status="major_outage")
    set_status(actor=MACHINE, now=NOON, component=stale, status="operational")
    assert Component.objects.get(pk=labels.pk).status == "operational"
    assert StatusSpan.objects.filter(component=labels, ended__isnull=True).count() == 1


def test_a_group_follows_its_members_and_is_never_set_itself() -> None:
    page = a_page(NOON)
    group = a_component(page, NOON, "Printing", is_group=True)
    labels = a_component(page, NOON, "Labels", group=group)
    set_status(actor=MACHINE, now=NOON, component=labels, status="partial_outage")
    group.refresh_from_db()
    assert group.status == "partial_outage"
    with pytest.raises(WrongState, match="set the status of its members"):
        set_status(actor=MACHINE, now=NOON, component=group, status="operational")


def test_what_readers_cannot_see_does_not_colour_the_page() -> None:
    page = a_page(NOON)
    hidden = a_component(page, NOON, "Secret", hidden=True, status="major_outage")
    shown = a_component(page, NOON, "Labels")
    assert rollup([hidden, shown]).indicator == "none"


def test_it_takes_a_responder(labels: Component) -> None:
    with pytest.raises(NotAllowed, match="Responder"):
        set_status(
            actor=a_person("Ada", now=NOON), now=NOON, component=labels, status="major_outage"
        )
