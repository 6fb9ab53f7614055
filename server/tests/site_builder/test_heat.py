"""A year at a glance: every day on which something began, by its gravest impact, as a table."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template.loader import render_to_string

from afterword.components.models import Page
from afterword.publishing.models import PublicDay, PublicIncident
from afterword.publishing.projection import day_of, gravest
from afterword.site_builder.heat import year_heat
from publishing.press import a_page, word
from site_builder.reading import read

pytestmark = pytest.mark.django_db
MARCH_4 = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - timedelta(days=900))


def counted_anew(page: Page) -> dict[date, tuple[int, str]]:
    days: dict[date, list[str]] = {}
    for each in PublicIncident.objects.filter(page=page):
        days.setdefault(day_of(each), []).append(each.impact)
    return {day: (len(impacts), gravest(impacts)) for day, impacts in days.items()}


def stored(page: Page) -> dict[date, tuple[int, str]]:
    rows = PublicDay.objects.filter(page=page)
    return {row.day: (row.incidents, row.impact) for row in rows}


def test_each_day_counts_what_began_on_it_and_follows_what_is_published(page: Page) -> None:
    word(page, "one", MARCH_4, impact="minor")
    word(page, "two", MARCH_4 + timedelta(hours=9), impact="critical")
    word(page, "late", MARCH_4 + timedelta(hours=15, minutes=59, seconds=59), impact="none")
    word(page, "next", MARCH_4 + timedelta(hours=16), impact="major")
    assert stored(page) == counted_anew(page)
    assert stored(page)[date(2026, 3, 4)] == (3, "critical")
    later = MARCH_4 + timedelta(days=40)
    word(page, "two", later, impact="critical", began=MARCH_4 - timedelta(days=80))
    assert stored(page) == counted_anew(page)
    assert stored(page)[date(2026, 3, 4)] == (2, "minor")
    word(page, "next", later, impact="major", began=MARCH_4)
    assert stored(page) == counted_anew(page)
    assert date(2026, 3, 5) not in stored(page)


def test_a_year_has_every_month_and_every_day_of_it(page: Page) -> None:
    word(page, "leap", datetime(2024, 2, 29, 23, 59, tzinfo=UTC), impact="major")
    heat = year_heat(page, 2024)
    assert (heat.number, [len(each.days) for each in heat.months][:3]) == (1, [31, 29, 31])
    day = heat.months[1].days[28]
    assert day is not None
    assert day.words == "29 February 2024: 1 entry, major impact"
    assert day.address == "/history/2024/02/"
    assert year_heat(page, 2023).number == 0


def test_the_table_says_without_colour_what_it_shows(page: Page) -> None:
    for hour in range(3):
        word(page, f"inv-{hour}", MARCH_4 + timedelta(hours=hour), impact="minor")
    html = render_to_string("site/year_heat.html", {"heat": year_heat(page, 2026)})
    found = read(html.encode())
    assert found.faults == []
    hit = [cell for cell in found.named("td") if cell.get("class", "").startswith("heat-")]
    assert [cell["title"] for cell in hit] == ["4 March 2026: 3 entries, at worst minor impact"]
    assert [a["href"] for a in found.named("a")] == ["/history/2026/03/"]
    assert len([cell for cell in found.named("td") if not cell.get("class")]) == 365 - 1 + 1
