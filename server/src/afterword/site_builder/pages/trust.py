"""The trust panel: every measure of the quarters that are over, as they were kept.

Nothing is counted here: the figures are frozen (``publishing.PanelQuarter``), and get words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from afterword.components.models import Page
from afterword.kit.languages import day_in_words
from afterword.publishing import queries
from afterword.publishing.models import PanelQuarter, PublicPromise
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.panel_figures import (
    Figures,
    chart,
    counted,
    key,
    quarter_name,
    said,
    value_said,
)
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


@dataclass(frozen=True)
class Named:
    """What readers know by public id: titles of incidents, and promises.

    ``by_day`` are the promises that are the only one of their incident with that earliest day.
    """

    titles: Mapping[str, str]
    promises: Mapping[str, PublicPromise]
    by_day: Mapping[tuple[str, str], PublicPromise]

    def promise(self, item: Figures) -> PublicPromise | None:
        """Return the promise of a line, None where it is none, or has no words any more."""
        found = self.promises.get(item.get("promise", ""))
        # Quarters kept by an older version tell a promise by its incident and its day alone.
        if item["fate"] and "promise" not in item:
            found = self.by_day.get((item["incident"], item["day"]))
        return found if found is not None and found.what else None


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
    ``needs`` says what is enough for a figure, ``unlisted`` why there is no list, ``key`` how the
    chart is read.
    """

    code: str
    name: str
    definition: str
    needs: str
    newest: Row
    chart: SafeString | str
    key: str
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
        _by_day(page, newest),
    ) if newest else Named({}, {}, {})  # fmt: skip
    shown = [_shown(code, quarters, of_each, named) for code in codes if code in DEFINITION]
    kinds = {each["code"]: each["kind"] for each in newest.figures} if newest else {}
    context = {
        "newest": newest,
        "newest_name": quarter_name(newest.quarter) if newest else "",
        "counted": [_when_counted(each) for each in reversed(quarters)],
        "quarter_names": [quarter_name(each.quarter) for each in quarters],
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
    return Counted(quarter_name(each.quarter), each.as_of, days, days > SETTLES_IN + A_DAY_OR_TWO)


def _named(quarter: PanelQuarter) -> set[str]:
    return {item["incident"] for item in _lines(quarter)} - {""}


def _promised(quarter: PanelQuarter) -> set[str]:
    """Return the promises its lists name; quarters kept by an older version name none."""
    return {item.get("promise", "") for item in _lines(quarter)} - {""}


def _by_day(page: Page, quarter: PanelQuarter) -> dict[tuple[str, str], PublicPromise]:
    """Return, for a quarter that names none, each promise that its incident and its day tell."""
    unnamed = {
        item["incident"] for item in _lines(quarter) if item["fate"] and "promise" not in item
    } - {""}
    found: dict[tuple[str, str], list[PublicPromise]] = {}
    for incident_id, promises in queries.promises_of_many(page, unnamed).items():
        for each in promises:
            found.setdefault((incident_id, str(each.first_due)), []).append(each)
    return {place: alike[0] for place, alike in found.items() if len(alike) == 1}


def _lines(quarter: PanelQuarter) -> Iterator[Figures]:
    return (item for each in quarter.figures for item in each["items"])


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
        chart=chart(code, known),
        key=key(newest),
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
    name = quarter_name(quarter.quarter)
    return Row(name, counted(each), said(each)) if each else Row(name, "–", "–")


def _line(item: Mapping[str, Any], each: Figures, named: Named) -> Line:
    title, address = named.titles[item["incident"]], incident_address(item["incident"])
    promise = named.promise(item)
    # A promise that was taken back since has no words any more, and is called by its incident.
    if promise is None:
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
    said = value_said(item["value"], each["unit"])
    return _("at least %(value)s") % {"value": said} if item["at_least"] else said
