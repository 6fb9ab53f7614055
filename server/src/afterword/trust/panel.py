"""The figures of a quarter for the public panel: numbers, days and public ids, and no words. Pure.

Words are given to them where the page is built, in the language it is built in.
"""

from typing import Any, Final

from afterword.trust.measure import Item, Measure
from afterword.trust.outward import is_listed, listed
from afterword.trust.report import Report

LISTED: Final = 30


def figures_of(told: Report) -> list[dict[str, Any]]:
    """Return every measure and every trace of a report for people outside (``outward``)."""
    return [_figures(each) for each in (*told.measures, *told.traces)]


def _figures(measure: Measure) -> dict[str, Any]:
    summary = measure.summary()
    lines, not_public = listed(measure) if is_listed(measure) else ([], 0)
    return {
        "code": measure.code,
        "kind": measure.kind,
        "unit": measure.unit,
        "n": summary.n,
        "units": summary.units,
        "not_known": measure.not_known,
        "low": summary.low,
        "median": summary.median,
        "high": summary.high,
        "at_least": list(summary.at_least),
        "going_on": summary.going_on,
        "part": summary.part,
        "whole": summary.whole,
        "items": [_item(each) for each in lines[:LISTED]],
        "left_out": len(lines[LISTED:]),
        "not_public": not_public,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "day": f"{item.at:%Y-%m-%d}",
        "incident": item.about,
        "value": item.value,
        "at_least": item.is_open,
        "part": item.part,
        "whole": item.whole,
        "fate": item.group,
        "promise": item.promise,
        "void": item.void,
    }
