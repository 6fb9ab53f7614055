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
    "time_to_over": -1,
    "summary_in_time": +1, "coverage": +1, "completeness": +1, "reader_answered": +1,
    "repeat_questions": -1, "untrue_at_first": -1, "enlarging_corrections": -1, "impact_growth": -1,
    "recurrence": -1, "told_first": +1, "override_rate": -1, "words_in_time": +1,
    "affected_reached": +1, "mailed_beyond": -1, "opt_outs": -1, "outside_noted": +1,
}  # fmt: skip
# What there is more of when it erodes, and less when it recovers: acts that tell less, and promises
# that are overdue (of which a figure is asked too much: where telling has recovered, few are left).
COUNTED = (
    "no_summary", "lowered", "known_not_told", "retractions", "came_back", "dropped",
    "told_afterwards", "held_back", "recurrence_open", "promise_age",
)  # fmt: skip
# What must not tell them apart, with why.
NOT_TELLING = {
    "planned_as_told": "There is no planned work here: it is told otherwise than trouble is.",
    "told_apart": "Incidents are a week apart here.",
    "no_summary_waits": "Whoever decides here waits for nobody.",
    "short_notice": "The same.",
    "called_off": "The same.",
    "promises_moved": "Who erodes says nothing, which puts nothing off.",
    "recurrence_denied": "Whoever looks and finds another cause says so, with a reason.",
    "still_open": "How long it takes to mend something is no question of telling.",
}
FIRST, LAST = (
    Period(date(2024, 1, 1), date(2024, 6, 30)),
    Period(date(2025, 7, 1), date(2025, 12, 31)),
)


# Enough for a figure of everything in half a year, whatever the seed.
A_MONTH = 10
SEEDS = (7, 1, 2, 3, 4)


def figure(measure: Measure) -> float:
    """What the page says of it: the share, or the value nine in ten do not exceed (for what is
    told in per cent, the one in ten). Where that has not ended it is "at least" and only says how
    long somebody has waited for this report; then the middle."""
    summary = measure.summary()
    assert summary.is_enough, f"{measure.code}: {summary.n}"
    if measure.kind == "share":
        return summary.share or 0.0
    value = summary.low if measure.unit == "per cent" else summary.high
    if "high" in summary.at_least:
        value = summary.median
    assert value is not None
    return value


def reports(*, recovers: bool, seed: int = 7) -> tuple[Report, Report]:
    with transaction.atomic():
        page = Company(recovers=recovers, seed=seed, a_month=A_MONTH).page
        now = BEGAN + timedelta(days=31 * MONTHS)
        found = report(page, FIRST, now=now), report(page, LAST, now=now)
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("recovers", [True, False], ids=["recovers", "erodes"])
def test_the_report_says_which_way_it_goes(recovers: bool, seed: int) -> None:
    early, late = reports(recovers=recovers, seed=seed)
    way = {
        code: (figure(late.measure(code)) - figure(early.measure(code))) * better
        for code, better in TELLING.items()
    }
    wrong = [code for code, moved in way.items() if (moved > 0) != recovers]
    assert wrong == [], way
    for code in COUNTED:
        then, now = len(early.measure(code).known), len(late.measure(code).known)
        assert (now < then) if recovers else (now > then), (code, then, now)
    assert trend_of(late.measure("reader_answered"), late.period), "its months can be drawn"


@pytest.mark.django_db
def test_of_every_measure_it_is_said_whether_it_must_tell_them_apart() -> None:
    early, _ = reports(recovers=True)
    placed = [*TELLING, *COUNTED, *NOT_TELLING]
    assert sorted(placed) == sorted(each.code for each in (*early.measures, *early.traces))


@pytest.mark.django_db
def test_the_incidents_themselves_do_not_tell_the_two_apart() -> None:
    """A count of incidents says nothing of trust: both companies have the same."""
    up, down = reports(recovers=True), reports(recovers=False)
    for better, worse in zip(up, down, strict=True):
        assert len(better.measure("coverage").items) == len(worse.measure("coverage").items)
        for made in (better, worse):
            assert made.measure("still_open").items == ()
            grave = {each.group for each in made.measure("closure_in_time").items}
            assert grave == {"severity 2"}, "neither is hit harder"


@pytest.mark.django_db
def test_who_looks_closely_denies_more_often_and_is_not_read_as_worse() -> None:
    early, late = reports(recovers=True)
    count = [len(each.measure("recurrence_denied").items) for each in (early, late)]
    assert count[1] > count[0], "which is why it is listed, and is no figure"
