"""What the page says and the record no longer does: in words, with both figures side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from afterword.incidents.facts_at_hand import Fact, facts_at_hand
from afterword.incidents.record import public_facts
from afterword.publishing.models import Publication, PublicationKind
from afterword.publishing.projection import facts_shown, on_the_page

_UNTOLD: tuple[Any, ...] = (None, "", "unknown", [], {})


@dataclass(frozen=True)
class Differs:
    """One fact told otherwise; words are empty where there are none."""

    label: str
    told: str
    known: str

    @property
    def sentence(self) -> str:
        """``How long: the page says 5 hours, the record 6 hours.``"""
        known = f"the record {self.known}" if self.known else "the record does not know"
        return f"{self.label}: the page says {self.told or 'something'}, {known}."


@dataclass(frozen=True)
class Drift:
    """Where the page and the record part. ``told_by`` is the publication whose facts it shows."""

    told_by: Publication | None = None
    differing: tuple[Differs, ...] = ()
    is_there: bool = False

    @property
    def kind(self) -> str:
        """The kind of text that told it, inside a sentence; "" without drift."""
        if not self.is_there or self.told_by is None:
            return ""
        return str(PublicationKind(self.told_by.kind).label).lower()

    @property
    def first(self) -> Differs | None:
        """The fact that readers ask for first among those that differ."""
        return self.differing[0] if self.differing else None

    @property
    def sentence(self) -> str:
        if not self.differing:
            return "The record says something else than the page."
        more = len(self.differing) - 1
        return self.differing[0].sentence + (f" And {more} more." if more else "")


def drift_of(publications: Sequence[Publication], data: Mapping[str, Any]) -> Drift:
    """Compare the facts the page shows with the record as it is now.

    What was told as unknown is not contradicted by knowing it now.
    """
    told_by, told = facts_shown(on_the_page(publications))
    if told_by is None or told_by.imported:
        return Drift()
    known = public_facts(data)
    if not contradicts(told, known):
        return Drift(told_by)
    return Drift(told_by, tuple(_differing(told, known)), is_there=True)


def contradicts(told: Any, known: Any) -> bool:
    """Whether what was told is no longer what is known.

    Something told as unknown is not contradicted by knowing it now; everything else is by a
    different value.
    """
    if told in _UNTOLD:
        return False
    if isinstance(told, Mapping):
        other = known if isinstance(known, Mapping) else {}
        return any(contradicts(value, other.get(key)) for key, value in told.items())
    if isinstance(told, list) and isinstance(known, list):
        return any(
            contradicts(one, known[place] if place < len(known) else None)
            for place, one in enumerate(told)
        )
    return bool(told != known)


def _differing(told: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[Differs]:
    """Yield the facts whose words differ, in the order readers ask for them."""
    now = {fact.label: fact for fact in facts_at_hand(known)}
    for fact in facts_at_hand(told):
        other = now.get(fact.label, Fact(fact.label, ""))
        if fact.words and fact.words != other.words:
            yield Differs(fact.label, fact.words, other.words or _without_label(fact.label, now))


def _without_label(label: str, now: Mapping[str, Fact]) -> str:
    """Say what became of data that was safe as a whole and is told effect by effect now."""
    if label != "Data":
        return ""
    said = [fact for name, fact in now.items() if name.startswith("Data: ")]
    return ", ".join(f"{f.label.removeprefix('Data: ')} {f.words or 'unknown'}" for f in said)
