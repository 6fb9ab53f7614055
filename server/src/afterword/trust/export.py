"""The report to take along: JSON and rows for a spreadsheet, with everything the page shows."""

from collections.abc import Iterator
from typing import Any, Final

from afterword.kit.timespans import iso_utc
from afterword.trust.charts import sentence
from afterword.trust.measure import Item, Measure, Summary
from afterword.trust.report import Report

COLUMNS: Final = (
    "measure", "name", "kind", "unit", "period", "at", "incident", "title", "value", "at_least",
    "part", "whole", "group", "said",
)  # fmt: skip


def as_json(report: Report) -> dict[str, Any]:
    """Return the report as plain JSON: definitions, figures and lists. Times are ISO, UTC."""
    return {
        "version": 1,
        "period": {"first": str(report.period.first), "last": str(report.period.last)},
        "made_at": iso_utc(report.made_at),
        "measures": [_measure(report, each) for each in report.measures],
        "traces": [_measure(report, each) for each in report.traces],
    }


def as_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """Yield a row for every item of every list, under ``COLUMNS``."""
    yield COLUMNS
    for measure in (*report.measures, *report.traces):
        for item in measure.items:
            yield (
                measure.code, measure.name, measure.kind, measure.unit, report.period.name,
                iso_utc(item.at), item.about, item.title,
                "" if item.value is None else f"{item.value:g}", "yes" if item.is_open else "",
                *((str(item.part), str(item.whole)) if measure.kind == "share" else ("", "")),
                item.group, item.in_full,
            )  # fmt: skip


def _measure(report: Report, measure: Measure) -> dict[str, Any]:
    summary = measure.summary()
    return {
        "code": measure.code,
        "name": measure.name,
        "definition": measure.definition,
        "needs": measure.needs,
        "reads_as": measure.reads_as,
        "kind": measure.kind,
        "unit": measure.unit,
        "read_with": list(measure.pair),
        "said": sentence(measure, summary),
        "not_known": measure.not_known,
        "summary": _summary(summary),
        "groups": {name: _summary(measure.summary(name)) for name in measure.groups},
        "months": [
            {"month": f"{month.first:%Y-%m}", **_summary(each)}
            for month, each in measure.trend(report.period)
        ],
        "items": [_item(each) for each in measure.items],
    }


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "n": summary.n,
        "units": summary.units,
        "is_enough": summary.is_enough,
        "low": summary.low,
        "median": summary.median,
        "high": summary.high,
        "at_least": list(summary.at_least),
        "going_on": summary.going_on,
        "part": summary.part,
        "whole": summary.whole,
        "share": summary.share,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "at": iso_utc(item.at),
        "incident": item.about,
        "title": item.title,
        "said": item.in_full,
        "value": item.value,
        "at_least": item.is_open,
        "part": item.part,
        "whole": item.whole,
        "group": item.group,
    }
