"""The trust panel: every measure of the quarters that are over, as they were kept.

Nothing is counted here: the figures are frozen (``publishing.PanelQuarter``), and get words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from afterword.components.models import Page
from afterword.kit.drawing import Column, columns
from afterword.kit.languages import day_in_words, number, percent, span_in_words
from afterword.publishing import queries
from afterword.publishing.models import PanelQuarter, PublicPromise
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.panel_words import (
    DEFINITION,
    FATE,
    FEWEST,
    LISTED_BEFORE,
    NAME,
    NEEDS,
    STAY_INSIDE,
    UNLISTED,
    VOID,
    counted_by,
)
from afterword.site_builder.places import incident_address
from afterword.site_builder.promise_rows import anchor_of

QUARTERS: Final = 8
SETTLES_IN: Final = 15
"""Days from a quarter's last day to when it is counted: two weeks lie between."""
A_DAY_OR_TWO: Final = 2
"""A worker that stands still for so long has not counted late."""
_DAY: Final = 86_400
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Named:
    """What readers know by public id: titles of incidents, and promises."""

    titles: Mapping[str, str]
    promises: Mapping[str, PublicPromise]


@dataclass(frozen=True)
class Line:
    """One line of a list: a day, an incident of this page or a promise made after it, words.

    ``after`` is the title of a promise's incident.
    """

    day: str
    title: str
    address: str
    said: str
    after: str = ""


@dataclass(frozen=True)
class Row:
    """One quarter of a measure, in the table beside the chart."""

    quarter: str
    n: str
    said: str


@dataclass(frozen=True)
class Shown:
    """A measure over the quarters, the newest of them with the list behind it.

    ``is_over_time``: there is more than one quarter, and something known in one of them.
    ``not_public`` counts what is in the figure and not in the list: not public, or told to a few.
    ``needs`` says what is enough for a figure, ``unlisted`` why there is no list.
    """

    code: str
    name: str
    definition: str
    needs: str
    newest: Row
    chart: SafeString | str
    rows: list[Row]
    is_over_time: bool
    lines: list[Line]
    left_out: int
    not_public: int
    unlisted: str


def build(page: Page) -> bytes | None:
    """Return the bytes of ``/trust/``; None while the panel is switched off."""
    if not queries.has_panel(page):
        return None
    switches = queries.panel_switches(page)
    quarters = queries.panel_quarters(page, QUARTERS)
    newest = quarters[-1] if quarters else None
    of_each = [{each["code"]: each for each in quarter.figures} for quarter in quarters]
    codes = [each["code"] for each in newest.figures] if newest else []
    named = Named(
        queries.titles(page, _named(newest)),
        queries.promises_by_id(page, _promised(newest)),
    ) if newest else Named({}, {})  # fmt: skip
    shown = [_shown(code, quarters, of_each, named) for code in codes if code in DEFINITION]
    kinds = {each["code"]: each["kind"] for each in newest.figures} if newest else {}
    context = {
        "newest": newest,
        "newest_name": _quarter(newest.quarter) if newest else "",
        "counted": [_when_counted(each) for each in reversed(quarters)],
        "quarter_names": [_quarter(each.quarter) for each in quarters],
        "fewest": FEWEST,
        "measures": [each for each in shown if kinds[each.code] != "list"],
        "traces": [each for each in shown if kinds[each.code] == "list"],
        "inside": [NAME[code] for code in STAY_INSIDE],
        "was_off": _was_off(switches),
    }
    as_of = max([switches[-1][1], *(each.as_of for each in quarters)])
    return rendered("trust.html", page, "/trust/", context, as_of)


@dataclass(frozen=True)
class Counted:
    """When a quarter was counted. ``days`` after its end, ``is_late`` where those were more than
    the time that every quarter is given to settle.
    """

    quarter: str
    at: datetime
    days: int
    is_late: bool


def _when_counted(each: PanelQuarter) -> Counted:
    days = (each.as_of.date() - each.last).days
    return Counted(_quarter(each.quarter), each.as_of, days, days > SETTLES_IN + A_DAY_OR_TWO)


def _named(quarter: PanelQuarter) -> set[str]:
    return {item["incident"] for each in quarter.figures for item in each["items"]} - {""}


def _promised(quarter: PanelQuarter) -> set[str]:
    """Return the promises its lists have; quarters kept by an older version name none."""
    every = (item for each in quarter.figures for item in each["items"])
    return {item.get("promise", "") for item in every} - {""}


def _was_off(switches: Sequence[tuple[bool, datetime]]) -> list[tuple[datetime, datetime]]:
    """Return the times for which readers had no panel though they had had one."""
    found, off = [], None
    for is_on, at in switches:
        if is_on and off is not None:
            found.append((off, at))
        off = None if is_on else at
    return found


def _shown(
    code: str,
    quarters: Sequence[PanelQuarter],
    of_each: Sequence[Mapping[str, Figures]],
    named: Named,
) -> Shown:
    known = [
        (quarter, figures[code])
        for quarter, figures in zip(quarters, of_each, strict=True)
        if code in figures
    ]
    rows = [
        _row(quarter, figures.get(code)) for quarter, figures in zip(quarters, of_each, strict=True)
    ]
    newest = known[-1][1]
    if code in LISTED_BEFORE:
        newest = {**newest, "items": [], "left_out": 0, "not_public": 0}
    public = [each for each in newest["items"] if named.titles.get(each["incident"])]
    return Shown(
        code=code,
        name=NAME[code],
        definition=DEFINITION[code],
        needs="" if newest["kind"] == "list" else NEEDS[counted_by(code)],
        newest=rows[-1],
        chart=_chart(code, known),
        rows=rows[::-1],
        is_over_time=len(rows) > 1 and any(each["n"] for _, each in known),
        lines=[_line(each, newest, named) for each in public],
        left_out=newest["left_out"],
        not_public=newest.get("not_public", 0) + len(newest["items"]) - len(public),
        unlisted=_unlisted(code, newest),
    )


def _unlisted(code: str, newest: Figures) -> str:
    """Return why there is no list though there is something to list."""
    if not newest["n"] and not newest["not_known"]:
        return ""
    if code in UNLISTED:
        return UNLISTED[code]
    if newest["items"] or newest.get("not_public", 0) or "units" in newest:
        return ""
    return _("When this quarter was counted, no list was kept of it.")


def _row(quarter: PanelQuarter, each: Figures | None) -> Row:
    """Return the quarter's row; a measure may be younger than the quarter."""
    name = _quarter(quarter.quarter)
    return Row(name, _counted(each), _said(each)) if each else Row(name, "–", "–")


def _quarter(name: str) -> str:
    """Return ``2026-q1`` as readers know it."""
    # Translators: a quarter of a year, such as "Q1 2026".
    return _("Q%(number)s %(year)s") % {"number": name[-1], "year": name[:4]}


def _counted(each: Figures) -> str:
    if not each["not_known"]:
        return number(each["n"])
    # Translators: how many were counted, and how many are not known.
    return _("%(n)s, %(unknown)s not counted") % {
        "n": number(each["n"]),
        "unknown": number(each["not_known"]),
    }


def _said(each: Figures) -> str:
    """Return what may be said of a measure in a quarter; of too few, that they are too few."""
    if each["kind"] == "list":
        return number(each["n"])
    if not each["n"]:
        return _("Nothing known") if each["not_known"] else _("Nothing to count")
    if _units(each) < FEWEST:
        return _too_few(each)
    if each["kind"] == "share":
        return _("%(share)s (%(part)s of %(whole)s)") % {
            "share": _share(each),
            "part": number(each["part"]),
            "whole": number(each["whole"]),
        }
    values = {name: _bounded(each, name) for name in ("low", "median", "high")}
    if each["unit"] == "per cent":
        return _("Half at most %(median)s, one in ten at most %(low)s") % values
    if each["unit"] == "times":
        return _("Half at most %(median)s, nine in ten at most %(high)s") % values
    return _going_on(_("Half within %(median)s, nine in ten within %(high)s") % values, each)


def _units(each: Figures) -> int:
    """Return how many independent ones there are; quarters kept by an older version do not know."""
    units: int = each.get("units", each["n"])
    return units


def _too_few(each: Figures) -> str:
    n, units = each["n"], _units(each)
    if n == units or not units:
        return _("%(n)s only: too few to say more") % {"n": number(n)}
    said = ngettext(
        "%(n)s, all of one incident: too few to say more",
        "%(n)s, of %(units)s incidents only: too few to say more",
        units,
    )
    return said % {"n": number(n), "units": number(units)}


def _going_on(said: str, each: Figures) -> str:
    """Add how many have not ended; quarters kept by an older version do not know."""
    if not (n := each.get("going_on", 0)):
        return said
    # Translators: of incidents whose text had not come; %(said)s is a sentence of how long it took.
    words = ngettext(
        "%(said)s; one was still open when this was counted",
        "%(said)s; %(n)s were still open when this was counted",
        n,
    )
    return words % {"said": said, "n": number(n)}


def _share(each: Figures) -> str:
    """Return the share without rounding it to all or to nothing."""
    share = 100 * each["part"] / each["whole"]
    if 99 < share < 100:
        return f">{percent(99)}"
    return f"<{percent(1)}" if 0 < share < 1 else percent(round(share))


def _bounded(each: Figures, name: str) -> str:
    said = _value(each[name], each["unit"])
    return _("at least %(value)s") % {"value": said} if name in each["at_least"] else said


def _value(value: float, unit: str) -> str:
    if unit == "seconds":
        return span_in_words(_coarse(int(value)))
    if unit == "days":
        days = round(value)
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": number(days)}
    return percent(round(value)) if unit == "per cent" else f"{number(round(value, 1))}×"


def _coarse(seconds: int) -> int:
    """Days are enough from three days on, minutes below."""
    if seconds >= 3 * _DAY:
        return seconds - seconds % _DAY
    return max(seconds - seconds % 60, 0) if seconds >= 60 else max(seconds, 0)


def _line(item: Mapping[str, Any], each: Figures, named: Named) -> Line:
    title, address = named.titles[item["incident"]], incident_address(item["incident"])
    promise = named.promises.get(item.get("promise", ""))
    # A promise that was taken back since has no words any more, and is called by its incident.
    if promise is None or not promise.what:
        return Line(_day(item), title, address, _of_one(item, each))
    address = f"{address}#{anchor_of(promise.commitment_id)}"
    return Line(_day(item), promise.what, address, _of_one(item, each), after=title)


def _day(item: Mapping[str, Any]) -> str:
    return day_in_words(date.fromisoformat(item["day"]))


def _of_one(item: Mapping[str, Any], each: Figures) -> str:
    if item["fate"] and each["kind"] != "spread":
        return FATE[item["fate"]]
    if each["kind"] == "list":
        return ""
    if each["kind"] == "share":
        if not item["whole"] and not item["part"]:
            void = item.get("void", "")
            return VOID[void] if void in VOID else _("Not counted")
        return _("Yes") if item["part"] else _("No")
    if item["value"] is None:
        void = item.get("void", "")
        return VOID[void] if void in VOID else _("Not known")
    said = _value(item["value"], each["unit"])
    return _("at least %(value)s") % {"value": said} if item["at_least"] else said


def _chart(code: str, known: Sequence[tuple[PanelQuarter, Figures]]) -> SafeString | str:
    """Return the quarters as columns; nothing where fewer than two may be drawn."""
    if known[-1][1]["kind"] == "list":
        return ""
    each = [_column(quarter.quarter, figures) for quarter, figures in known]
    tops = [one.high for one in each if one.high is not None]
    if len(tops) < 2:
        return ""
    top = 100.0 if known[-1][1]["kind"] == "share" else 0.0
    return columns(
        key=f"trust-{code}",
        title=_("%(name)s, quarter by quarter") % {"name": NAME[code]},
        said=_("The table below has the same figures. A quarter with too few is left empty."),
        each=each,
        top=max(top, *tops),
        by_ratio=known[-1][1]["unit"] == "seconds",
    )


def _column(name: str, each: Figures) -> Column:
    label = f"{name[-1]}/{name[2:4]}"
    if _units(each) < FEWEST:
        return Column(label, f"({_units(each)})")
    if each["kind"] == "share":
        return Column(label, _share(each), high=100 * each["part"] / each["whole"])
    bound = "≥" if "median" in each["at_least"] else ""
    return Column(
        label,
        bound + _short(each["median"], each["unit"]),
        high=each["high"],
        low=each["low"] or 0,
        middle=each["median"],
    )


def _short(value: float, unit: str) -> str:
    if unit != "seconds":
        return f"{number(int(value))} d" if unit == "days" else _value(value, unit)
    if value < 3600:
        return f"{value / 60:.0f} min"
    return f"{value / 3600:.0f} h" if value < 3 * _DAY else f"{value / _DAY:.0f} d"
