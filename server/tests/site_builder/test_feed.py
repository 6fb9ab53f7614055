"""The Atom feed as readers need it: valid, stable, escaped, honest about time."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from time import mktime
from typing import Any

import feedparser
import pytest

from afterword.components.models import Page
from afterword.site_builder.actions import build_pending
from publishing.messy import EVIL, MARCH_4, build
from publishing.press import a_page, public_record, word

pytestmark = pytest.mark.django_db
HOST = "tag:status.larkbridge.example,2005:"


def feed_of(site_dir: Path, now: datetime) -> Any:
    build_pending(now=now)
    raw = (site_dir / "history.atom").read_bytes()
    raw.decode("utf-8")
    parsed = feedparser.parse(raw)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_messy_words_make_a_valid_feed(site_dir: Path) -> None:
    build()
    feed = feed_of(site_dir, MARCH_4)
    assert feed.feed.id == f"{HOST}/history"
    assert feed.feed.title == "Larkbridge Status - Incident History"
    assert {link.rel for link in feed.feed.links} == {"alternate", "self"}
    assert feed.feed.author == "Larkbridge"
    assert 0 < len(feed.entries) <= 25
    titles = [entry.title for entry in feed.entries]
    # The reader cleans markup from titles itself, so compare the words it cannot touch.
    assert any(EVIL[2] in title for title in titles)
    ids = [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids))
    for entry in feed.entries:
        assert entry.content[0].type == "text/html"
        assert entry.content[0].value.startswith("<p>")
        assert "alert(1)>" not in entry.content[0].value
        path = entry.link.removeprefix("https://status.larkbridge.example/")
        assert (site_dir / path / "index.html").is_file()


def test_raw_markup_is_escaped_twice(site_dir: Path) -> None:
    build()
    feed_of(site_dir, MARCH_4)
    raw = (site_dir / "history.atom").read_text()
    assert "<script" not in raw
    assert "&amp;lt;script&amp;gt;" in raw
    assert "<![CDATA[" not in raw


def test_an_empty_feed_is_valid(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    assert feed_of(site_dir, now).entries == []
    assert page.name in (site_dir / "history.atom").read_text()


def test_a_new_word_keeps_the_id_and_moves_the_time(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now)
    (before,) = feed_of(site_dir, now).entries
    word(page, "inv", now + timedelta(hours=1), status="resolved", body="Over.", title="Renamed")
    (after,) = feed_of(site_dir, now).entries
    assert before.id == after.id == f"{HOST}Incident/inv"
    assert after.updated > before.updated
    assert after.title == "Renamed"
    assert feed_of(site_dir, now).feed.updated == after.updated


def test_the_newest_word_stands_first_and_a_repeated_status_is_an_update(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    for hour, status in enumerate(["investigating", "identified", "identified", "resolved"]):
        word(page, "inv", now + timedelta(hours=hour), status=status, body=f"Word {hour}.")
    word(
        page, "inv", now + timedelta(hours=5), kind="summary", status="resolved",
        body="What happened.", record=public_record(),
    )  # fmt: skip
    html = feed_of(site_dir, now).entries[0].content[0].value
    labels = re.findall(r"<strong>([^<]+)</strong> - ", html)
    assert labels == ["Summary", "Resolved", "Update", "Identified", "Investigating"]
    raw = (site_dir / "history.atom").read_text()
    assert "&lt;strong&gt;Resolved&lt;/strong&gt; - Word 3." in raw
    assert "&lt;var data-var=&#x27;time&#x27;&gt;15:00&lt;/var&gt; UTC" in raw


def test_25_entries_sorted_by_the_newest_word(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    for index in range(40):
        word(page, f"inv-{index}", now + timedelta(minutes=(index * 7) % 40), imported=True)
    entries = feed_of(site_dir, now).entries
    assert len(entries) == 25
    published = [mktime(entry.published_parsed) for entry in entries]
    assert published == sorted(published, reverse=True)
    for entry in entries:
        assert entry.updated_parsed >= entry.published_parsed


def test_updated_is_never_before_published_even_when_backdated(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "inv", now - timedelta(days=3), published_at=now)
    (entry,) = feed_of(site_dir, now).entries
    assert entry.published == "2026-03-15T12:00:00Z"
    assert entry.updated == "2026-03-18T12:00:00Z"


def test_planned_work_is_announced_by_its_own_time(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    begin = now + timedelta(days=2)
    word(
        page, "disks", now, status="scheduled", incident_kind="maintenance",
        title="Larger disks", scheduled=(begin, begin + timedelta(hours=1)), body="A pause.",
    )  # fmt: skip
    (entry,) = feed_of(site_dir, now).entries
    assert entry.published == "2026-03-20T12:00:00Z"
    html = entry.content[0].value
    assert html.startswith("<p><strong>THIS IS A SCHEDULED EVENT Mar ")


@pytest.mark.parametrize("odd", ["\x00", "\x0b", "\x1b[31m", "\ufffe", "\uffff"])
def test_what_xml_cannot_carry_is_left_out(site_dir: Path, now: datetime, odd: str) -> None:
    page = Page(name=f"Lark{odd}bridge", url="https://status.larkbridge.example", created_at=now)
    from afterword.site_builder.feed import xml_text

    assert "bridge" in xml_text(page.name)
    assert odd not in xml_text(page.name)


def test_letters_to_a_list_are_in_no_feed(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now)
    word(
        page, "inv", now + timedelta(hours=1), kind="data_notice", audience="list",
        recipient_list="x", body="Canary: your record was opened.", title="Canary",
    )  # fmt: skip
    feed_of(site_dir, now)
    assert b"Canary" not in b"".join(p.read_bytes() for p in site_dir.rglob("*") if p.is_file())
