import pytest

from afterword.components.models import StatusSpan
from afterword.components.queries import component_by_public_id, components_of
from afterword.kit.errors import BadInput, NotFound
from conftest import NOON
from incidents.building import LONG_AGO, a_component, a_page

pytestmark = pytest.mark.django_db


def test_a_component_begins_its_first_span_at_once() -> None:
    component = a_component(a_page(NOON), NOON, status="degraded_performance")
    span = StatusSpan.objects.get(component=component)
    assert (span.status, span.began, span.ended) == (
        "degraded_performance",
        NOON - LONG_AGO,
        None,
    )


def test_components_come_in_the_order_of_their_positions() -> None:
    page = a_page(NOON)
    a_component(page, NOON, "Second", position=2)
    a_component(page, NOON, "First", position=1)
    assert [c.name for c in components_of(page)] == ["First", "Second"]


def test_a_group_has_the_status_of_its_worst_member() -> None:
    page = a_page(NOON)
    group = a_component(page, NOON, "Printing", is_group=True)
    a_component(page, NOON, "Labels", group=group)
    a_component(page, NOON, "Invoices", group=group, status="partial_outage")
    group.refresh_from_db()
    assert group.status == "partial_outage"
    assert not StatusSpan.objects.filter(component=group).exists()


def test_groups_are_one_level_deep_and_stay_on_their_page() -> None:
    page, other = a_page(NOON), a_page(NOON)
    group = a_component(page, NOON, "Printing", is_group=True)
    plain = a_component(page, NOON, "Labels")
    with pytest.raises(BadInput, match="cannot lie in a group"):
        a_component(page, NOON, "Inner", is_group=True, group=group)
    with pytest.raises(BadInput, match="not a group"):
        a_component(page, NOON, "Under a plain one", group=plain)
    with pytest.raises(BadInput, match="not a group"):
        a_component(other, NOON, "Elsewhere", group=group)


def test_a_public_id_is_used_once_per_page() -> None:
    page = a_page(NOON)
    a_component(page, NOON, public_id="labels")
    with pytest.raises(BadInput, match="already"):
        a_component(page, NOON, public_id="labels")
    assert a_component(a_page(NOON), NOON, public_id="labels").pk


def test_an_unknown_status_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match="operational, under_maintenance"):
        a_component(a_page(NOON), NOON, status="fine")


def test_a_component_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match="nothing-here"):
        component_by_public_id(a_page(NOON), "nothing-here")
