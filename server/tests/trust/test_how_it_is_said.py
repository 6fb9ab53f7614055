"""How a measure is put into words and drawn: amounts are no times, and a rare thing is no "0 %"."""

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from afterword.site_builder.panel_words import PER_THOUSAND
from afterword.trust import charts
from afterword.trust.measure import DAYS, SECONDS, Item, Measure, rate
from afterword.trust.periods import quarter
from afterword.trust.report import report

AT = datetime.fromisoformat("2026-02-03T09:00:00+00:00")


def spread(unit: str, values: list[float], *, open_ones: int = 0) -> Measure:
    items = tuple(
        Item(at=AT.replace(month=1 + place % 2), about=f"i{place}", title="T", said="", value=value,
             is_open=place < open_ones)
        for place, value in enumerate(values)
    )  # fmt: skip
    return Measure("m", "Late", "", "", "spread", items, unit)


def said(measure: Measure) -> str:
    return charts.sentence(measure, measure.summary())


def test_an_amount_of_days_is_at_most_and_a_time_is_within() -> None:
    assert said(spread(DAYS, [0] * 8 + [14] * 8)) == (
        "Half at most 0 days, nine in ten at most 14 days"
    )
    assert said(spread(SECONDS, [60.0] * 9)) == "Half within 1 minute, nine in ten within 1 minute"


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0 per 1,000"), (0.004, "under 0.1 per 1,000"), (0.34, "3.4 per 1,000"),
     (35.9, "359 per 1,000")],
)  # fmt: skip
def test_a_rate_of_a_thousand_tells_one_from_nine(share: float, words: str) -> None:
    assert rate(share, 1_000) == words
    assert rate(0.34, 100) == "under 1 %"


@pytest.mark.django_db
def test_who_wanted_no_more_mail_is_told_of_a_thousand_letters_everywhere(
    company: SimpleNamespace,
) -> None:
    made = report(company.page, quarter(2026, 1), now=AT)
    every = [*made.measures, *made.traces]
    assert tuple(each.code for each in every if each.per != 100) == PER_THOUSAND == ("opt_outs",)
    letters = tuple(
        Item(at=AT, about=f"i{place}", title="T", said="", whole=500) for place in range(8)
    )
    left = (Item(at=AT, about="", title="Somebody unsubscribed", said="", part=1),) * 14
    measure = replace(made.measure("opt_outs"), items=(*letters, *left))
    assert said(measure) == "3.5 per 1,000 (14 of 4,000)"


def test_the_figure_on_a_bar_is_that_of_its_height_and_the_middle_has_its_own() -> None:
    measure = spread(DAYS, [0.0] * 12 + [14.0] * 8)
    drawn = ElementTree.fromstring(str(charts.trend_of(measure, quarter(2026, 1))))
    texts = list(drawn.iter("{http://www.w3.org/2000/svg}text"))
    base = next(float(str(each.get("y"))) for each in texts if each.text == "Jan")
    on_top = [each.text for each in texts if float(str(each.get("y"))) < base]
    below = [each.text for each in texts if float(str(each.get("y"))) > base]
    assert on_top[:2] == ["14 days", "14 days"] and below == ["0 days", "0 days"]
    assert "nine in ten" in charts.trend_key(measure)
    assert "ratio" in charts.trend_key(spread(SECONDS, [60.0] * 9))


@pytest.mark.parametrize(
    ("seconds", "short"),
    [(321.7 * 86_400, "321 days"), (1.79 * 3600, "1.7 h"), (40.9 * 3600, "40 h"), (119, "1 min")],
)  # fmt: skip
def test_a_figure_of_a_chart_is_cut_off_like_that_of_its_table(seconds: float, short: str) -> None:
    drawn = charts.trend_of(spread(SECONDS, [seconds] * 16, open_ones=16), quarter(2026, 1))
    assert f">≥{short}<" in drawn


def test_hollow_dots_and_what_is_shorter_than_the_scale_are_explained() -> None:
    assert "at least" in charts.strip_key(spread(SECONDS, [60.0] * 9, open_ones=1))
    assert charts.strip_key(spread(SECONDS, [60.0] * 9)) == ""
    assert "at most 30 seconds" in charts.strip_of(spread(SECONDS, [0.0, 4.0]))
