"""The figures of a kept quarter in words and as a chart, in the language that is active."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from afterword.kit.drawing import Column, columns
from afterword.kit.languages import number, percent, span_in_words
from afterword.publishing.models import PanelQuarter
from afterword.site_builder.panel_words import FEWEST, NAME, PER_THOUSAND

_DAY: Final = 86_400
Figures = Mapping[str, Any]


def quarter_name(name: str) -> str:
    """Return ``2026-q1`` as readers know it."""
    # Translators: a quarter of a year, such as "Q1 2026".
    return _("Q%(number)s %(year)s") % {"number": name[-1], "year": name[:4]}


def counted(each: Figures) -> str:
    if not each["not_known"]:
        return number(each["n"])
    # Translators: how many were counted, and how many are not known.
    return _("%(n)s, %(unknown)s not counted") % {
        "n": number(each["n"]),
        "unknown": number(each["not_known"]),
    }


def said(each: Figures) -> str:
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
    if each["unit"] in {"times", "days"}:
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
    if each["code"] in PER_THOUSAND:
        return _("%(n)s per 1,000") % {"n": _of_a_thousand(each)}
    if 99 < share < 100:
        return f">{percent(99)}"
    return f"<{percent(1)}" if 0 < share < 1 else percent(round(share))


def _of_a_thousand(each: Figures) -> str:
    value = 1_000 * each["part"] / each["whole"]
    if 0 < value < 0.1:
        return f"<{number(0.1)}"
    return number(round(value, 1) if value < 10 else round(value))


def _bounded(each: Figures, name: str) -> str:
    said = value_said(each[name], each["unit"])
    return _("at least %(value)s") % {"value": said} if name in each["at_least"] else said


def value_said(value: float, unit: str) -> str:
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


def chart(code: str, known: Sequence[tuple[PanelQuarter, Figures]]) -> SafeString | str:
    """Return the quarters as columns; nothing where fewer than two may be drawn."""
    if known[-1][1]["kind"] == "list":
        return ""
    each = [_column(quarter.quarter, figures) for quarter, figures in known]
    tops = [one.high for one in each if one.high is not None]
    if len(tops) < 2:
        return ""
    in_per_cent = known[-1][1]["kind"] == "share" and code not in PER_THOUSAND
    top = 100.0 if in_per_cent else 0.0
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
        said = _of_a_thousand(each) if each["code"] in PER_THOUSAND else _share(each)
        return Column(label, said, high=100 * each["part"] / each["whole"])
    return Column(
        label,
        _short_bounded(each, "high"),
        high=each["high"],
        low=each["low"] or 0,
        middle=each["median"],
        middle_said=_short_bounded(each, "median"),
    )


def key(newest: Figures) -> str:
    """Return how the columns are read; those of a share in per cent speak for themselves."""
    if newest["code"] in PER_THOUSAND:
        return _("Per 1,000.")
    if newest["kind"] != "spread":
        return ""
    key = _(
        "Thick line, and the figure below the quarter: half are at most this. Top of the bar, and "
        "the figure on it: nine in ten are. Its foot: one in ten."
    )
    return f"{key} {_('Heights are by ratio.')}" if newest["unit"] == "seconds" else key


def _short_bounded(each: Figures, name: str) -> str:
    bound = "≥" if name in each["at_least"] else ""
    return bound + _short(each[name], each["unit"])


def _short(value: float, unit: str) -> str:
    """Return a value in few letters, cut off as in the table below it and never rounded up."""
    if unit != "seconds":
        return f"{number(int(value))} d" if unit == "days" else value_said(value, unit)
    if value < 3600:
        return f"{number(value // 60)} min"
    if value < 10 * 3600:
        return f"{number(value // 360 / 10)} h"
    return f"{number(value // 3600)} h" if value < 3 * _DAY else f"{number(value // _DAY)} d"
