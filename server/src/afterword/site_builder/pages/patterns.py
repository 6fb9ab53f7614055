"""What repeats: which parts, which causes, when, for how long, and whether what was done held.

Small numbers are listed, not averaged: below ``small_numbers.ENOUGH`` no share and no middle is
given, and the incidents themselves stand in their place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from afterword.components.models import Page
from afterword.kit.languages import month_in_short, span_in_words
from afterword.publishing import finding, queries
from afterword.publishing.catalogue import CAUSES, LASTING, REPEAT_DAYS
from afterword.publishing.models import CatalogueEntry
from afterword.publishing.promised import CAME_BACK, HELD, HOLD_DAYS, UNSURE, WATCHING
from afterword.site_builder.listed import having_address
from afterword.site_builder.moments import day
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.places import incident_address, month_address
from afterword.site_builder.promise_rows import PromiseRow, promise_rows
from afterword.site_builder.small_numbers import ENOUGH, middle, percent
from afterword.site_builder.words import CAUSE, LASTED, month_name

# What is beyond has fewer incidents each, and its own page.
PARTS: Final = 30
LISTED: Final = ENOUGH - 1
_CLASSES: Final = ("0", "1", "2", "3", "4", LASTING)


@dataclass(frozen=True)
class Single:
    """One incident in a short list."""

    title: str
    address: str
    day: str
    lasted: str


@dataclass(frozen=True)
class Line:
    """One line of a table: how many, what share (None when there are too few), and which.

    ``width`` is the length of its bar in percent of the longest.
    """

    name: str
    number: int
    share: int | None
    width: int
    address: str = ""
    usual: str = ""
    singles: list[Single] = field(default_factory=list)


@dataclass(frozen=True)
class Back:
    """A measure that did not hold, and the incident that showed it."""

    row: PromiseRow
    again: Single | None


def build(page: Page) -> bytes:
    """Return the bytes of ``/patterns/``."""
    months = queries.tally(page, "incidents")
    whole = sum(months.values())
    causes = queries.tally(page, "cause")
    repeated = queries.tally(page, "repeat").get("yes", 0)
    named, held = finding.parts(page, PARTS + 1), queries.tally(page, "held")
    names = finding.part_names(page, [key for key, _ in named])
    parts = [_part(page, each, names, named[0][1], whole) for each in named[:PARTS]]
    context = {
        "whole": whole,
        "enough": ENOUGH,
        "panel": queries.has_panel(page),
        "since": month_name(min(months)) if months else "",
        "month_names": [month_in_short(date(2026, n, 1)) for n in range(1, 13)],
        "years": _years(months),
        "parts": parts,
        "any_usual": any(each.usual for each in parts),
        "more_parts": len(named) > PARTS,
        "causes": _causes(page, causes, whole),
        "unsaid": causes.get("unknown", 0),
        "lasted": _lasted(page, queries.tally(page, "duration")),
        "usual": _usual(queries.tally(page, "duration")),
        "repeat_days": REPEAT_DAYS,
        "repeated": repeated,
        "repeat_share": percent(repeated, whole),
        "repeats": _repeats(page),
        "listed": LISTED,
        "hold_days": HOLD_DAYS,
        "held": [held.get(each, 0) for each in (HELD, CAME_BACK, WATCHING, UNSURE)],
        "kept": sum(held.values()),
        "held_share": percent(held.get(HELD, 0), held.get(HELD, 0) + held.get(CAME_BACK, 0)),
        "back": _back(page),
        "held_rows": promise_rows(page, queries.kept_promises(page, HELD, LISTED)),
    }
    return rendered("patterns.html", page, "/patterns/", context, finding.newest_word(page))


def _years(months: dict[str, int]) -> list[tuple[str, list[tuple[int, str, int]], int]]:
    """Return each year, newest first, with (number, address, shade 0 to 4) of its months."""
    most = max(months.values(), default=0)
    found = []
    for year in sorted({month[:4] for month in months}, reverse=True):
        cells = []
        for number in range(1, 13):
            key = f"{year}-{number:02}"
            there = months.get(key, 0)
            shade = 0 if not there else min(4, 1 + 4 * (there - 1) // most)
            cells.append((there, month_address(key) if there else "", shade))
        found.append((year, cells, sum(cell[0] for cell in cells)))
    return found


def _part(
    page: Page, part: tuple[str, int], names: Mapping[str, str], most: int, whole: int
) -> Line:
    key, number = part
    lasted = {
        value.rpartition("/")[2]: n
        for value, n in queries.tally(page, "lasted", within=f"{key}/").items()
    }
    return Line(
        name=names.get(key, key),
        number=number,
        share=percent(number, whole),
        width=_width(number, most),
        address=having_address("component", key),
        usual=_usual(lasted),
        singles=_singles(finding.entries_of_part(page, key, LISTED)) if number < ENOUGH else [],
    )


def _causes(page: Page, causes: dict[str, int], whole: int) -> list[Line]:
    said = {key: n for key, n in causes.items() if key != "unknown"}
    most, known = max(said.values(), default=0), sum(said.values())
    return [
        Line(
            name=CAUSE[key],
            number=said[key],
            share=percent(said[key], known),
            width=_width(said[key], most),
            address=having_address("cause", key),
            singles=_singles(finding.entries_with(page, cause=key, limit=LISTED))
            if said[key] < ENOUGH
            else [],
        )
        for key in sorted(said, key=lambda each: (-said[each], CAUSES.index(each)))
    ]


def _lasted(page: Page, classes: dict[str, int]) -> list[Line]:
    most, whole = max(classes.values(), default=0), sum(classes.values())
    return [
        Line(
            name=LASTED[key],
            number=classes.get(key, 0),
            share=percent(classes.get(key, 0), whole),
            width=_width(classes.get(key, 0), most),
            singles=_singles(finding.entries_lasting(page, key, LISTED))
            if 0 < classes.get(key, 0) < ENOUGH
            else [],
        )
        for key in _CLASSES
        if key != LASTING or classes.get(key)
    ]


def _usual(classes: dict[str, int]) -> str:
    """Return the class that holds the middle duration of what is over, "" when too few are."""
    found = middle([(key, classes.get(key, 0)) for key in _CLASSES if key != LASTING])
    return LASTED[found] if found else ""


def _repeats(page: Page) -> list[tuple[Single, Single | None, str]]:
    """Return the newest repeats, each with what it repeats and the parts both hit."""
    rows = finding.repeats(page, LISTED)
    before = finding.entries(page, [each.repeat_of for each in rows])
    found = []
    for row in rows:
        earlier = before.get(row.repeat_of)
        keys = {key for key, _name in earlier.hit} if earlier else set()
        both = [name for key, name in row.hit if key in keys]
        found.append((_single(row), _single(earlier) if earlier else None, ", ".join(both[:3])))
    return found


def _back(page: Page) -> list[Back]:
    promises = queries.kept_promises(page, CAME_BACK, LISTED)
    again = finding.entries(page, [each.came_back_in for each in promises])
    return [
        Back(row, _single(again[row.promise.came_back_in]))
        if row.promise.came_back_in in again
        else Back(row, None)
        for row in promise_rows(page, promises)
    ]


def _singles(entries: Sequence[CatalogueEntry]) -> list[Single]:
    return [_single(each) for each in entries]


def _single(entry: CatalogueEntry) -> Single:
    return Single(
        title=entry.title,
        address=incident_address(entry.incident_id),
        day=day(entry.started_at),
        lasted=_("not over yet") if entry.seconds is None else span_in_words(entry.seconds),
    )


def _width(number: int, most: int) -> int:
    return round(100 * number / most) if most else 0
