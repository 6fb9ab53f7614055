"""Two years in which telling recovers, and two in which it erodes: the report tells them apart."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from afterword.trust.charts import trend_of
from afterword.trust.measure import Measure
from afterword.trust.periods import Period
from afterword.trust.report import Report, report
from trust.two_years import BEGAN, MONTHS, Company

# What the report must tell them apart by; +1: more is better, -1: less is.
TELLING = {
    "promises_kept": +1, "closure_in_time": +1, "time_to_closure": -1, "time_to_summary": -1,
    "summary_in_time": +1, "coverage": +1, "completeness": +1, "reader_answered": +1,
    "repeat_questions": -1, "untrue_at_first": -1, "enlarging_corrections": -1, "impact_growth": -1,
    "recurrence": -1, "told_first": +1, "override_rate": -1,
}  # fmt: skip
# Acts that tell less: there are more of them when it erodes, fewer when it recovers.
TRACES = ("no_summary",)
FIRST, LAST = (
    Period(date(2024, 1, 1), date(2024, 6, 30)),
    Period(date(2025, 7, 1), date(2025, 12, 31)),
)


def figure(measure: Measure) -> float:
    """What the page says of it: the share, or the value nine in ten do not exceed (for what is
    told in per cent, the one in ten)."""
    summary = measure.summary()
    assert summary.is_enough, f"{measure.code}: {summary.n}"
    if measure.kind == "share":
        return summary.share or 0.0
    value = summary.low if measure.unit == "per cent" else summary.high
    assert value is not None
    return value


def reports(*, recovers: bool) -> tuple[Report, Report]:
    with transaction.atomic():
        page = Company(recovers=recovers, seed=7).page
        now = BEGAN + timedelta(days=31 * MONTHS)
        found = report(page, FIRST, now=now), report(page, LAST, now=now)
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("recovers", [True, False], ids=["recovers", "erodes"])
def test_the_report_says_which_way_it_goes(recovers: bool) -> None:
    early, late = reports(recovers=recovers)
    way = {
        code: (figure(late.measure(code)) - figure(early.measure(code))) * better
        for code, better in TELLING.items()
    }
    wrong = [code for code, moved in way.items() if (moved > 0) != recovers]
    assert wrong == [], way
    for code in TRACES:
        longer = len(late.measure(code).items) > len(early.measure(code).items)
        assert longer != recovers, code
    assert trend_of(late.measure("reader_answered"), late.period), "its months can be drawn"


@pytest.mark.django_db
def test_the_incidents_themselves_do_not_tell_the_two_apart() -> None:
    """A count of incidents says nothing of trust: both companies have the same."""
    up, down = reports(recovers=True), reports(recovers=False)
    for better, worse in zip(up, down, strict=True):
        assert len(better.measure("coverage").items) == len(worse.measure("coverage").items)
