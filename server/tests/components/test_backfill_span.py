"""The past told in any order: nothing overlaps, the worse status wins, twice is once."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import backfill_span
from afterword.components.models import Component, StatusSpan
from afterword.components.rollup import WORST_LAST
from afterword.components.spans import Stretch, overlaid
from afterword.kit.errors import BadInput
from conftest import NOON
from incidents.building import LONG_AGO, a_component, a_page

START = datetime(2026, 1, 1, tzinfo=UTC)
hours = st.integers(0, 48)
stretches = st.builds(
    lambda a, length, status: Stretch(
        START + timedelta(hours=a), START + timedelta(hours=a + length), status
    ),
    hours,
    st.integers(1, 12),
    st.sampled_from(WORST_LAST),
)


def laid(parts: list[Stretch]) -> list[Stretch]:
    result: list[Stretch] = []
    for part in parts:
        result = overlaid(result, part)
    return result


def status_at(parts: list[Stretch], hour: float) -> str | None:
    at = START + timedelta(hours=hour)
    found = [p.status for p in parts if p.began <= at and (p.ended is None or at < p.ended)]
    return max(found, key=WORST_LAST.index, default=None)


@given(st.lists(stretches, max_size=12))
def test_each_moment_has_the_worst_status_told_of_it(parts: list[Stretch]) -> None:
    result = laid(parts)
    for half_hour in range(130):
        assert status_at(result, half_hour / 2) == status_at(parts, half_hour / 2)


@given(st.lists(stretches, max_size=12))
def test_stretches_never_overlap_and_stand_in_order(parts: list[Stretch]) -> None:
    result = laid(parts)
    for one, following in itertools.pairwise(result):
        assert one.ended is not None
        assert one.began < one.ended <= following.began


@given(st.lists(stretches, min_size=1, max_size=8))
def test_telling_it_again_changes_nothing(parts: list[Stretch]) -> None:
    result = laid(parts)
    assert laid([*result, *parts]) == result


def test_the_open_end_of_the_present_is_kept() -> None:
    now_open = [Stretch(START, None, "operational")]
    outage = Stretch(START + timedelta(hours=1), START + timedelta(hours=2), "major_outage")
    assert [(s.status, s.ended is None) for s in overlaid(now_open, outage)] == [
        ("operational", False),
        ("major_outage", False),
        ("operational", True),
    ]


@pytest.fixture
def labels() -> Component:
    return a_component(a_page(NOON), NOON)


@pytest.mark.django_db
def test_an_outage_of_the_past_is_told_once(labels: Component) -> None:
    def tell() -> bool:
        return backfill_span(
            actor=MACHINE, component=labels, status="partial_outage",
            began=NOON - timedelta(days=9), ended=NOON - timedelta(days=8), because_of="incident:x",
        )  # fmt: skip

    assert tell() is True
    assert tell() is False
    spans = StatusSpan.objects.filter(component=labels).order_by("began")
    assert [s.status for s in spans] == ["operational", "partial_outage", "operational"]
    labels.refresh_from_db()
    assert labels.status == "operational"


@pytest.mark.django_db
def test_a_time_before_the_component_was_known_is_filled_in(labels: Component) -> None:
    began = NOON - LONG_AGO - timedelta(days=10)
    backfill_span(
        actor=MACHINE, component=labels, status="major_outage", began=began,
        ended=began + timedelta(hours=1),
    )  # fmt: skip
    first = StatusSpan.objects.filter(component=labels).order_by("began").first()
    assert first is not None
    assert (first.began, first.status) == (began, "major_outage")


@pytest.mark.django_db
def test_a_span_that_ends_before_it_begins_is_refused(labels: Component) -> None:
    with pytest.raises(BadInput):
        backfill_span(
            actor=MACHINE, component=labels, status="major_outage", began=NOON, ended=NOON
        )
