"""The promises page lists every promise with its state, and counts before it averages."""

import html
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from afterword.publishing.actions import turn_promises_late
from afterword.site_builder.actions import build_all, build_pending
from publishing.messy import EVIL
from publishing.press import PROMISES, a_page, word
from site_builder.reading import bytes_of, pages_of, read

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DUE = datetime(2026, 4, 18, 12, 0, tzinfo=UTC)


def text_of(site: Path, path: str = "commitments/index.html") -> str:
    return " ".join(read((site / path).read_bytes()).text.split())


def count(site: Path, words: str) -> int:
    page = (site / "commitments/index.html").read_text()
    return int(page.split(f"{words}</dt><dd>")[1].split("</dd>")[0])


def test_without_a_promise_the_page_says_so(site_dir: Path, now: datetime) -> None:
    a_page(now)
    build_all(now=now)
    assert "Nothing has been promised here yet." in text_of(site_dir)


def test_every_promise_is_listed_with_state_days_and_incident(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "inv", now, kind="summary", status="resolved", commitments=PROMISES)
    build_pending(now=now)
    text = text_of(site_dir)
    for words in (
        "Done done on 8 March 2026 told on 18 March 2026 with no day promised before",
        "Planned by 18 April 2026", "Dropped on 18 March 2026",
        "Why we dropped it. The failure was in our own queue",
        "After Invoices were not sent",
    ):  # fmt: skip
        assert words.replace("· ", "") in text, words
    page = pages_of(site_dir)["commitments/index.html"]
    assert {"href": "/incidents/inv/", "dir": "auto"} in page.named("a")
    assert "Done" in text_of(site_dir, "commitments/2026/03/index.html")


def test_a_promise_turns_late_on_every_page_that_shows_it(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now, kind="summary", status="resolved", commitments=PROMISES)
    build_pending(now=now)
    turn_promises_late(now=DUE + DAY)
    assert sorted(p for p in build_pending(now=now) if p.endswith(".html")) == [
        "commitments/index.html", "incidents/inv/index.html",
    ]  # fmt: skip
    for path in ("commitments/index.html", "incidents/inv/index.html"):
        assert "Late was due on 18 April 2026" in text_of(site_dir, path)
        assert "As of 19 April 2026, 00:00 UTC" in text_of(site_dir, path)


def test_few_settled_promises_are_listed_and_many_give_a_share(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    planned, done = PROMISES[1], {**PROMISES[1], "state": "done", "done_on": "2026-03-19"}
    for n in range(9):
        word(page, f"inv-{n}", now, kind="summary", status="resolved", commitments=[planned])
        word(page, f"inv-{n}", now + DAY, kind="commitment_update", commitments=[done])
    word(page, "more", now, kind="summary", status="resolved", commitments=PROMISES[:2])
    build_pending(now=now)
    assert "% of the" not in text_of(site_dir)
    assert "for 9 so far. We give a share from 10 on" in text_of(site_dir)
    # The tenth is not settled. It is late, and counts for as long as it is.
    turn_promises_late(now=DUE + DAY)
    build_pending(now=now)
    assert "90% of the 10 promises whose earliest day is over" in text_of(site_dir)
    assert count(site_dir, "Done, with no day promised before") == 1, "told, not in the share"


def test_a_promise_that_is_told_late_or_put_off_says_so_with_all_its_days(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    planned = PROMISES[1]
    word(page, "inv", now, kind="summary", status="resolved", commitments=[planned])
    word(page, "two", now, kind="summary", status="resolved", commitments=[planned])
    for n, due in enumerate(["2026-04-28", "2026-05-18"], start=1):
        moved = {**planned, "due": due}
        word(page, "two", now + n * DAY, kind="commitment_update", commitments=[moved])
    done = {**planned, "state": "done", "done_on": "2026-04-18"}
    word(page, "inv", DUE + 2 * DAY, kind="commitment_update", commitments=[done])
    turn_promises_late(now=DUE + DAY)
    build_pending(now=now)
    text = text_of(site_dir)
    for words in (
        "Done by its day, told after it done on 18 April 2026 told on 20 April 2026",
        "earliest day given: 18 April 2026 put off 2 times, by 30 days in all (each told in time)",
        "Days were put off 2 times, by 30 days in all.",
        "As of 20 April 2026, 12:00 UTC",
    ):  # fmt: skip
        assert words in text, words
    assert count(site_dir, "Put off past the earliest day given") == 1
    assert count(site_dir, "Done by its day, told after it") == 1


def test_a_month_without_settled_promises_has_no_page_any_more(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "inv", now, kind="summary", status="resolved", commitments=PROMISES[:1])
    build_pending(now=now)
    assert (site_dir / "commitments/2026/03/index.html").exists()
    again = {**PROMISES[0], "state": "in_progress", "done_on": None}
    word(page, "inv", now + DAY, kind="commitment_update", commitments=[again])
    build_pending(now=now)
    assert not (site_dir / "commitments/2026").exists()


def test_a_thousand_open_promises_make_a_page_of_a_hundred(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    many = [{**PROMISES[1], "id": f"p{n}", "what": EVIL[n % 6]} for n in range(1000)]
    word(page, "inv", now, kind="summary", commitments=many)
    build_pending(now=now)
    assert len(pages_of(site_dir)["commitments/index.html"].named("li")) == 100
    assert "900 more are to come; each stands on the page of its incident." in text_of(site_dir)
    assert len(bytes_of(site_dir)["commitments/index.html.gz"]) < 50_000


def test_a_new_title_of_the_incident_reaches_the_list(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now, kind="summary", status="resolved", commitments=PROMISES)
    build_pending(now=now)
    word(page, "inv", now + DAY, kind="note", status="resolved", title="Bills were not sent")
    build_pending(now=now)
    for path in ("commitments/index.html", "commitments/2026/03/index.html"):
        assert "After Bills were not sent" in text_of(site_dir, path)


def test_a_summary_has_its_promises_in_the_feeds_as_they_stood_in_it(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    evil = {**PROMISES[1], "id": "evil", "what": EVIL[0], "due": "soon"}
    word(page, "inv", now, kind="summary", status="resolved", commitments=[*PROMISES, evil])
    word(page, "inv", now + DAY, kind="commitment_update", commitments=PROMISES)
    build_all(now=now + DAY)
    for path in ("history.atom", "history.rss"):
        feed = html.unescape((site_dir / path).read_text())
        assert feed.count("What we promised") == 1, path
        for line in (
            "Queues stop accepting work at 80% full (Done, on 8 March 2026)",
            "Every release is tested against a full queue (Planned, by 18 April 2026)",
            "A second mail supplier (Dropped)", f"{html.escape(EVIL[0])} (Planned)",
        ):  # fmt: skip
            assert f"<li>{line}</li>" in feed, (path, line)


FEEDS = ("history.atom", "history.rss", "feed.json")


def feed(site: Path, path: str) -> str:
    """Return everything a feed says, as its reader has it."""
    said = (site / path).read_text()
    if path == "feed.json":
        told = json.loads(said)
        said = " ".join([told.get("description", ""), *(i["content_html"] for i in told["items"])])
    return html.unescape(html.unescape(said))


def test_the_feeds_count_what_became_of_the_promises_of_an_entry_and_of_all(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "inv", now, kind="closure", status="resolved", commitments=PROMISES)
    word(page, "inv", now, kind="summary", status="resolved", commitments=PROMISES)
    other = {**PROMISES[1], "id": "other", "due": "2026-03-20"}
    word(page, "exp", now, kind="summary", status="resolved", commitments=[other])
    turn_promises_late(now=DUE + DAY)
    build_pending(now=now)
    wanted = "Late now: 1; Dropped: 1; Done, with no day promised before: 1"
    for path in FEEDS:
        said = feed(site_dir, path)
        assert said.count(f"How the promises stand</strong> - {wanted}") == 1, path
        assert said.count("How the promises stand</strong> - Late now: 1</p>") == 1, path
        assert "Promises so far. Late now: 2; To come: 0; " in said, path
        assert "Kept by the earliest day given: 0; " in said, path


def test_a_feed_without_promises_counts_none(site_dir: Path, now: datetime) -> None:
    word(a_page(now), "inv", now)
    build_pending(now=now)
    for path in FEEDS:
        said = feed(site_dir, path)
        assert "romises" not in said and "subtitle" not in said, path


def test_a_feed_changes_when_a_promise_changes_and_when_days_alone_pass_it_does_not(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "inv", now, kind="summary", status="resolved", commitments=PROMISES)
    build_pending(now=now)
    before = {path: (site_dir / path).read_bytes() for path in FEEDS}
    for day in (DUE - DAY, DUE):
        turn_promises_late(now=day)
        assert build_pending(now=day) == [], "a day that turns nothing changes no byte"
    turn_promises_late(now=DUE + DAY)
    changed = build_pending(now=DUE + DAY)
    assert set(FEEDS) <= set(changed)
    told = feedparser.parse((site_dir / "history.atom").read_bytes())
    assert not told.bozo
    midnight = "2026-04-19T00:00:00Z"
    assert (told.feed.updated, told.entries[0].updated) == (midnight, midnight)
    assert told.entries[0].published == "2026-03-18T12:00:00Z", "and is no new entry"
    assert json.loads((site_dir / "feed.json").read_text())["items"][0]["date_modified"] == midnight
    assert all((site_dir / path).read_bytes() != before[path] for path in FEEDS)
    # What is late stays late: tomorrow nothing is new.
    turn_promises_late(now=DUE + 9 * DAY)
    assert build_pending(now=DUE + 9 * DAY) == []


def test_a_promise_of_an_incident_that_left_the_feed_moves_the_feed_and_no_entry(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "inv", now, kind="summary", status="resolved", commitments=PROMISES)
    for number in range(25):
        word(page, f"later-{number}", now + number * timedelta(minutes=1))
    turn_promises_late(now=DUE + DAY)
    build_pending(now=now)
    told = feedparser.parse((site_dir / "history.atom").read_bytes())
    assert "later-0" in told.entries[-1].id and len(told.entries) == 25
    assert told.feed.updated == "2026-04-19T00:00:00Z" > max(e.updated for e in told.entries)
    assert told.feed.subtitle.startswith("Promises so far. Late now: 1; ")


def test_the_page_and_the_text_of_an_incident_count_its_promises(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "inv", now, kind="summary", status="resolved", commitments=PROMISES)
    turn_promises_late(now=DUE + DAY)
    build_pending(now=now)
    counted = "Late now: 1 Dropped: 1 Done, with no day promised before: 1"
    assert f"What we promised {counted}" in text_of(site_dir, "incidents/inv/index.html")
    assert counted.replace(" D", "; D") in (site_dir / "incidents/inv.md").read_text()
