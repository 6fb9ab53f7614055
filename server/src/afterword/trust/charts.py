"""A measure as charts and as the words that stand beside them. Pure."""

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from afterword.kit.drawing import Axis, Column, columns, strip
from afterword.trust.measure import (
    DAYS,
    PER_CENT,
    SECONDS,
    TIMES,
    Measure,
    Summary,
    in_words,
    rate,
)
from afterword.trust.periods import Period

_SPANS: Final = (
    (60, "1 min"), (600, "10 min"), (3600, "1 h"), (6 * 3600, "6 h"), (86_400, "1 day"),
    (7 * 86_400, "1 week"), (30 * 86_400, "30 days"), (365 * 86_400, "1 year"),
)  # fmt: skip


@dataclass(frozen=True)
class MonthRow:
    """A line of the table beside a trend."""

    month: str
    n: int
    said: str


def sentence(measure: Measure, summary: Summary, *, has_list: bool = True) -> str:
    """Return what may be said of a measure, in one line; for too few, that there are too few.

    ``has_list``: the list stands beside it.
    """
    if measure.kind == "list":
        return f"{summary.n} in the period" if summary.n else "None in the period"
    if not summary.n:
        return f"Nothing {'known' if measure.not_known else 'to count'} in this period"
    if not summary.is_enough:
        few = f"{summary.n:,}" if summary.n == summary.units else _of_units(measure, summary)
        return f"{few} only: too few to say more{' than the list' if has_list else ''}"
    if measure.kind == "share":
        return f"{rate(summary.share or 0, measure.per)} ({summary.part:,} of {summary.whole:,})"
    median, high = _value(measure, summary, "median"), _value(measure, summary, "high")
    if measure.unit == PER_CENT:
        return f"Half at most {median}, one in ten at most {_value(measure, summary, 'low')}"
    if measure.unit in {TIMES, DAYS}:
        return f"Half at most {median}, nine in ten at most {high}"
    open_ones = f"; {summary.going_on:,} still open" if summary.going_on else ""
    return f"Half within {median}, nine in ten within {high}{open_ones}"


def _of_units(measure: Measure, summary: Summary) -> str:
    name = measure.of if summary.units != 1 else measure.of.removesuffix("s")
    return f"{summary.n:,} from {summary.units} {name}"


def _value(measure: Measure, summary: Summary, field: str) -> str:
    lower = "at least " if field in summary.at_least else ""
    return lower + in_words(getattr(summary, field), measure.unit)


def strip_of(measure: Measure) -> SafeString | str:
    """Return the list of a spread as dots; nothing for other measures and for an empty list."""
    known = measure.known
    if measure.kind != "spread" or not known:
        return ""
    summary = measure.summary()
    dots = [(each.value or 0.0, each.is_open) for each in known]
    axis = _axis(measure.unit, [value for value, _ in dots])
    marks = [] if summary.median is None else [(summary.median, "median")]
    hollow = sum(is_open for _, is_open in dots)
    goes_on = f", {hollow} of them hollow: it goes on, so at least that much" if hollow else ""
    return strip(
        key=f"strip-{measure.code}",
        title=f"{measure.name}: every value of the period",
        said=f"{len(dots)} values, from {in_words(min(dots)[0], measure.unit)} to "
        f"{in_words(max(dots)[0], measure.unit)}{goes_on}.",
        dots=dots,
        marks=marks,
        axis=axis,
    )


def _axis(unit: str, values: list[float]) -> Axis:
    if unit == SECONDS:
        low, high = max(min(values), 30), max(*values, 120)
        ticks = [(float(at), name) for at, name in _SPANS if low <= at <= high]
        if len(ticks) < 2:
            # What is shorter than the scale stands at its foot.
            least = "at most " if min(values) < low else ""
            ticks = [(low, least + in_words(low, unit)), (high, in_words(high, unit))]
        return Axis(low, high, ticks, by_ratio=True)
    if unit == PER_CENT:
        return Axis(0, 100, [(at, f"{at} %") for at in (0, 25, 50, 75, 100)])
    if unit == TIMES:
        high = max(*values, 2)
        return Axis(0, high, [(0, "0"), (1, "1 (as first told)"), (high, f"{high:.2g}")])
    high = max(*values, 1)
    return Axis(0, high, [(0, "0"), (high, in_words(high, DAYS))])


def strip_key(measure: Measure) -> str:
    """Return what a reader has to know to read the dots; "" where they speak for themselves."""
    if measure.kind != "spread" or not any(each.is_open for each in measure.known):
        return ""
    return "Hollow: it goes on, so at least that much."


def trend_key(measure: Measure) -> str:
    """Return how the columns are read; those of a share in per cent speak for themselves."""
    if measure.kind != "spread":
        return "" if measure.per == 100 else f"Per {measure.per:,}."
    key = (
        "Thick line, and the figure below the month: half are at most this. Top of the bar, and "
        "the figure on it: nine in ten are. Its foot: one in ten."
    )
    return f"{key} Heights are by ratio." if measure.unit == SECONDS else key


def trend_of(measure: Measure, period: Period) -> SafeString | str:
    """Return the months of a period as columns; nothing where fewer than two may be drawn."""
    months = measure.trend(period)
    drawn = [_column(measure, month, summary) for month, summary in months]
    tops = [each.high for each in drawn if each.high is not None]
    if len(tops) < 2:
        return ""
    top = 100.0 if measure.kind == "share" and measure.per == 100 else max(tops)
    return columns(
        key=f"trend-{measure.code}",
        title=f"{measure.name} by month",
        said="The table beside it has the same figures. A month with too few is left empty.",
        each=drawn,
        top=max(top, *tops),
        by_ratio=measure.unit == SECONDS,
    )


def _column(measure: Measure, month: Period, summary: Summary) -> Column:
    label = f"{month.first:%b}"
    if not summary.is_enough:
        return Column(label, f"({summary.units})")
    if measure.kind == "share":
        said = rate(summary.share or 0, measure.per).partition(" per ")[0]
        return Column(label, said, high=summary.share)
    return Column(
        label,
        _bounded(measure, summary, "high"),
        high=summary.high,
        low=summary.low or 0,
        middle=summary.median or 0,
        middle_said=_bounded(measure, summary, "median"),
    )


def _bounded(measure: Measure, summary: Summary, field: str) -> str:
    bound = "≥" if field in summary.at_least else ""
    return bound + _short(getattr(summary, field) or 0, measure.unit)


def _short(value: float, unit: str) -> str:
    """Return a value in few letters, cut off as in the table beside it and never rounded up."""
    if unit != SECONDS:
        return in_words(value, unit).removesuffix(" times")
    if value < 3600:
        return f"{value // 60:.0f} min"
    if value < 10 * 3600:
        return f"{value // 360 / 10:g} h"
    return f"{value // 3600:.0f} h" if value < 3 * 86_400 else f"{value // 86_400:.0f} days"


def month_rows(measure: Measure, period: Period) -> list[MonthRow]:
    """Return the table beside the trend, the first month at the top; nothing where each month has
    too few to say anything.
    """
    trend = measure.trend(period)
    if not any(summary.is_enough for _, summary in trend):
        return []
    return [
        MonthRow(f"{month.first:%B %Y}", summary.n, sentence(measure, summary))
        for month, summary in trend
    ]
