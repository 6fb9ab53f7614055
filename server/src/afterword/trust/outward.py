"""The report as people outside may read it: every figure unchanged, and no word from inside.

A line of a list says when, which public incident, and a value. Its words are made here from the
value alone, so that no title, note, reason or name that somebody wrote inside can come along.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from afterword.components.models import Page
from afterword.publishing.queries import titles
from afterword.trust.lookups import AT_ONCE
from afterword.trust.measure import DAYS, SECONDS, Item, Measure, in_words
from afterword.trust.measures.promises import FATES
from afterword.trust.report import Report

STAY_INSIDE: Final[Mapping[str, str]] = MappingProxyType({
    "untrue_at_first": "It counts drafts that never left.",
    "override_rate": "It counts what people let through in review.",
    "no_summary_waits": "Nothing was decided yet: a second person has not agreed.",
})  # fmt: skip
"""Measures that nobody outside is shown, good or bad, with why. No page can choose them."""

NO_LIST: Final = frozenset({
    "reader_answered", "repeat_questions", "told_first", "outside_noted", "affected_reached",
    "mailed_beyond", "opt_outs", "lowered", "known_not_told", "told_apart", "recurrence",
    "recurrence_denied", "recurrence_open", "held_back", "promise_age", "time_to_over",
    "completeness", "enlarging_corrections", "retractions",
})  # fmt: skip
"""What is told outside as a figure alone: its list is of people, of notes kept inside, or of
what a day and a title would tell everybody else: texts that went to a few, what is known and not
told, and whether it is the same as another, which readers are told by the summary and by nothing
before it.
"""

NOT_PUBLIC: Final = "An incident that is not on the public page"
_YES_NO: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({
    "words_in_time": ("in time", "late"),
    "closure_in_time": ("in time", "late or missing"),
    "summary_in_time": ("in time", "late or missing"),
    "planned_as_told": (
        "as told", "ran over, called off late, or a part was worse than under maintenance",
    ),
    "coverage": ("closure and summary stand", "one of them is missing"),
    "enlarging_corrections": ("a correction enlarged it", "a text that was published"),
})  # fmt: skip
_TRACES: Final[Mapping[str, str]] = MappingProxyType({
    "no_summary": "decided: no public summary, or less than the rules propose",
    "retractions": "a text was taken back",
    "came_back": "open again after it was said to be over",
    "dropped": "a promise was dropped, or taken back with its text",
    "still_open": "not over yet",
    "short_notice": "readers were told less than a day before",
    "called_off": "said to be over, and never to have begun",
    "told_afterwards": "made public only when it was over",
})  # fmt: skip


def outward(page: Page, made: Report) -> Report:
    """Return the report for people outside the team of the page."""
    shown = [each for each in made.measures if each.code not in STAY_INSIDE]
    traces = [each for each in made.traces if each.code not in STAY_INSIDE]
    every = {item.about for each in (*shown, *traces) for item in each.items} - {""}
    public = _public_titles(page, sorted(every))
    return replace(
        made,
        measures=tuple(_told(each, public) for each in shown),
        traces=tuple(_told(each, public) for each in traces),
    )


def listed(measure: Measure) -> tuple[list[Item], int]:
    """Return the lines of a measure told outside that may be shown, the newest first, and how many
    are about incidents that are not public: those count, and a day alone would tell of them.
    """
    shown = [each for each in measure.items if each.about]
    newest = sorted(shown, key=lambda each: each.at, reverse=True)
    return newest, len(measure.items) - len(shown)


def is_listed(measure: Measure) -> bool:
    """Whether the list behind it may be shown outside."""
    return measure.code not in NO_LIST


def _public_titles(page: Page, names: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for at in range(0, len(names), AT_ONCE):
        found |= titles(page, names[at : at + AT_ONCE])
    return found


def _told(measure: Measure, public: Mapping[str, str]) -> Measure:
    items = tuple(_item(measure, each, public) for each in measure.items)
    return replace(
        measure, items=items, pair=tuple(code for code in measure.pair if code not in STAY_INSIDE)
    )


def _item(measure: Measure, item: Item, public: Mapping[str, str]) -> Item:
    known = item.about if item.about in public else ""
    return Item(
        at=item.at,
        about=known,
        title=public[known] if known else NOT_PUBLIC,
        said=_SAID[measure.kind](measure, item),
        value=item.value,
        is_open=item.is_open,
        part=item.part,
        whole=item.whole,
        group=item.group if item.group in FATES else "",
    )


def _of_a_spread(measure: Measure, item: Item) -> str:
    if item.value is None:
        return "not known"
    at_least = "at least " if item.is_open and measure.unit in {SECONDS, DAYS} else ""
    return at_least + in_words(item.value, measure.unit)


def _of_a_share(measure: Measure, item: Item) -> str:
    if item.group in FATES:
        return item.group
    if not item.whole and not item.part:
        return "not counted"
    yes, no = _YES_NO.get(measure.code, ("", ""))
    return (yes if item.part else no) if yes else f"{item.part:,} of {item.whole:,}"


def _of_a_list(measure: Measure, _: Item) -> str:
    return _TRACES.get(measure.code, "")


_SAID: Final[Mapping[str, Callable[[Measure, Item], str]]] = MappingProxyType(
    {"spread": _of_a_spread, "share": _of_a_share, "list": _of_a_list}
)
