"""Patterns, years and lists: counted from tallies, listed while few, right step by step."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from afterword.components.models import Page
from afterword.site_builder.actions import build_all, build_pending
from afterword.site_builder.small_numbers import middle, percent
from publishing.messy import EVIL
from publishing.press import a_page, word
from publishing.test_catalogue import kept, over
from site_builder.reading import Read, bytes_of, pages_of, read

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def page_at(site: Path, path: str) -> Read:
    return read((site / path / "index.html").read_bytes())


def text_of(site: Path, path: str = "patterns") -> str:
    return " ".join(page_at(site, path).text.split())


def many(page: Page, now: datetime, number: int) -> None:
    for n in range(number):
        over(page, f"inv-{n}", now - n * 40 * DAY, cause="change" if n % 5 == 0 else "capacity")


def test_without_incidents_the_page_says_so(site_dir: Path, now: datetime) -> None:
    a_page(now)
    build_all(now=now)
    assert "nothing that could repeat" in text_of(site_dir)
    assert not (site_dir / "history/2026").exists()


def test_below_ten_no_share_is_given_and_the_incidents_are_listed(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    many(page, now, 9)
    build_pending(now=now)
    text = text_of(site_dir)
    assert "Counted over all 9 incidents" in text
    assert "given from 10 on" in text
    assert "%" not in text.replace("more than 100%", "")
    links = [a["href"] for a in page_at(site_dir, "patterns").named("a")]
    assert {f"/incidents/inv-{n}/" for n in range(9)} <= set(links)
    assert "1 to 4 hours: 9 incidentsInvoices were not sent" in text


def test_from_ten_on_shares_and_the_middle_length_are_given(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    many(page, now, 10)
    build_pending(now=now)
    text = text_of(site_dir)
    for name, number, share in (
        ("Not enough room or power", 8, 80), ("A change of ours", 2, 20), ("1 to 4 hours", 10, 100),
    ):  # fmt: skip
        assert f"{name}{number}{share}%" in text
    assert "The middle one lies here: 1 to 4 hours." in text


def test_repeats_and_measures_are_told_with_their_incidents(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    kept(page, now)
    over(page, "again", now - 3 * DAY)
    build_pending(now=now)
    text = text_of(site_dir)
    assert "1 incident hit a part that another incident had hit within the 30 days before" in text
    assert "Came back1" in text
    links = [a["href"] for a in page_at(site_dir, "patterns").named("a")]
    assert links.count("/incidents/again/") >= 2


def test_a_year_shows_its_days_and_their_worst(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "a", now, impact="minor")
    word(page, "b", now, impact="critical")
    word(page, "old", now - 400 * DAY)
    build_pending(now=now)
    [square] = [a for a in page_at(site_dir, "history/2026").named("td") if a.get("title")]
    assert square["title"] == "18 March 2026: 2 entries, at worst critical impact"
    assert [a["href"] for a in page_at(site_dir, "history/2026").named("a") if a.get("rel")] == [
        "/history/2025/"
    ]


def test_a_year_that_becomes_empty_goes_and_its_neighbours_learn_it(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "stays", now)
    word(page, "moves", now - 400 * DAY)
    build_pending(now=now)
    word(page, "moves", now + DAY, began=now)
    build_pending(now=now)
    assert not (site_dir / "history/2025").exists()
    assert "2025" not in text_of(site_dir, "history/2026")


def test_lists_hold_the_newest_fifty_and_lead_to_the_rest(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    for n in range(51):
        word(page, f"inv-{n}", now - n * DAY, title=(EVIL[n % 6] * 9)[:255], impact="minor")
    build_pending(now=now)
    found = page_at(site_dir, "history/impact/minor")
    assert len([a for a in found.named("a") if a.get("class") == "title"]) == 50
    assert "51 such entries" in text_of(site_dir, "history/impact/minor")
    [older] = [a["href"] for a in found.named("a") if a.get("rel") == "next"]
    assert older.startswith("/history/search/?impact=minor&after=2026-")


def test_a_list_nobody_stands_in_any_more_goes(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now, impact="minor")
    build_pending(now=now)
    word(page, "inv", now + DAY, impact="major")
    build_pending(now=now)
    assert not (site_dir / "history/impact/minor").exists()
    assert (site_dir / "history/impact/major/index.html").exists()


def test_a_hundred_parts_make_a_page_of_thirty(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    for n in range(100):
        part = [{"id": f"p{n}", "name": f"{EVIL[n % 6]} {n}"[:200], "status": "major_outage"}]
        word(page, f"inv-{n}", now - n * DAY, components=part, title="x" * 255)
    build_pending(now=now)
    assert "Further parts were hit less often" in text_of(site_dir)
    assert len(bytes_of(site_dir)["patterns/index.html.gz"]) < 40_000
    for path, found in pages_of(site_dir).items():
        assert found.faults == [], path


def test_shares_and_middles_know_when_there_are_too_few() -> None:
    assert percent(9, 9) is None
    assert percent(1, 10) == 10
    assert middle([("a", 4), ("b", 5)]) is None
    assert middle([("a", 5), ("b", 5)]) == "a"
    assert middle([("a", 4), ("b", 0), ("c", 6)]) == "c"
