"""Every measure and every trace equals a slow and plain reading of the raw rows."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from afterword.trust.measure import Measure
from afterword.trust.periods import Period
from afterword.trust.report import report
from trust.histories import START, History, a_page
from trust.reference import Slow, quantiles

# Of these the reference has no words of its own, nor the instant.
FIGURES_ALONE = ("outside_noted", "opt_outs", "planned_as_told", "short_notice", "called_off")


def lines(measure: Measure) -> list[tuple[Any, ...]]:
    opens = measure.kind == "share"
    return sorted(
        (
            (
                i.about, None if opens else i.value, i.is_open, i.part, i.whole,
                i.at, i.group, i.in_full,
            )
            for i in measure.items
            if not (measure.kind == "share" and not i.whole and not i.part)
            and not (measure.kind == "spread" and i.value is None)
        ),
        key=str,
    )  # fmt: skip


def check_everything(seed: Random, incidents: int, first: int, days: int, later: int) -> None:
    page, other = a_page(), a_page()
    for each in (page, other):
        History(seed, each).grow(incidents if each is page else 2)
    day = (START + timedelta(days=first)).date()
    period = Period(day, day + timedelta(days=days))
    now = period.began + timedelta(days=later, hours=5)
    made, slow = report(page, period, now=now), Slow(page, period.began, period.ended, now)
    for measure in (*made.measures, *made.traces):
        wanted = sorted(getattr(slow, measure.code)(), key=str)
        found = lines(measure)
        if measure.code in FIGURES_ALONE:
            found, wanted = (sorted((line[:5] for line in each), key=str)
                             for each in (found, wanted))  # fmt: skip
        assert found == wanted, measure.code
        summary = measure.summary()
        if measure.kind == "share":
            assert (summary.part, summary.whole) == (
                sum(w[3] for w in wanted), sum(w[4] for w in wanted),
            )  # fmt: skip
            assert summary.units == units(measure.code, wanted)
            assert (summary.share is None) == (summary.units < 8 or not summary.whole)
        elif measure.kind == "spread":
            assert summary.units == units(measure.code, wanted)
            middle = figures(measure.code, wanted)
            said = [summary.low, summary.median, summary.high]
            assert said == ([v for v, _ in middle] if middle else [None] * 3), measure.code
            check_groups(measure, wanted)
            names = ("low", "median", "high")
            at_least = [name in summary.at_least for name in names]
            assert at_least == [is_open for _, is_open in middle or [(0, False)] * 3]


def units(code: str, wanted: list[Any]) -> int:
    """How many of the lines are independent: promises, readers' answers, or else incidents."""
    if code in {"promises_kept", "promise_age", "promises_moved"}:
        return len(wanted)
    if code == "reader_answered":
        return sum(w[4] for w in wanted)
    return len({w[0] for w in wanted if w[0]})


def figures(code: str, wanted: list[Any]) -> list[tuple[float, bool]] | None:
    enough = units(code, wanted) >= 8
    return quantiles([(w[1], w[2]) for w in wanted]) if enough else None


def check_groups(measure: Measure, wanted: list[Any]) -> None:
    """What is said of each group is said of its lines alone."""
    assert measure.groups == sorted({i.group for i in measure.items if i.group})
    for group in measure.groups:
        middle = figures(measure.code, [w for w in wanted if w[6] == group])
        summary = measure.summary(group)
        said = [summary.low, summary.median, summary.high]
        assert said == ([v for v, _ in middle] if middle else [None] * 3), (measure.code, group)


@pytest.mark.django_db
# Making a failing history smaller takes minutes of inserting; the seed that is printed is enough.
@settings(
    max_examples=40,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(
    seed=st.randoms(use_true_random=False),
    incidents=st.integers(0, 6),
    first=st.integers(0, 60),
    days=st.integers(0, 60),
    later=st.integers(0, 120),
)
def test_random_histories(seed: Random, incidents: int, first: int, days: int, later: int) -> None:
    with transaction.atomic():
        check_everything(seed, incidents, first, days, later)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_history_long_enough_for_distributions() -> None:
    """Random ones are short; of fewer than eight there is a list and no quantile."""
    check_everything(Random(11), incidents=40, first=0, days=65, later=90)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(8))
def test_histories_in_which_most_things_happen(seed: int) -> None:
    """What is rare in those above: digests of texts that count, and who leaves twice over letters
    of which one was forgotten.
    """
    check_everything(Random(seed), incidents=6, first=0, days=69, later=100)
