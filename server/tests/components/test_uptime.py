"""Days are counted as they were, in whatever order they are told, and never rounded up."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DjangoTestCase

from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.components.actions import (
    backfill_span,
    create_component,
    roll_up,
    set_status,
    set_uptime_weights,
)
from afterword.components.models import Component, Page, StatusSpan, UptimeDay
from afterword.components.queries import (
    first_day,
    since_midnight_after,
    stretches_between,
    uptime_days,
    weights_of,
)
from afterword.components.rollup import WORST_LAST
from afterword.components.spans import Stretch
from afterword.components.uptime import (
    DAY,
    NO_DATA,
    PLAIN,
    USUAL_WEIGHTS,
    Figures,
    days_between,
    days_of,
    midnight,
    percent_text,
    share_up,
)
from afterword.kit.errors import BadInput, NotAllowed
from conftest import NOON
from incidents.building import a_component, a_page, a_person

FIRST, LAST = date(2026, 2, 26), date(2026, 3, 4)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
START = midnight(FIRST) - 2 * DAY

# From two days before the days that are counted to two days after; some last, some take no time.
spans = st.builds(
    lambda began, length, status: Stretch(
        START + began * HOUR, None if length is None else START + (began + length) * HOUR, status
    ),
    st.integers(0, 10 * 24),
    st.one_of(st.none(), st.integers(0, 80)),
    st.sampled_from(WORST_LAST),
)


def hour_by_hour(stretches: list[Stretch], first: date, last: date) -> dict[date, Figures]:
    """Ask of every hour which statuses it had, and take the worst: slow and obvious."""
    found = {}
    for day in days_between(first, last):
        hours = dict.fromkeys([NO_DATA, *WORST_LAST], 0)
        for hour in range(24):
            at = midnight(day) + hour * HOUR
            there = [s.status for s in stretches if s.began <= at and (not s.ended or at < s.ended)]
            hours[max(there, key=WORST_LAST.index, default=NO_DATA)] += 1
        figures = Figures(
            known=(24 - hours[NO_DATA]) * HOUR,
            maintenance=hours["under_maintenance"] * HOUR,
            degraded=hours["degraded_performance"] * HOUR,
            partial=hours["partial_outage"] * HOUR,
            major=hours["major_outage"] * HOUR,
        )
        if hours["operational"] < 24:
            found[day] = figures
    return found


@given(st.lists(spans, max_size=12))
def test_days_are_what_counting_hour_by_hour_gives(stretches: list[Stretch]) -> None:
    assert days_of(stretches, FIRST, LAST) == hour_by_hour(stretches, FIRST, LAST)


@given(st.lists(spans, max_size=8))
def test_no_day_is_longer_than_a_day(stretches: list[Stretch]) -> None:
    for figures in days_of(stretches, FIRST, LAST).values():
        told = figures.maintenance + figures.degraded + figures.partial + figures.major
        assert timedelta() <= told <= figures.known <= DAY


def test_a_moment_of_trouble_marks_the_day_and_none_at_all_does_not() -> None:
    up = Stretch(START, None, "operational")
    at = midnight(FIRST) + 5 * HOUR
    blink = Stretch(at, at + timedelta(microseconds=1), "major_outage")
    assert days_of([up, blink], FIRST, FIRST)[FIRST].worst == "major_outage"
    assert days_of([up, Stretch(at, at, "major_outage")], FIRST, FIRST) == {}


def test_what_is_not_known_is_no_good_day() -> None:
    assert days_of([], FIRST, FIRST)[FIRST].worst == NO_DATA
    half = Stretch(midnight(FIRST) + 12 * HOUR, None, "operational")
    assert days_of([half], FIRST, FIRST)[FIRST] == Figures(known=12 * HOUR)


@pytest.mark.parametrize(
    ("figures", "percent"),
    [
        (PLAIN, "100"),
        (Figures(known=30 * DAY, major=timedelta(microseconds=1)), "99.99"),
        (Figures(known=100 * DAY, major=7 * MINUTE), "99.99"),
        (Figures(known=DAY, partial=100 * MINUTE), "97.91"),
        (Figures(known=DAY, degraded=12 * HOUR), "100"),
        (Figures(known=DAY, maintenance=12 * HOUR, major=6 * HOUR), "50.00"),
        (Figures(known=DAY, major=DAY), "0.00"),
    ],
)
def test_uptime_is_cut_off_and_never_rounded_up(figures: Figures, percent: str) -> None:
    share = share_up(figures, USUAL_WEIGHTS)
    assert share is not None
    assert percent_text(share) == percent


@given(st.fractions(0, 1))
def test_the_percentage_shown_is_never_more_than_the_truth(share: Fraction) -> None:
    shown = Fraction(percent_text(share))
    assert shown <= share * 100 < shown + Fraction(1, 100)
    assert (shown == 100) == (share == 1)


def test_planned_work_all_day_says_nothing_about_uptime() -> None:
    assert share_up(Figures(known=DAY, maintenance=DAY), USUAL_WEIGHTS) is None
    assert share_up(Figures(), USUAL_WEIGHTS) is None


def stored(component: Component) -> dict[date, Figures]:
    return uptime_days([component], date(2020, 1, 1), date(2030, 1, 1))[component.pk]


def derived(component: Component, through: date) -> dict[date, Figures]:
    first = first_day(component)
    if first is None or first > through:
        return {}
    whole = [
        Stretch(s.began, s.ended, s.status) for s in StatusSpan.objects.filter(component=component)
    ]
    return days_of(whole, first, through)


class AnyPast(DjangoTestCase):
    """Whatever is told, in whatever order, and however often days are counted in between."""

    acts = st.lists(
        st.tuples(
            st.sampled_from(["status", "past", "roll"]),
            st.integers(-300, 120),
            st.integers(1, 60),
            st.sampled_from(WORST_LAST),
        ),
        max_size=14,
    )

    @settings(max_examples=40)
    @given(acts)
    def test_the_rows_are_what_the_spans_say(self, acts: list[tuple[str, int, int, str]]) -> None:
        page = a_page(NOON)
        part = a_component(page, NOON, "API")
        StatusSpan.objects.filter(component=part).update(began=NOON - 4 * DAY)
        through = None
        for kind, hour, length, status in acts:
            at = NOON + hour * HOUR
            if kind == "past":
                backfill_span(
                    actor=MACHINE, component=part, status=status, began=at,
                    ended=at + length * HOUR,
                )  # fmt: skip
            elif kind == "status":
                open_since = StatusSpan.objects.get(component=part, ended=None).began
                set_status(
                    actor=MACHINE, now=max(at, open_since), component=part, status=status
                )  # fmt: skip
            else:
                roll_up(now=at)
                through = at.date() - DAY
        if through is None:
            assert not UptimeDay.objects.exists()
        else:
            assert stored(part) == derived(part, through)


pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db: None) -> Page:
    return a_page(NOON)


@pytest.fixture
def api(page: Page) -> Component:
    return a_component(page, NOON, "API")


def through(page: Page) -> date | None:
    page.refresh_from_db()
    return page.rolled_through


def test_days_are_counted_up_to_yesterday_once(page: Page, api: Component) -> None:
    assert roll_up(now=NOON) == [page]
    assert through(page) == date(2026, 3, 17)
    assert roll_up(now=NOON + 11 * HOUR) == []
    assert roll_up(now=NOON + 12 * HOUR) == [page]
    assert through(page) == date(2026, 3, 18)


def test_an_open_outage_fills_each_day_that_ends(page: Page, api: Component) -> None:
    set_status(actor=MACHINE, now=NOON, component=api, status="major_outage")
    roll_up(now=NOON + 2 * DAY)
    assert stored(api)[date(2026, 3, 18)] == Figures(known=DAY, major=12 * HOUR)
    assert stored(api)[date(2026, 3, 19)] == Figures(known=DAY, major=DAY)
    assert since_midnight_after([api], date(2026, 3, 19)) == {api.pk: "major_outage"}


def test_a_change_dated_back_changes_the_days_it_reaches_into(page: Page, api: Component) -> None:
    roll_up(now=NOON)
    before = Component.objects.get(pk=api.pk).past_version
    set_status(actor=MACHINE, now=NOON - DAY, component=api, status="partial_outage")
    assert stored(api)[date(2026, 3, 17)] == Figures(known=DAY, partial=12 * HOUR)
    assert Component.objects.get(pk=api.pk).past_version > before


def test_a_part_made_with_a_past_has_its_days_at_once(page: Page) -> None:
    roll_up(now=NOON)
    late = create_component(actor=MACHINE, now=NOON - 3 * DAY, page=page, name="Search")
    assert stored(late) == {date(2026, 3, 15): Figures(known=12 * HOUR)}


def test_days_counted_by_a_clock_that_ran_ahead_are_taken_back(page: Page, api: Component) -> None:
    set_status(actor=MACHINE, now=NOON, component=api, status="major_outage")
    roll_up(now=NOON + 400 * DAY)
    roll_up(now=NOON + 2 * DAY)
    assert through(page) == date(2026, 3, 19)
    assert max(stored(api)) == date(2026, 3, 19)
    set_status(actor=MACHINE, now=NOON + 2 * DAY, component=api, status="operational")
    roll_up(now=NOON + 5 * DAY)
    assert stored(api) == derived(api, date(2026, 3, 22))
    assert max(stored(api)) == date(2026, 3, 20)


def test_counting_a_day_reads_the_spans_of_that_day_alone(page: Page, api: Component) -> None:
    StatusSpan.objects.filter(component=api).delete()
    for back in range(300, -1, -1):
        at = NOON - back * DAY
        StatusSpan(component=api, status="major_outage", began=at, ended=at + HOUR).save()
        StatusSpan(component=api, status="operational", began=at + HOUR, ended=at + DAY).save()
    assert len(stretches_between(api, date(2026, 3, 17), date(2026, 3, 17))) == 3


def test_the_weights_are_the_pages_own(page: Page) -> None:
    assert weights_of(page) == dict(USUAL_WEIGHTS)
    set_uptime_weights(actor=MACHINE, now=NOON, page=page, weights={"partial_outage": 100})
    page.refresh_from_db()
    assert weights_of(page) == {**USUAL_WEIGHTS, "partial_outage": 100}


@pytest.mark.parametrize(
    "weights",
    [{"under_maintenance": 10}, {"operational": 1}, {"major_outage": 101}, {"major_outage": -1},
     {"major_outage": True}, {"major_outage": 33.3}, {"no_such": 1}],
)  # fmt: skip
def test_a_weight_that_makes_no_sense_is_refused(page: Page, weights: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        set_uptime_weights(actor=MACHINE, now=NOON, page=page, weights=weights)
    page.refresh_from_db()
    assert weights_of(page) == dict(USUAL_WEIGHTS)


def test_only_who_may_administer_sets_weights(page: Page) -> None:
    ruth = a_person("Ruth", Role.PUBLISHER, now=NOON)
    with pytest.raises(NotAllowed):
        set_uptime_weights(actor=ruth, now=NOON, page=page, weights={"partial_outage": 0})
