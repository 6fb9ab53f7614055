"""The rules a feed reader relies on, each asserted on a page that has everything in it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from afterword.components.models import Page
from afterword.public_site.front import Front
from afterword.site_builder.actions import build_pending
from conftest import NOON
from public_site.test_front import Answer, behind
from publishing.press import a_page, word

# Together on one worker, for one site.
pytestmark = pytest.mark.xdist_group("feed rules")
ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
RFC_822 = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")


def build(now: datetime) -> Page:
    page = a_page(now - timedelta(days=90))
    for number in range(26):
        at = now - timedelta(days=number)
        word(page, f"inv-{number}", at, title=f"Number {number}", body="First.\n\nSecond.")
        word(page, f"inv-{number}", at + timedelta(hours=1), status="resolved", body="Over.")
    begins = now + timedelta(days=3)
    word(
        page, "work", now + timedelta(hours=2), status="scheduled", title="New disks",
        incident_kind="maintenance", impact="maintenance",
        scheduled=(begins, begins + timedelta(hours=2)),
    )  # fmt: skip
    build_pending(now=now)
    return page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, told_apart: Callable[[Path], Any]) -> Path:
    folder = tmp_path_factory.mktemp("feeds") / "site"
    with told_apart(folder):
        build(NOON)
    return folder


def test_the_atom_feed_says_who_what_and_when(site: Path) -> None:
    raw = (site / "history.atom").read_bytes()
    root = ElementTree.fromstring(raw)
    for name in ("id", "title", "updated", "author"):
        assert root.find(f"{ATOM}{name}") is not None, name
    links = {each.attrib["rel"]: each.attrib["href"] for each in root.findall(f"{ATOM}link")}
    assert links["self"] == "https://status.larkbridge.example/history.atom"
    assert links["alternate"] == "https://status.larkbridge.example/"
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 25
    idents = [each.findtext(f"{ATOM}id") for each in entries]
    assert len(set(idents)) == 25
    moments = []
    for each in entries:
        published, updated = (each.findtext(f"{ATOM}{n}") or "" for n in ("published", "updated"))
        assert RFC_3339.fullmatch(published)
        assert RFC_3339.fullmatch(updated)
        assert updated >= published or "work" in str(each.findtext(f"{ATOM}id"))
        moments.append(published)
    assert moments == sorted(moments, reverse=True)
    whole = root.findtext(f"{ATOM}updated") or ""
    assert all(whole >= (each.findtext(f"{ATOM}updated") or "") for each in entries)


def test_rss_times_have_a_numeric_offset_and_a_link_to_itself(site: Path) -> None:
    root = ElementTree.fromstring((site / "history.rss").read_bytes())
    channel = root.find("channel")
    assert channel is not None
    itself = channel.find(f"{ATOM}link")
    assert itself is not None
    assert itself.attrib["href"] == "https://status.larkbridge.example/history.rss"
    items = channel.findall("item")
    assert len(items) == 25
    for each in items:
        assert RFC_822.fullmatch(each.findtext("pubDate") or "")
        assert each.findtext("guid") == each.findtext("link")
        ends = each.findtext("maintenanceEndDate")
        assert (ends is not None) == ("work" in (each.findtext("link") or ""))
    times = [parsedate_to_datetime(each.findtext("pubDate") or "") for each in items]
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize("name", ["history.atom", "history.rss"])
def test_a_reader_gets_paragraphs_and_labels_it_can_split_on(site: Path, name: str) -> None:
    raw = (site / name).read_bytes()
    raw.decode("utf-8")
    assert re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", raw) is None
    feed = feedparser.parse(raw)
    assert feed.bozo == 0
    assert "Status - Incident History" in feed.feed.title
    for entry in feed.entries:
        html = entry.content[0].value if "content" in entry else entry.summary
        assert html.startswith("<p>"), html[:80]
        assert "&lt;p&gt;" not in html
        assert re.search(r"<strong>[A-Z][a-z ]+</strong> - ", html), html
        assert entry.link.startswith("https://status.larkbridge.example/incidents/")
        path = entry.link.removeprefix("https://status.larkbridge.example/").strip("/")
        assert (site / path / "index.html").is_file()


@pytest.mark.django_db
def test_an_edited_incident_keeps_its_id_and_its_feed_gets_a_new_tag(
    site_dir: Path, now: datetime
) -> None:
    page = build(now)
    front = Front(site_dir, behind)
    names = ("history.atom", "history.rss", "feed.json", "calendar.ics")
    before = {name: Answer(front, f"/{name}") for name in names}
    for name, was in before.items():
        assert Answer(front, f"/{name}", if_none_match=was.headers["etag"]).status == 304, name
        assert was.headers["access-control-allow-origin"] == "*", name
    word(page, "work", now + timedelta(hours=3), status="scheduled", title="New disks, later",
         incident_kind="maintenance", impact="maintenance", body="A day later.",
         scheduled=(now + timedelta(days=4), now + timedelta(days=5)))  # fmt: skip
    build_pending(now=now)
    for name, was in before.items():
        after = Answer(front, f"/{name}", if_none_match=was.headers["etag"])
        assert after.status == 200, name
        assert ids(after.body) == ids(was.body), name
        assert b"New disks\\, later" in after.body or b"New disks, later" in after.body, name


def ids(feed: bytes) -> set[bytes]:
    """Every id a feed or calendar gives, however it writes it."""
    return set(re.findall(rb'<id>[^<]+|<guid[^>]*>[^<]+|"id":"[^"]+|\r\nUID:[^\r]+', feed))


def test_every_answer_of_the_api_is_json_for_everybody_even_when_it_is_an_error(
    site: Path,
) -> None:
    front = Front(site, behind)
    built = sorted((site / "api").rglob("*.json"))
    assert len(built) == 9
    for path in built:
        answer = Answer(front, f"/{path.relative_to(site)}")
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        assert answer.headers["access-control-allow-origin"] == "*"
    for wrong in ("/api/v2/nothing.json", "/api/v2/incidents/nothing.json", "/api/v2/"):
        answer = Answer(front, wrong)
        assert answer.status == 404
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        assert answer.headers["access-control-allow-origin"] == "*"
    asked = Answer(front, "/api/v2/subscribers.json", method="OPTIONS")
    assert asked.status == 204
    assert {"POST", "DELETE"} <= set(
        asked.headers["access-control-allow-methods"].replace(" ", "").split(",")
    )
