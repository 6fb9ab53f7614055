"""What a review holds: words, a timeline, factors, names. One value, checked and merged. Pure.

A timeline entry says when (UTC), what happened, what was known or seen then, and where that is
known from. A factor is one of several conditions that had to come together. Both have an id of
their own, so that two people can work on different ones at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Final, TypeVar

from afterword.kit.ids import new_public_id
from afterword.kit.texts import legible, text_problem
from afterword.kit.timespans import iso_utc, parse_iso

MAX_BODY: Final = 200_000
MAX_SECTION: Final = 20_000
MAX_ENTRY: Final = 2_000
MAX_SOURCE: Final = 300
MAX_ENTRIES: Final = 300
MAX_FACTORS: Final = 40
MAX_NAMES: Final = 200
MAX_NAME: Final = 120

MILESTONES: Final = {
    "began": "Impact began",
    "detected": "Noticed",
    "declared": "Declared",
    "mitigated": "Mitigated",
    "resolved": "Resolved",
}
"""What durations are counted between, in the order in which they come."""
ENTRY_KINDS: Final = MILESTONES | {
    "seen": "Seen",
    "done": "Done",
    "said": "Said in public",
    "change": "A change",
    "other": "Other",
}
FACTOR_KINDS: Final = {
    "technical": "Technical",
    "process": "Process",
    "detection": "Detection",
    "communication": "Communication",
    "knowledge": "Knowledge",
    "organisation": "Organisation",
    "external": "External",
}
SECTIONS: Final = {
    "went_well": "What went well",
    "luck": "Where we were lucky",
    "hard": "What was hard",
}
NAME_KINDS: Final = {"people": "person", "hosts": "host", "tickets": "ticket",
                     "customers": "customer"}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. ``at`` is ISO 8601 in UTC; ``origin`` where it was filled from."""

    id: str
    at: str
    kind: str
    what: str
    known: str = ""
    source: str = ""
    origin: str = ""

    @property
    def moment(self) -> datetime:
        return parse_iso(self.at)

    @property
    def label(self) -> str:
        return ENTRY_KINDS.get(self.kind, self.kind)


@dataclass(frozen=True)
class Factor:
    """One condition without which it would not have happened, or not so badly."""

    id: str
    kind: str
    text: str

    @property
    def label(self) -> str:
        return FACTOR_KINDS.get(self.kind, self.kind)


@dataclass(frozen=True)
class Content:
    """Everything of a review that is saved as one revision; the timeline is sorted by time."""

    body: str = ""
    went_well: str = ""
    luck: str = ""
    hard: str = ""
    timeline: tuple[Entry, ...] = ()
    factors: tuple[Factor, ...] = ()
    people: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    tickets: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == Content()

    def as_parts(self) -> dict[str, Any]:
        """Return what is stored beside the body."""
        found = {k: v for k, v in asdict(self).items() if k != "body"}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in found.items()}

    def texts(self) -> Iterator[str]:
        """Yield every text of it, for what must find all of its words."""
        yield self.body
        yield from (getattr(self, name) for name in SECTIONS)
        for entry in self.timeline:
            yield from (entry.what, entry.known, entry.source)
        yield from (factor.text for factor in self.factors)
        yield from (name for kind in NAME_KINDS for name in getattr(self, kind))

    def milestone(self, kind: str) -> Entry | None:
        """Return the first entry of a kind, None when there is none."""
        return next((each for each in self.timeline if each.kind == kind), None)


def content_of(body: str, parts: Mapping[str, Any]) -> Content:
    """Return what was stored; a review from before there were parts has only its body."""
    plain: dict[str, Any] = {name: str(parts.get(name) or "") for name in SECTIONS}
    plain |= {kind: tuple(parts.get(kind) or ()) for kind in NAME_KINDS}
    return Content(
        body=body,
        timeline=tuple(Entry(**each) for each in parts.get("timeline") or ()),
        factors=tuple(Factor(**each) for each in parts.get("factors") or ()),
        **plain,
    )


@dataclass
class _Problems:
    """What is wrong, by path; ``clean`` gives a text as it is stored."""

    found: dict[str, str] = field(default_factory=dict)

    def clean(self, text: object, path: str, limit: int, *, single_line: bool = False) -> str:
        if not isinstance(text, str):
            self.found[path] = "must be text"
            return ""
        clean = legible(text).strip()
        if problem := text_problem(clean, limit=limit, single_line=single_line):
            self.found[path] = problem
        return clean


def checked(content: Content) -> tuple[Content, dict[str, str]]:
    """Return the content tidied and sorted, and what is wrong with it: path → problem.

    Paths are ``body``, ``timeline[0].at`` by the order given, ``factors[2].text`` and so on. New
    entries and factors get an id; those without a word are dropped.
    """
    problems = _Problems()
    plain: dict[str, Any] = {
        name: problems.clean(getattr(content, name), name, MAX_SECTION) for name in SECTIONS
    }
    plain |= {k: _checked_names(getattr(content, k), k, problems) for k in NAME_KINDS}
    timeline = [
        entry
        for number, each in enumerate(content.timeline)
        if (entry := _checked_entry(each, number, problems)) is not None
    ]
    factors = [
        factor
        for number, each in enumerate(content.factors)
        if (factor := _checked_factor(each, number, problems)) is not None
    ]
    if len(timeline) > MAX_ENTRIES:
        problems.found["timeline"] = f"has {len(timeline)} entries; the limit is {MAX_ENTRIES}"
    if len(factors) > MAX_FACTORS:
        problems.found["factors"] = f"has {len(factors)} factors; the limit is {MAX_FACTORS}"
    tidied = Content(
        body=problems.clean(content.body, "body", MAX_BODY),
        timeline=tuple(sorted(timeline, key=_by_time)),
        factors=tuple(factors),
        **plain,
    )
    return tidied, problems.found


def _by_time(entry: Entry) -> tuple[str, int, str]:
    order = list(ENTRY_KINDS)
    return entry.at, order.index(entry.kind) if entry.kind in order else len(order), entry.id


def _checked_entry(entry: Entry, number: int, problems: _Problems) -> Entry | None:
    path = f"timeline[{number}]"
    what = problems.clean(entry.what, f"{path}.what", MAX_ENTRY)
    known = problems.clean(entry.known, f"{path}.known", MAX_ENTRY)
    source = problems.clean(entry.source, f"{path}.source", MAX_SOURCE, single_line=True)
    if not (what or known):
        return None
    if not what:
        problems.found[f"{path}.what"] = "is empty; say what happened then"
    at = ""
    try:
        at = iso_utc(parse_iso(entry.at))
    except (TypeError, ValueError):
        problems.found[f"{path}.at"] = "needs a time, as in 2026-03-04 08:12 (UTC)"
    if entry.kind not in ENTRY_KINDS:
        problems.found[f"{path}.kind"] = "is not known"
    return replace(
        entry, id=entry.id or new_public_id(), at=at, what=what, known=known, source=source
    )


def _checked_factor(factor: Factor, number: int, problems: _Problems) -> Factor | None:
    path = f"factors[{number}]"
    text = problems.clean(factor.text, f"{path}.text", MAX_ENTRY)
    if not text:
        return None
    if factor.kind not in FACTOR_KINDS:
        problems.found[f"{path}.kind"] = "is not known"
    return replace(factor, id=factor.id or new_public_id(), text=text)


def _checked_names(names: Sequence[str], path: str, problems: _Problems) -> tuple[str, ...]:
    clean = [problems.clean(each, path, MAX_NAME, single_line=True) for each in names]
    kept = tuple(dict.fromkeys(each for each in clean if each))
    if len(kept) > MAX_NAMES:
        problems.found[path] = f"has {len(kept)} names; the limit is {MAX_NAMES}"
    return kept


_Row = TypeVar("_Row", Entry, Factor)


@dataclass(frozen=True)
class Merged:
    """Two people's work in one: ``clashes`` names what both changed, and mine stands there."""

    content: Content
    clashes: tuple[str, ...] = ()


def merged(base: Content, mine: Content, theirs: Content) -> Merged:
    """Return mine and theirs in one, both having begun with the base.

    What only one of us changed is taken as it was changed, entry by entry. Where both did, mine
    stands in the result; theirs is in its own revision. What one removed and the other changed is
    kept.
    """
    clashes: list[str] = []
    taken: dict[str, Any] = {}
    for name in ("body", *SECTIONS, *NAME_KINDS):
        was: Any = getattr(base, name)
        here: Any = getattr(mine, name)
        there: Any = getattr(theirs, name)
        if here in (was, there):
            taken[name] = there
        elif there == was:
            taken[name] = here
        elif name in NAME_KINDS:
            taken[name] = tuple(dict.fromkeys((*there, *here)))
        else:
            taken[name] = here
            clashes.append(name)
    timeline, both = _merged_rows(base.timeline, mine.timeline, theirs.timeline)
    clashes += ["timeline"] if both else []
    factors, both = _merged_rows(base.factors, mine.factors, theirs.factors)
    clashes += ["factors"] if both else []
    in_order = tuple(sorted(timeline, key=_by_time))
    return Merged(Content(**taken, timeline=in_order, factors=factors), tuple(clashes))


def _merged_rows(
    base: Sequence[_Row], mine: Sequence[_Row], theirs: Sequence[_Row]
) -> tuple[tuple[_Row, ...], bool]:
    was: dict[str, _Row] = {each.id: each for each in base}
    here: dict[str, _Row] = {each.id: each for each in mine}
    there: dict[str, _Row] = {each.id: each for each in theirs}
    kept: list[_Row] = []
    clash = False
    for key in dict.fromkeys((*there, *here)):
        old, own, other = was.get(key), here.get(key), there.get(key)
        if own == other:
            chosen = own
        elif own == old:
            chosen = other
        elif other == old:
            chosen = own
        else:
            chosen = own or other
            clash = clash or (own is not None and other is not None)
        if chosen is not None:
            kept.append(chosen)
    return tuple(kept), clash
