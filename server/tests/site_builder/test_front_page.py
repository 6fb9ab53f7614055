"""The front page: the next word it was promised, what was lately, and what programs read of it."""

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from afterword.kit.timespans import iso_utc
from afterword.site_builder.actions import build_pending
from publishing.press import a_page, word
from site_builder.reading import Read, read

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def page_at(site: Path, path: str = "") -> Read:
    return read((site / path / "index.html").read_bytes())


def test_an_open_incident_says_by_when_the_next_word_comes(site_dir: Path, now: datetime) -> None:
    page = a_page(now)
    promised = {"status": "identified", "next_update_at": iso_utc(now + timedelta(minutes=30))}
    word(page, "inv", now, status="identified", update=promised)
    build_pending(now=now)
    said = "We say more by 18 March 2026, 12:30 UTC, or sooner."
    for path in ("", "incidents/inv"):
        assert said in " ".join(page_at(site_dir, path).text.split())
    word(page, "inv", now + timedelta(minutes=20), status="monitoring")
    build_pending(now=now)
    assert "We say more by" not in page_at(site_dir).text


def test_what_was_lately_stands_in_the_order_of_the_times_beside_it(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    for days in (40, 30, 20, 10, 9, 8, 7, 6, 5):
        word(page, f"inv-{days}", now - days * DAY, status="resolved", title=f"{days} days ago")
    # A summary is news, however old what it is about.
    word(page, "inv-40", now - DAY, kind="summary", status="resolved", title="40 days ago")
    build_pending(now=now)
    lately = [a["href"] for a in page_at(site_dir).named("a") if a.get("class") == "title"]
    assert lately == [f"/incidents/inv-{days}/" for days in (5, 6, 7, 8, 9, 10, 20, 40)]


def test_the_description_for_search_engines_reads_as_sentences(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "inv", now)
    word(page, "inv", now + DAY, status="resolved")
    build_pending(now=now)
    [described] = [
        a["content"] for a in page_at(site_dir, "incidents/inv").named("meta")
        if a.get("name") == "description"
    ]  # fmt: skip
    assert "Is it over? Yes. Was I affected?" in described
    assert ".." not in described


HEADINGS = "## What broke\n\nThe queue.\n\n### In detail\n\nIt was full.\n\n###### Deeper\n\nYes."


def test_headings_inside_a_text_lie_below_the_one_it_stands_under(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "inv", now, status="identified", body=HEADINGS)
    word(page, "done", now - 9 * DAY, status="resolved", body=HEADINGS)
    word(page, "done", now - 8 * DAY, kind="summary", status="resolved", body=HEADINGS)
    build_pending(now=now)
    for path in ("", "incidents/inv", "incidents/done"):
        levels = [int(tag[1]) for tag, _ in page_at(site_dir, path).elements if tag[0] == "h"
                  and tag[1:].isdigit()]  # fmt: skip
        assert levels.count(1) == 1, path
        jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        assert [pair for pair in jumps if pair[1] != 6] == [], (path, levels)
    summary = page_at(site_dir, "incidents/done")
    assert [tag for tag, _ in summary.elements if tag in {"h3", "h4", "h5", "h6"}][:3] == [
        "h3", "h4", "h6",
    ]  # fmt: skip


def test_while_it_lasts_the_newest_word_stands_above_the_facts(
    site_dir: Path, now: datetime
) -> None:
    page = a_page(now)
    word(page, "open", now, body="Take bookings on paper.")
    word(page, "over", now, body="Take bookings on paper.")
    word(page, "over", now + DAY, status="resolved")
    build_pending(now=now)
    open_text, over_text = (page_at(site_dir, f"incidents/{i}").text for i in ("open", "over"))
    assert open_text.index("on paper") < open_text.index("The facts")
    assert over_text.index("on paper") > over_text.index("The facts")
