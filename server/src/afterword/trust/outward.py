"""The report as people outside may read it: every figure unchanged, and no word from inside.

A line of a list says when, which public incident, and a value. Its words are made here from the
value alone, so that no title, note, reason or name that somebody wrote inside can come along.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from afterword.components.models import Page
from afterword.publishing.models import PublicPromise
from afterword.publishing.queries import promises_by_id, titles
from afterword.site_builder.panel_words import NAME
from afterword.site_builder.places import incident_address
from afterword.site_builder.promise_rows import anchor_of
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

_PEOPLE: Final = (
    "The list behind it is of letters to people, and would tell who got them or wanted no more."
)
_NOTES: Final = "The list behind it is of notes that the team took, and stays inside."
_SAME: Final = "Whether an incident is the same again is told by its summary, and by no list."
_UNTOLD: Final = "The list behind it has what a record named and no text has told."
NO_LIST: Final[Mapping[str, str]] = MappingProxyType({
    "reader_answered": "The list behind it would tell what a few readers answered.",
    "repeat_questions": _NOTES,
    "told_first": _NOTES,
    "outside_noted": _NOTES,
    "affected_reached": _PEOPLE,
    "mailed_beyond": _PEOPLE,
    "opt_outs": _PEOPLE,
    "lowered": "The list behind it is of versions of the record, which stays inside.",
    "recurrence": _SAME,
    "recurrence_denied": _SAME,
    "recurrence_open": _SAME,
    "held_back": "The list behind it is of what waits, and why, and stays inside.",
    "time_to_over": _UNTOLD,
    "known_not_told": _UNTOLD,
    "told_apart": _SAME,
})  # fmt: skip
"""What is told outside as a figure alone, with why its list is not. Everything else has its list,
also where there is too little for a figure: of public incidents, promises and texts.
"""

NOT_PUBLIC: Final = "Something that is not on the public page"
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
    promised = {item.promise for each in (*shown, *traces) for item in each.items} - {""}
    public = Public(
        _public_titles(page, sorted(every)),
        _public_promises(page, sorted(promised)),
        {name: f"#{place}" for place, name in enumerate(sorted(every), 1)},
    )
    return replace(
        made,
        measures=tuple(_told(each, public) for each in shown),
        traces=tuple(_told(each, public) for each in traces),
    )


@dataclass(frozen=True)
class Public:
    """What readers know: titles of incidents and promises, by public id. ``numbers`` stands for
    every incident, known or not: figures need to know what belongs together, and nothing else.
    """

    titles: Mapping[str, str]
    promises: Mapping[str, PublicPromise]
    numbers: Mapping[str, str]


def stay_inside() -> list[tuple[str, str]]:
    """Return the names of the measures that nobody outside is shown, with why."""
    return [(NAME[code], why) for code, why in STAY_INSIDE.items()]


def listed(measure: Measure) -> tuple[list[Item], int]:
    """Return the lines of a measure told outside that may be shown, the newest first, and how many
    are left out: not public, or of a text that went to a few. Those count, and a day alone would
    tell of them.
    """
    shown = [each for each in measure.items if each.about]
    newest = sorted(shown, key=lambda each: each.at, reverse=True)
    return newest, len(measure.items) - len(shown)


def is_listed(measure: Measure) -> bool:
    """Whether the list behind it may be shown outside."""
    return measure.code not in NO_LIST


def unlisted(measure: Measure) -> str:
    """Return why it has no list outside; "" where it has one, or where there is nothing to list."""
    return NO_LIST.get(measure.code, "") if measure.items else ""


def _public_titles(page: Page, names: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for at in range(0, len(names), AT_ONCE):
        found |= titles(page, names[at : at + AT_ONCE])
    return found


def _public_promises(page: Page, names: list[str]) -> dict[str, PublicPromise]:
    found: dict[str, PublicPromise] = {}
    for at in range(0, len(names), AT_ONCE):
        found |= promises_by_id(page, names[at : at + AT_ONCE])
    return found


def _told(measure: Measure, public: Public) -> Measure:
    items = tuple(_item(measure, each, public) for each in measure.items)
    return replace(
        measure, items=items, pair=tuple(code for code in measure.pair if code not in STAY_INSIDE)
    )


def _item(measure: Measure, item: Item, public: Public) -> Item:
    promise = public.promises.get(item.promise)
    is_known = item.about in public.titles and not item.is_for_few
    if item.promise and promise is None:
        is_known = False
    known = item.about if is_known else ""
    title = public.titles[known] if known else NOT_PUBLIC
    # What was taken back has no words, and is called by its incident.
    named = promise if known and promise is not None and promise.what else None
    return Item(
        at=item.at,
        about=known,
        title=named.what if named else title,
        promise=named.commitment_id if named else "",
        of=item.promise or public.numbers.get(item.about, ""),
        void=item.void,
        address=_address(known, named),
        said=_SAID[measure.kind](measure, item),
        value=item.value,
        is_open=item.is_open,
        part=item.part,
        whole=item.whole,
        group=item.group if item.group in FATES else "",
    )


def _address(incident_id: str, promise: PublicPromise | None) -> str:
    """Return where readers find it on the page, "" for what is not there."""
    if not incident_id:
        return ""
    anchor = f"#{anchor_of(promise.commitment_id)}" if promise else ""
    return incident_address(incident_id) + anchor


def _of_a_spread(measure: Measure, item: Item) -> str:
    if item.value is None:
        return item.void or "not known"
    at_least = "at least " if item.is_open and measure.unit in {SECONDS, DAYS} else ""
    return at_least + in_words(item.value, measure.unit)


def _of_a_share(measure: Measure, item: Item) -> str:
    if item.group in FATES:
        return item.group
    if not item.whole and not item.part:
        return item.void or "not counted"
    yes, no = _YES_NO.get(measure.code, ("", ""))
    return (yes if item.part else no) if yes else f"{item.part:,} of {item.whole:,}"


def _of_a_list(measure: Measure, _: Item) -> str:
    return _TRACES.get(measure.code, "")


_SAID: Final[Mapping[str, Callable[[Measure, Item], str]]] = MappingProxyType(
    {"spread": _of_a_spread, "share": _of_a_share, "list": _of_a_list}
)
