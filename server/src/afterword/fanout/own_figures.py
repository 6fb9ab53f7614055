"""What a letter says of its recipient alone, in sentences of the active language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext

from afterword.components.uptime import midnight
from afterword.kit.languages import (
    instant_in_words,
    month_in_words,
    number,
    percent,
    span_in_words,
)
from afterword.kit.timespans import parse_iso
from afterword.postbox.lines import one_line

MOST_LINES = 8
# What fills one mark of a letter is cut at 200 characters; the sentence needs its end.
_LONGEST_NAME, _LONGEST_LOSS = 60, 120


@dataclass(frozen=True)
class Section:
    """Sentences that are the recipient's own; ``title`` is the account they are about, empty where
    the letter is about no more than one.
    """

    title: str
    lines: tuple[str, ...]


def own_sections(
    accounts: Sequence[Mapping[str, Any]], what: str, zone: str, at: datetime
) -> list[Section]:
    """Return the sentences about each account's figures, those with the most to say first; see
    ``own_lines``.
    """
    if len(accounts) < 2:
        lines = own_lines(accounts[0] if accounts else {}, what, zone, at)
        return [Section("", tuple(lines))] if lines else []
    found = [
        Section(one_line(each.get("account", ""), _LONGEST_NAME), tuple(lines))
        for each in accounts
        if (lines := own_lines(each, "", zone, at))
    ]
    # Letters of one shape share their words, so those of one length stand together.
    return sorted(found, key=lambda each: -len(each.lines))


def shape_of(sections: Iterable[Section]) -> str:
    """Return how many lines the sections have, as ``5``, or for several ``7x2.6``: two of seven
    lines and one of six. It stays short however many there are.
    """
    runs = [(length, len(list(run))) for length, run in groupby(len(s.lines) for s in sections)]
    return ".".join(f"{length}x{times}" if times > 1 else f"{length}" for length, times in runs)


def lengths_in(shape: str) -> list[int]:
    """Return the lengths that ``shape_of`` wrote down."""
    lengths: list[int] = []
    for run in filter(None, shape.split(".")):
        length, _, times = run.partition("x")
        lengths += [int(length)] * int(times or 1)
    return lengths


def lines_of(sections: Iterable[Section]) -> list[str]:
    """Return the sentences of all sections, in order."""
    return [line for each in sections for line in each.lines]


def own_lines(figures: Mapping[str, Any], what: str, zone: str, at: datetime) -> list[str]:
    """Return the sentences about an account's figures (``followups.figures``) and about which of
    the recipient's data is concerned; empty for somebody of whom nothing is known.

    Times stand in ``zone`` (IANA). ``at`` is when the letter is published: a month that is not
    over by then may still change.
    """
    lines = [*_of_data(what), *_of_the_incident(figures, zone), *_of_the_contract(figures, at)]
    return lines[:MOST_LINES]


def _of_data(what: str) -> Iterator[str]:
    if what:
        yield gettext("Of yours, this is concerned: %(what)s") % {"what": what}


def _of_the_incident(figures: Mapping[str, Any], zone: str) -> Iterator[str]:
    if "seconds" in figures:
        yield gettext("For %(account)s it began %(began)s and ended %(ended)s: %(span)s.") % {
            "account": one_line(figures["account"], _LONGEST_NAME),
            "began": instant_in_words(parse_iso(figures["began"]), zone),
            "ended": instant_in_words(parse_iso(figures["ended"]), zone),
            "span": span_in_words(figures["seconds"]),
        }
    if "failed" in figures:
        yield gettext("Of your actions, %(number)s failed.") % {"number": number(figures["failed"])}
    if "loss" in figures:
        yield gettext("You told us of this loss: %(loss)s") % {
            "loss": one_line(figures["loss"], _LONGEST_LOSS)
        }


def _of_the_contract(figures: Mapping[str, Any], at: datetime) -> Iterator[str]:
    if "target" not in figures:
        return
    year, month = (int(part) for part in figures["month"].split("-"))
    first = date(year, month, 1)
    named = {"month": month_in_words(first)}
    over = midnight(date(year + month // 12, month % 12 + 1, 1)) <= at
    down = {"span": span_in_words(figures["month_seconds"])}
    # Lists that an older version froze do not say whether all of the month is known.
    if not figures.get("month_known", figures.get("parts_known")):
        yield gettext("Your downtime in %(month)s, as far as it is known: %(span)s.") % (
            named | down
        )
    elif over:
        yield gettext("Your downtime in %(month)s: %(span)s.") % (named | down)
    else:
        yield gettext("Your downtime in %(month)s so far: %(span)s.") % (named | down)
    yield _level(figures, over) % (named | _shares(figures))
    if figures["missed"]:
        yield gettext("The agreed level was missed.")
    elif over and figures["missed"] is False:
        yield gettext("The agreed level was kept.")
    if "credit" in figures:
        yield gettext("Your credit: %(credit)s of the fee for %(month)s. You need not ask.") % (
            named | {"credit": percent(float(figures["credit"]))}
        )


def _level(figures: Mapping[str, Any], over: bool) -> str:
    """Return the sentence that says no more of the level reached than is known of it."""
    if "reached_at_most" in figures:
        return gettext("Agreed for %(month)s: %(target)s. Reached at most: %(reached)s.")
    if "reached" not in figures:
        return gettext(
            "Agreed for %(month)s: %(target)s. What was reached is not known: we do not know what "
            "other incidents of that month did to you."
        )
    if over:
        return gettext("Agreed for %(month)s: %(target)s. Reached: %(reached)s.")
    return gettext(
        "Agreed for %(month)s: %(target)s. Reached if nothing more happens: %(reached)s."
    )


def _shares(figures: Mapping[str, Any]) -> dict[str, str]:
    reached = figures.get("reached", figures.get("reached_at_most"))
    return {
        "target": percent(float(figures["target"])),
        "reached": "" if reached is None else percent(float(reached)),
    }
