import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.components.rollup import WORST_LAST, rollup_of, worst

OK, MAINT, SLOW, PART, MAJOR = WORST_LAST


@pytest.mark.parametrize(
    ("statuses", "indicator", "description"),
    [
        ([], "none", "All Systems Operational"),
        ([OK, OK], "none", "All Systems Operational"),
        ([OK, MAINT], "maintenance", "Service Under Maintenance"),
        ([SLOW, MAINT], "minor", "Partially Degraded Service"),
        ([SLOW, SLOW], "minor", "Degraded System Service"),
        ([PART, OK], "minor", "Minor Service Outage"),
        ([PART, PART], "major", "Partial System Outage"),
        ([MAJOR, OK], "major", "Partial System Outage"),
        ([MAJOR, MAJOR], "critical", "Major System Outage"),
    ],
)
def test_the_first_row_that_fits_counts(
    statuses: list[str], indicator: str, description: str
) -> None:
    assert rollup_of(statuses) == (indicator, description)


@given(st.lists(st.sampled_from(WORST_LAST), max_size=20))
def test_every_page_has_a_word_for_its_state(statuses: list[str]) -> None:
    assert rollup_of(statuses).indicator in {"none", "maintenance", "minor", "major", "critical"}


@given(st.lists(st.sampled_from(WORST_LAST), min_size=1))
def test_all_is_well_only_when_every_part_is(statuses: list[str]) -> None:
    assert (rollup_of(statuses).indicator == "none") == (worst(statuses) == OK)
