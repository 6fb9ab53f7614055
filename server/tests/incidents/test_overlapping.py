"""Several things at once on one part: what readers see, and uptime worked out by hand."""

from datetime import date, datetime, timedelta

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_component, roll_up
from afterword.components.models import Component, Page
from afterword.components.queries import uptime_days
from afterword.components.uptime import USUAL_WEIGHTS, Figures, percent_text, share_up
from afterword.incidents.actions import add_update
from afterword.incidents.models import Incident
from afterword.publishing.actions import announce_maintenance, move_maintenance_on
from conftest import NOON
from incidents.building import a_component, a_page, an_incident

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TODAY = date(2026, 3, 18)
DAY = timedelta(days=1)


@pytest.fixture
def page() -> Page:
    return a_page(NOON)


@pytest.fixture
def api(page: Page) -> Component:
    return a_component(page, NOON, "API")


def say(incident: Incident, status: str, at: datetime, **given: object) -> None:
    add_update(actor=MACHINE, now=at, incident=incident, status=status, body="A word.", **given)  # type: ignore[arg-type]


def trouble(page: Page, api: Component, at: datetime, status: str) -> Incident:
    return an_incident(page, at, began=timedelta(), components={api: status})


def planned(page: Page, api: Component, begin: datetime, end: datetime) -> Incident:
    publication = announce_maintenance(
        actor=MACHINE, now=begin - 2 * DAY, page=page, title="A new disk", body="We swap a disk.",
        scheduled_for=begin, scheduled_until=end, components=[api],
    )  # fmt: skip
    return Incident.objects.get(public_id=publication.incident_id)


def now_of(part: Component) -> str:
    part.refresh_from_db()
    return part.status


def of_today(part: Component) -> Figures:
    roll_up(now=NOON + DAY)
    return uptime_days([part], TODAY, TODAY)[part.pk][TODAY]


def percent(figures: Figures) -> str:
    share = share_up(figures, USUAL_WEIGHTS)
    assert share is not None
    return percent_text(share)


def test_when_the_graver_of_two_is_over_the_other_ones_word_holds(
    page: Page, api: Component
) -> None:
    slow = trouble(page, api, NOON, "partial_outage")
    down = trouble(page, api, NOON + HOUR, "major_outage")
    say(down, "resolved", NOON + 2 * HOUR)
    assert now_of(api) == "partial_outage"
    say(slow, "resolved", NOON + 4 * HOUR)
    assert now_of(api) == "operational"
    # 3 hours at 30 % and 1 hour in full of 24: 1.9 hours lost, 92.083…
    figures = of_today(api)
    assert figures == Figures(known=DAY, partial=3 * HOUR, major=HOUR)
    assert percent(figures) == "92.08"


def test_what_another_said_is_better_now_does_not_hold_a_part_down(
    page: Page, api: Component
) -> None:
    first = trouble(page, api, NOON, "major_outage")
    second = trouble(page, api, NOON + HOUR, "major_outage")
    say(second, "monitoring", NOON + 2 * HOUR, components={api: "degraded_performance"})
    say(first, "resolved", NOON + 3 * HOUR)
    assert now_of(api) == "degraded_performance"


def test_planned_work_that_begins_does_not_hide_an_outage(page: Page, api: Component) -> None:
    work = planned(page, api, NOON + HOUR, NOON + 3 * HOUR)
    down = trouble(page, api, NOON, "major_outage")
    move_maintenance_on(now=NOON + HOUR)
    assert now_of(api) == "major_outage"
    work.refresh_from_db()
    assert (work.status, work.impact) == ("in_progress", "maintenance")
    say(down, "resolved", NOON + 2 * HOUR)
    assert now_of(api) == "under_maintenance"
    move_maintenance_on(now=NOON + 3 * HOUR)
    assert now_of(api) == "operational"
    # 2 hours down and 1 hour of planned work: 2 of the 23 hours that count, 91.304…
    figures = of_today(api)
    assert figures == Figures(known=DAY, major=2 * HOUR, maintenance=HOUR)
    assert percent(figures) == "91.30"


def test_work_planned_while_a_part_is_down_is_planned_work_all_the_same(
    page: Page, api: Component
) -> None:
    trouble(page, api, NOON - 3 * DAY, "major_outage")
    work = planned(page, api, NOON + HOUR, NOON + 3 * HOUR)
    assert (work.status, work.impact) == ("scheduled", "maintenance")


def test_planned_work_that_ends_leaves_an_outage_from_within_it(page: Page, api: Component) -> None:
    planned(page, api, NOON, NOON + 2 * HOUR)
    move_maintenance_on(now=NOON)
    assert now_of(api) == "under_maintenance"
    down = trouble(page, api, NOON + HOUR, "partial_outage")
    move_maintenance_on(now=NOON + 2 * HOUR)
    assert now_of(api) == "partial_outage"
    say(down, "resolved", NOON + 3 * HOUR)
    # 2 hours partly down of 23 that count: 0.6 / 23 lost, 97.391…
    figures = of_today(api)
    assert figures == Figures(known=DAY, partial=2 * HOUR, maintenance=HOUR)
    assert percent(figures) == "97.39"


def test_an_outage_dated_back_counts_from_then_whatever_was_said_meanwhile(
    page: Page, api: Component
) -> None:
    trouble(page, api, NOON - 2 * HOUR, "degraded_performance")
    down = an_incident(page, NOON, began=4 * HOUR, components={api: "major_outage"})
    say(down, "resolved", NOON)
    figures = of_today(api)
    # Down from 08:00 to 12:00; slow since then, as the other one still says.
    assert figures == Figures(known=DAY, major=4 * HOUR, degraded=12 * HOUR)
    assert now_of(api) == "degraded_performance"


def test_nothing_is_known_of_a_part_before_it_was_born(page: Page) -> None:
    young = create_component(actor=MACHINE, now=NOON - 2 * HOUR, page=page, name="Search")
    down = an_incident(page, NOON, began=4 * HOUR, components={young: "major_outage"})
    say(down, "resolved", NOON + 2 * HOUR)
    figures = of_today(young)
    # Born at 10:00, down until 14:00, then well: 4 of the 14 hours that are known.
    assert figures == Figures(known=14 * HOUR, major=4 * HOUR)
    assert percent(figures) == "71.42"


def test_an_outage_over_midnight_at_the_end_of_a_leap_february(page: Page) -> None:
    began = datetime.fromisoformat("2028-02-28T22:00:00+00:00")
    part = a_component(page, NOON, "API")
    down = trouble(page, part, began, "major_outage")
    say(down, "resolved", began + 28 * HOUR)
    roll_up(now=began + 3 * DAY)
    days = uptime_days([part], date(2028, 2, 27), date(2028, 3, 2))[part.pk]
    assert days == {
        date(2028, 2, 28): Figures(known=DAY, major=2 * HOUR),
        date(2028, 2, 29): Figures(known=DAY, major=DAY),
        date(2028, 3, 1): Figures(known=DAY, major=2 * HOUR),
    }
