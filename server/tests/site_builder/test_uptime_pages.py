"""What readers see of uptime: bars that speak without colour, figures that never flatter."""

import re
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import (
    backfill_span,
    create_component,
    roll_up,
    set_status,
    set_uptime_weights,
)
from afterword.components.models import Component, Page
from afterword.components.queries import shown_components
from afterword.site_builder.actions import build_all, build_pending
from afterword.site_builder.bars import bars_of
from afterword.site_builder.uptime import Track, months_of, tracks_of
from publishing.press import a_page, word
from site_builder.reading import Read, pages_of, read

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - 200 * DAY)


def a_part(page: Page, name: str, made: datetime, **more: Any) -> Component:
    return create_component(
        actor=MACHINE, now=made, page=page, name=name, public_id=name.lower(), **more
    )


def past(part: Component, status: str, began: datetime, length: timedelta) -> None:
    backfill_span(actor=MACHINE, component=part, status=status, began=began, ended=began + length)


def rolled(page: Page, now: datetime) -> Page:
    roll_up(now=now)
    page.refresh_from_db()
    return page


def track_of(page: Page, part: Component) -> Track:
    return tracks_of(page, shown_components(page))[part.pk]


def page_of(site_dir: Path, part: str) -> Read:
    return read((site_dir / f"components/{part}/index.html").read_bytes())


def words_of(found: Read) -> str:
    return " ".join(found.text.split())


def test_a_day_is_called_after_its_worst_state(page: Page, now: datetime) -> None:
    api = a_part(page, "API", now - 100 * DAY)
    past(api, "degraded_performance", now - 3 * DAY, 2 * HOUR)
    past(api, "major_outage", now - 3 * DAY + HOUR, timedelta(minutes=7))
    track = track_of(rolled(page, now), api)
    assert len(track.days) == 90
    assert track.days[-1].day == date(2026, 3, 17)
    assert [(d.day, d.state) for d in track.days if d.state != "operational"] == [
        (date(2026, 3, 15), "major_outage")
    ]
    told = " ".join(bars_of(track).told)
    assert "15 March 2026: down 7 minutes, degraded 1 hour 53 minutes." in told


def test_days_before_the_beginning_and_days_without_data_are_not_drawn_like_good_ones(
    page: Page, now: datetime
) -> None:
    api = a_part(page, "API", now - 10 * DAY)
    past(api, "major_outage", now - 20 * DAY, HOUR)
    track = track_of(rolled(page, now), api)
    states = [each.state for each in track.days]
    assert states == ["before"] * 70 + ["major_outage"] + ["no_data"] * 9 + ["operational"] * 10
    heights = {each.state: each.height for each in bars_of(track).strokes}
    assert heights["before"] < heights["no_data"] < heights["operational"]
    assert heights["operational"] < heights["major_outage"]


def test_the_first_day_is_the_one_a_part_says_it_began_on(page: Page, now: datetime) -> None:
    early = a_part(page, "API", now - 5 * DAY, start_date=date(2026, 3, 1))
    late = a_part(page, "Search", now - 50 * DAY, start_date=date(2026, 3, 16))
    page = rolled(page, now)
    assert [d.state for d in track_of(page, early).days][-17:-5] == ["no_data"] * 12
    assert [d.state for d in track_of(page, late).days][-3:] == ["before"] + ["operational"] * 2


def test_no_percentage_is_given_without_one_whole_day(page: Page, now: datetime) -> None:
    api = a_part(page, "API", now - DAY)
    assert track_of(rolled(page, now), api).share is None
    assert track_of(rolled(page, now + DAY), api).share == 1


def test_planned_work_is_neither_up_nor_down(page: Page, now: datetime) -> None:
    api = a_part(page, "API", now - 2 * DAY - 12 * HOUR)
    past(api, "under_maintenance", now - DAY - 12 * HOUR, 18 * HOUR)
    past(api, "major_outage", now - DAY + 6 * HOUR, 6 * HOUR)
    assert track_of(rolled(page, now), api).share == Fraction(24, 30)


def test_the_hours_since_the_last_counted_day_stand_apart(page: Page, now: datetime) -> None:
    api = a_part(page, "API", now - 20 * DAY)
    set_status(actor=MACHINE, now=now - 2 * HOUR, component=api, status="partial_outage")
    set_status(actor=MACHINE, now=now - HOUR, component=api, status="operational")
    track = track_of(rolled(page, now), api)
    assert track.now == "partial_outage"
    assert track.days[-1].state == "operational"
    assert track.share == 1


def test_a_group_is_as_bad_as_its_worst_part_and_counts_them_together(
    page: Page, now: datetime
) -> None:
    group = a_part(page, "All", now - 30 * DAY, is_group=True)
    one, _ = (a_part(page, name, now - 30 * DAY, group=group) for name in ("API", "Shop"))
    past(one, "major_outage", now - 2 * DAY - 12 * HOUR, 24 * HOUR)
    page = rolled(page, now)
    track = track_of(page, group)
    assert [d.state for d in track.days][-2:] == ["major_outage", "operational"]
    assert track.share == Fraction(58, 59)
    months = months_of(page, [*Component.objects.filter(group=group)], limit=12)
    assert [each.month for each in months] == ["2026-03", "2026-02"]
    assert sum((each.total.major for each in months), timedelta()) == DAY


def test_months_are_what_their_days_are_together(page: Page, now: datetime) -> None:
    api = a_part(page, "API", now - 200 * DAY)
    for back in (1, 20, 33, 60, 95, 130):
        past(api, "partial_outage", now - back * DAY, timedelta(hours=back))
    page = rolled(page, now)
    days = tracks_of(page, [api], length=400)[api.pk].days
    for month in months_of(page, [api], limit=24):
        own = [each.figures for each in days if f"{each.day:%Y-%m}" == month.month]
        assert month.total.known == sum((each.known for each in own), timedelta())
        assert month.total.partial == sum((each.partial for each in own), timedelta())


def test_a_part_that_is_no_showcase_has_no_bars_and_still_its_page(
    page: Page, site_dir: Path, now: datetime
) -> None:
    a_part(page, "API", now - 100 * DAY, showcase=False)
    rolled(page, now)
    build_all(now=now)
    found = page_of(site_dir, "api")
    assert "uptime" not in words_of(found).lower()
    assert not [a for a in found.named("path") if a.get("class", "").startswith("day-")]


def test_a_hidden_part_has_no_page_and_no_link(page: Page, site_dir: Path, now: datetime) -> None:
    a_part(page, "API", now - 100 * DAY)
    hit = [{"id": "api", "name": "API", "status": "major_outage"}]
    word(page, "inv", now, status="resolved", components=hit)
    rolled(page, now)
    build_pending(now=now)
    assert "/components/api/" in (site_dir / "incidents/inv/index.html").read_text()
    Component.objects.update(hidden=True)
    build_pending(now=now)
    assert not (site_dir / "components").exists()
    for path, found in pages_of(site_dir).items():
        assert not [a for a in found.named("a") if "/components/" in a.get("href", "")], path


def test_the_page_of_a_part_lists_what_touched_it_newest_first_and_nothing_else(
    page: Page, site_dir: Path, now: datetime
) -> None:
    group = a_part(page, "All", now - 100 * DAY, is_group=True)
    a_part(page, "API", now - 100 * DAY, group=group)
    a_part(page, "Shop", now - 100 * DAY)
    for n, part in enumerate(("api", "shop", "api")):
        hit = [{"id": part, "name": part, "status": "major_outage"}]
        at = now - (40 - 10 * n) * DAY
        word(page, f"inv-{n}", at, status="resolved", title=f"Number {n}", components=hit)
    word(
        page, "work", now - 5 * DAY, title="New cables", status="completed",
        incident_kind="maintenance", impact="maintenance", components=[{**hit[0], "id": "api"}],
    )  # fmt: skip
    build_pending(now=now)
    for part in ("api", "all"):
        found = words_of(page_of(site_dir, part))
        assert found.index("Number 2") < found.index("Number 0") < found.index("New cables")
        assert "Number 1" not in found
    links = [a["href"] for a in page_of(site_dir, "api").named("a")]
    assert {"/history/2026/02/", "/history/2026/03/", "/components/all/"} <= set(links)


def test_the_days_that_end_are_built_without_being_asked_for(
    page: Page, site_dir: Path, now: datetime
) -> None:
    a_part(page, "API", now - 100 * DAY)
    word(page, "inv", now, status="resolved")
    roll_up(now=now)
    build_pending(now=now)
    assert "17 March 2026" in (site_dir / "components/api/index.html").read_text()
    roll_up(now=now + DAY)
    changed = build_pending(now=now)
    assert {p for p in changed if p.endswith(".html")} == {
        "components/api/index.html", "index.html",
    }  # fmt: skip
    assert "18 March 2026" in (site_dir / "components/api/index.html").read_text()


def test_the_weights_stand_on_the_page_and_change_what_it_says(
    page: Page, site_dir: Path, now: datetime
) -> None:
    api = a_part(page, "API", now - 100 * DAY)
    past(api, "partial_outage", now - 5 * DAY, 9 * HOUR)
    rolled(page, now)
    build_pending(now=now)
    found = words_of(page_of(site_dir, "api"))
    assert "99.87% uptime" in found
    assert "Time partly down counts 30%." in found
    assert "Time degraded does not count." in found
    set_uptime_weights(actor=MACHINE, now=now, page=page, weights={"partial_outage": 100})
    build_pending(now=now)
    found = words_of(page_of(site_dir, "api"))
    assert "99.58% uptime" in found
    assert "Time partly down counts in full." in found


def test_forty_parts_with_a_bad_quarter_stay_under_50_kilobytes(
    page: Page, site_dir: Path, now: datetime
) -> None:
    states = ("degraded_performance", "partial_outage", "major_outage", "under_maintenance")
    group = None
    for n in range(40):
        made = now - (20 + 7 * n) * DAY
        if n % 8 == 0:
            group = a_part(page, f"group-{n}", made, is_group=True)
        part = a_part(
            page, f"part-{n}", made, group=group,
            description="A rather long sentence about what this part is for, and for whom.",
        )  # fmt: skip
        for back in range(1, 90, 3):
            began = now - timedelta(days=back, minutes=17 * n)
            past(part, states[(n + back) % 4], began, timedelta(minutes=3 + (n * back) % 400))
    rolled(page, now)
    build_all(now=now)
    shared = sum(path.stat().st_size for path in (site_dir / "assets").glob("*.gz"))
    front = site_dir / "index.html.gz"
    assert front.stat().st_size + shared < 50_000
    assert len(re.findall(r"<title>", (site_dir / "index.html").read_text())) > 1000
