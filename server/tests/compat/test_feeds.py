"""RSS, JSON Feed and calendar: valid, in order, the same ids whatever is said later."""

import json
import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from afterword.components.models import Page
from afterword.publishing.models import PublicIncident
from afterword.site_builder.actions import build_pending
from publishing.messy import MARCH_4
from publishing.messy import build as build_messy
from publishing.press import a_page, word

pytestmark = pytest.mark.django_db


def parsed(site_dir: Path, name: str = "history.rss") -> Any:
    raw = (site_dir / name).read_bytes()
    found = feedparser.parse(raw)
    assert found.bozo == 0, found.get("bozo_exception")
    return found


def planned(page: Page, ident: str, at: datetime, begin: datetime, **more: Any) -> None:
    status = more.pop("status", "scheduled")
    word(page, ident, at, incident_kind="maintenance", impact="maintenance", status=status,
         scheduled=(begin, begin + timedelta(hours=2)), title=f"Work {ident}", **more)  # fmt: skip


@pytest.mark.parametrize("name", ["history.rss", "history.atom", "feed.json"])
def test_messy_words_make_valid_feeds(site_dir: Path, name: str) -> None:
    build_messy()
    build_pending(now=MARCH_4)
    raw = (site_dir / name).read_text("utf-8")
    assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", raw) is None
    entries = json.loads(raw)["items"] if name == "feed.json" else parsed(site_dir, name).entries
    assert 0 < len(entries) <= 25
    if name != "feed.json":
        assert "<script" not in raw
    assert all("<script" not in _html_of(each) for each in entries)


def _html_of(entry: Any) -> str:
    """An entry's text. Titles are plain, so that markup in one is shown and does nothing."""
    found = entry.get("content_html") or entry.get("description")
    return str(found or entry["content"][0]["value"])


@pytest.mark.parametrize("name", ["history.rss", "history.atom"])
def test_a_feed_without_incidents_is_valid(site_dir: Path, now: datetime, name: str) -> None:
    a_page(now)
    build_pending(now=now)
    assert parsed(site_dir, name).entries == []


def test_every_feed_has_the_25_newest_first(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    for n in range(30):
        word(page, f"inv-{n}", now - timedelta(days=n), status="resolved", title=f"Number {n}")
    build_pending(now=now)
    expected = [f"Number {n}" for n in range(25)]
    assert [each.title for each in parsed(site_dir).entries] == expected
    assert [each.title for each in parsed(site_dir, "history.atom").entries] == expected
    items = json.loads((site_dir / "feed.json").read_bytes())["items"]
    assert [each["title"] for each in items] == expected


def test_ids_stay_and_times_move_when_more_is_said(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now, title="Invoices")
    build_pending(now=now)
    before = parsed(site_dir).entries[0]
    item = json.loads((site_dir / "feed.json").read_bytes())["items"][0]
    word(page, "inv", now + timedelta(hours=1), status="resolved", title="Invoices, corrected")
    build_pending(now=now)
    after = parsed(site_dir).entries[0]
    assert (after.id, after.title) == (before.id, "Invoices, corrected")
    assert after.published_parsed > before.published_parsed
    again = json.loads((site_dir / "feed.json").read_bytes())["items"][0]
    assert (again["id"], again["date_published"]) == (item["id"], item["date_published"])
    assert again["date_modified"] > item["date_modified"]


def test_the_newest_word_comes_first_and_a_repeated_status_is_an_update(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    for n, (status, said) in enumerate(
        [("investigating", "One."), ("investigating", "Two."), ("resolved", "Three.")]
    ):
        word(page, "inv", now + timedelta(minutes=n), status=status, body=said)
    build_pending(now=now)
    html = parsed(site_dir).entries[0].description
    labels = re.findall(r"<strong>(\w+)</strong> - (\w+\.)</p>", html)
    assert labels == [("Resolved", "Three."), ("Update", "Two."), ("Investigating", "One.")]


def test_rss_times_have_the_offset_of_the_page(site_dir: Path, now: datetime) -> None:
    page = a_page(now, time_zone="America/Denver")
    word(page, "winter", datetime.fromisoformat("2026-01-15T12:00:00+00:00"), status="resolved")
    word(page, "summer", datetime.fromisoformat("2026-07-15T12:00:00+00:00"), status="resolved")
    build_pending(now=now)
    raw = (site_dir / "history.rss").read_text()
    assert "<pubDate>Thu, 15 Jan 2026 05:00:00 -0700</pubDate>" in raw
    assert "<pubDate>Wed, 15 Jul 2026 06:00:00 -0600</pubDate>" in raw
    assert "GMT" not in raw


def test_planned_work_says_when_it_ends(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    planned(page, "one", now, now + timedelta(days=3))
    build_pending(now=now)
    raw = (site_dir / "history.rss").read_text()
    end = re.search(r"</pubDate>\n<maintenanceEndDate>(.*)</maintenanceEndDate>\n<link>", raw)
    assert end is not None
    assert parsedate_to_datetime(end[1]) == now + timedelta(days=3, hours=2)
    assert "THIS IS A SCHEDULED EVENT" in parsed(site_dir).entries[0].description


def test_every_address_in_a_feed_is_a_page_of_the_site(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now)
    planned(page, "work", now, now + timedelta(days=3))
    build_pending(now=now)
    for each in parsed(site_dir).entries:
        assert each.id == each.link
        path = each.link.removeprefix("https://status.larkbridge.example/")
        assert (site_dir / path / "index.html").is_file()


def events(site_dir: Path) -> list[dict[str, str]]:
    """Read a calendar by RFC 5545: unfold, split into events and properties."""
    raw = (site_dir / "calendar.ics").read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    text = raw.replace(b"\r\n ", b"").decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    return [
        dict(line.split(":", 1) for line in block.strip().split("\r\n"))
        for block in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL)
    ]


def test_the_calendar_holds_planned_work_and_no_incidents(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now)
    begin = datetime.fromisoformat("2026-04-01T22:00:00+00:00")
    planned(page, "later", now, begin, body="Mail is slow; at most, an hour.\n\nÜber alles.")
    planned(page, "past", now, begin - timedelta(days=60), status="completed")
    build_pending(now=now)
    past, later = events(site_dir)
    assert past["UID"] == "past@status.larkbridge.example"
    assert (later["DTSTART"], later["DTEND"]) == ("20260401T220000Z", "20260402T000000Z")
    assert later["SUMMARY"] == "Work later"
    assert "Mail is slow\\; at most\\, an hour.\\n" in later["DESCRIPTION"]
    assert "Über alles." in later["DESCRIPTION"]
    assert later["URL"] == "https://status.larkbridge.example/incidents/later/"


def test_a_moved_date_moves_the_same_event(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    planned(page, "one", now, now + timedelta(days=3))
    build_pending(now=now)
    (before,) = events(site_dir)
    planned(page, "one", now + timedelta(hours=1), now + timedelta(days=4))
    build_pending(now=now)
    (after,) = events(site_dir)
    assert after["UID"] == before["UID"]
    assert after["DTSTART"] > before["DTSTART"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["DTSTAMP"] > before["DTSTAMP"]


def test_no_line_break_of_a_title_can_begin_a_property(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    planned(page, "one", now, now + timedelta(days=3))
    PublicIncident.objects.update(title="Work\r\nATTACH:https://evil.example/\x07\x85" + "é" * 200)
    build_pending(now=now)
    (event,) = events(site_dir)
    assert "ATTACH" not in event
    assert "é" * 200 in event["SUMMARY"]
