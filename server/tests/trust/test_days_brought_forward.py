"""A day brought forward binds: page, counts, feed, report and auditor's list say the same of it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.publishing.actions import turn_promises_late
from afterword.publishing.models import PublicPromise
from afterword.site_builder.actions import build_all
from afterword.trust.evidence import Evidence, evidence
from afterword.trust.periods import Period
from afterword.trust.report import report
from publishing.press import PROMISES, a_page, word
from site_builder.reading import pages_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SPRING = Period(date(2026, 3, 1), date(2026, 6, 30))
FAR = {**PROMISES[1], "due": "2026-05-30"}
NEAR = {**FAR, "due": "2026-04-10"}
DONE = {**NEAR, "state": "done", "done_on": "2026-05-07"}


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


def told(page: Page, day: str, view: dict[str, Any], kind: str = "commitment_update") -> Any:
    return word(page, "inv", noon(day), kind=kind, status="resolved", commitments=[view])


@pytest.fixture
def page(now: datetime) -> Page:
    """Promised on 18 March for 30 May, brought forward on 19 March to 10 April."""
    page = a_page(now)
    told(page, "2026-03-18", FAR, kind="summary")
    told(page, "2026-03-19", NEAR)
    return page


def outcome(page: Page, day: str) -> str:
    """Return how the page counts it once its rounds of the day are done."""
    turn_promises_late(now=noon(day))
    [row] = PublicPromise.objects.filter(page=page)
    assert queries.tally(page, "promise") == {row.outcome: 1}
    return row.outcome


def in_the_report(page: Page, day: str, period: Period = SPRING) -> tuple[str, int, int]:
    [item] = report(page, period, now=noon(day)).measure("promises_kept").items
    return item.said, item.part, item.whole


def ages(page: Page, day: str) -> list[float | None]:
    return [i.value for i in report(page, SPRING, now=noon(day)).measure("promise_age").items]


def missed(page: Page, day: str, period: Period = SPRING) -> list[Evidence]:
    found = evidence(page, period, now=noon(day))
    return [each for each in found if each.what.startswith("Promise missed")]


def test_until_the_earlier_day_is_over_it_is_to_come(page: Page) -> None:
    assert outcome(page, "2026-04-10") == "open"
    assert in_the_report(page, "2026-04-10") == ("not due yet", 0, 0)
    assert missed(page, "2026-04-10") == []


def test_what_the_page_shows_as_late_is_late_everywhere(page: Page) -> None:
    assert outcome(page, "2026-04-27") == "late"
    assert in_the_report(page, "2026-04-27") == ("late, without a word", 0, 1)
    assert ages(page, "2026-04-27") == [17.0]
    [line] = missed(page, "2026-04-27")
    assert line.at.date() == date(2026, 4, 10)


def test_done_after_it_and_before_the_day_given_first_is_not_kept(
    page: Page, site_dir: Path
) -> None:
    outcome(page, "2026-04-27")
    told(page, "2026-05-07", DONE)
    assert outcome(page, "2026-05-07") == "kept_late"
    assert in_the_report(page, "2026-05-07") == ("late, without a word", 0, 1)
    assert len(missed(page, "2026-05-07")) == 1
    build_all(now=noon("2026-05-07"))
    text = pages_of(site_dir)["commitments/index.html"].text
    assert "Done, but late" in text and "earliest day given: 10 April 2026" in text
    feed = (site_dir / "history.atom").read_text()
    assert "Kept by the earliest day given: 0; " in feed and "Done, but late: 1" in feed


def test_done_by_the_earlier_day_it_is_kept(page: Page) -> None:
    told(page, "2026-04-10", {**DONE, "done_on": "2026-04-10"})
    assert outcome(page, "2026-04-10") == "kept"
    assert in_the_report(page, "2026-04-10") == ("kept", 1, 1)
    assert missed(page, "2026-06-01") == []


def test_putting_it_off_again_in_time_is_late_as_told_in_time(page: Page) -> None:
    told(page, "2026-04-05", FAR)
    assert (outcome(page, "2026-04-10"), outcome(page, "2026-04-11")) == ("open", "moved")
    assert in_the_report(page, "2026-04-11")[0].startswith("late, told before; put off once, by 50")
    told(page, "2026-05-20", {**DONE, "due": "2026-05-30"})
    assert outcome(page, "2026-05-20") == "kept_moved"
    assert in_the_report(page, "2026-05-20")[1:] == (0, 1)


def test_it_counts_in_the_quarter_of_the_earlier_day_and_in_no_other(now: datetime) -> None:
    page = a_page(now)
    told(page, "2026-03-18", {**FAR, "due": "2027-02-01"}, kind="summary")
    told(page, "2026-03-19", NEAR)
    assert len(missed(page, "2026-07-20")) == 1
    assert in_the_report(page, "2026-07-20") == ("late, without a word", 0, 1)
    later = Period(date(2027, 1, 1), date(2027, 3, 31))
    assert report(page, later, now=noon("2027-03-31")).measure("promises_kept").items == ()
    assert missed(page, "2027-03-31", later) == []


def test_a_day_that_was_over_when_readers_read_it_counts_in_the_quarter_they_read_it_in(
    now: datetime,
) -> None:
    """Figures of the quarter before may be kept by then, and whoever reads it sees it late."""
    page = a_page(now)
    told(page, "2026-03-18", {**FAR, "due": "2029-02-01"}, kind="summary")
    told(page, "2026-07-20", NEAR)
    summer = Period(date(2026, 7, 1), date(2026, 9, 30))
    assert outcome(page, "2026-07-20") == "late"
    assert in_the_report(page, "2026-07-20", summer) == ("late, without a word", 0, 1)
    assert [line.at.date() for line in missed(page, "2026-07-21", summer)] == [date(2026, 7, 20)]
    spring = report(page, SPRING, now=noon("2026-07-20"))
    assert spring.measure("promises_kept").items == ()


def test_an_earlier_day_never_takes_a_promise_out_of_a_quarter_that_is_over(now: datetime) -> None:
    page = a_page(now)
    told(page, "2026-03-18", FAR, kind="summary")
    told(page, "2026-07-20", NEAR)
    assert len(missed(page, "2026-07-21")) == 1
    [item] = report(page, SPRING, now=noon("2026-07-21")).measure("promises_kept").items
    assert item.at == datetime(2026, 5, 30, tzinfo=UTC)


def test_a_day_that_was_over_when_readers_first_read_it_counts_where_they_read_it(
    now: datetime,
) -> None:
    """What readers are first told in April was in no figure of March, which may be kept by then."""
    page, march = a_page(now), Period(date(2026, 3, 1), date(2026, 3, 31))
    april = Period(date(2026, 4, 1), date(2026, 4, 30))
    told(page, "2026-04-05", {**FAR, "due": "2026-03-20"}, kind="summary")
    assert report(page, march, now=noon("2026-04-27")).measure("promises_kept").items == ()
    assert in_the_report(page, "2026-04-27", april) == ("late, without a word", 0, 1)
    [item] = report(page, april, now=noon("2026-04-27")).measure("promise_age").items
    assert (item.at.date(), item.value) == (date(2026, 4, 5), 38.0), "it is as old as its day"
    assert missed(page, "2026-04-27", march) == []
    assert [line.at.date() for line in missed(page, "2026-04-27", april)] == [date(2026, 4, 5)]


def test_what_was_put_off_far_and_then_given_up_shows_where_it_was_given_up(now: datetime) -> None:
    """Late in April, in June a year is added, in August it is dropped: April may be kept as late by
    then, and without its line in August no report would ever say that it was given up.
    """
    page, last = a_page(now), noon("2026-09-10")
    told(page, "2026-03-18", NEAR, kind="summary")
    told(page, "2026-06-02", {**NEAR, "due": "2027-08-01"})
    told(page, "2026-08-20", {**NEAR, "due": "2027-08-01", "state": "dropped"})
    april, august, far = (
        Period(date(year, month, 1), date(year, month, 28))
        for year, month in ((2026, 4), (2026, 8), (2027, 8))
    )
    assert in_the_report(page, "2026-09-10", april)[1:] == (0, 1)
    lines = [
        [
            (item.at.date(), item.said)
            for item in report(page, span, now=last).measure("dropped").items
        ]
        for span in (april, august, far)
    ]
    assert lines == [
        [(date(2026, 4, 10), "dropped")],
        [(date(2026, 8, 20), "dropped; its day was 2026-04-10")],
        [],
    ]
    assert report(page, august, now=last).measure("promises_kept").items == (), "it counts once"
    [line] = missed(page, "2026-09-10", april)
    assert line.what.startswith("Promise missed: dropped"), (
        "giving it up later misses no clock less"
    )
    assert missed(page, "2026-09-10", august) == []


def test_what_is_given_up_before_its_day_missed_no_clock(now: datetime) -> None:
    page = a_page(now)
    told(page, "2026-03-18", NEAR, kind="summary")
    told(page, "2026-04-02", {**NEAR, "state": "dropped"})
    assert missed(page, "2026-05-10") == []
