"""What the record of an incident knew and readers were not told: a text that was too small, and
nobody corrected it. Pure.

Nothing is hidden by it that a text says: what readers have is held against what was known, at every
moment since they had their first text with facts.
"""

import json
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from afterword.incidents.record import public_facts
from afterword.trust.larger import PARTS, Facts, larger
from afterword.trust.lookups import Row
from afterword.trust.measure import SECONDS, in_words

SOON: Final = timedelta(days=3)
"""Whoever corrects within it has told in time."""
BEFORE_A_SUMMARY: Final = timedelta(days=14)
"""While the summary is still to come, it is what tells: it is owed in ten business days at most."""


@dataclass(frozen=True)
class Untold:
    """A time in which the record knew more than readers: from ``since`` until ``until`` (None: it
    lasts), told by then (``is_told``) or no longer known. ``by`` is who saved what was known last,
    ``reason`` why it was, "" where nobody said.
    """

    since: datetime
    until: datetime | None
    is_told: bool
    said: str
    by: str
    reason: str
    allowed: timedelta

    def lasted(self, now: datetime) -> timedelta:
        return (self.until or now) - self.since

    def in_full(self, now: datetime) -> str:
        """Say what was known, what was told, and what became of it."""
        waited = in_words(self.lasted(now).total_seconds(), SECONDS)
        if self.until is None:
            return f"{self.said}; not told for {waited}"
        became = "told" if self.is_told else "no longer in the record"
        return f"{self.said}; {became} {waited} later"


def untold(
    versions: Sequence[Row], texts: Sequence[Row], interim: frozenset[str], now: datetime
) -> list[Untold]:
    """Return when the record knew more than the texts on the page, for longer than it may.

    ``texts`` are what is told on the page, with ``record``, the facts that left with each as JSON.
    What was brought from another page told nothing here.
    """
    ours = sorted((t for t in texts if not t["imported"]), key=lambda t: int(t["number"]))
    first = next((t["published_at"] for t in ours if _record(t)), None)
    # Texts leave with what the record knows at that moment: mostly nothing comes after the first.
    if first is None or not any(v["saved_at"] >= first for v in versions):
        return []
    return [each for each in _spans(versions, ours, interim) if each.lasted(now) > each.allowed]


def _spans(
    versions: Sequence[Row], texts: Sequence[Row], interim: frozenset[str]
) -> Iterator[Untold]:
    # At one instant the text comes last: it was checked against the version.
    happened = sorted(
        [*((v["saved_at"], 0, place, v) for place, v in enumerate(versions)),
         *((t["published_at"], 1, int(t["number"]), t) for t in texts)],
        key=lambda each: each[:3],
    )  # fmt: skip
    standing: list[Row] = []
    gone: set[int] = set()
    known: Row | None = None
    facts: Facts = {}
    span: Untold | None = None
    for at, is_text, _, row in happened:
        if is_text:
            if row["weight"] == "retraction":
                gone.add(row["corrects_id"])
            standing = [t for t in [*standing, row] if _stands(t, gone)]
        else:
            known, facts = row, public_facts(json.loads(row["as_text"]))
        told = next((found for t in reversed(standing) if (found := _record(t))), None)
        more = _more(told, facts) if told is not None and known is not None else ""
        if known is None or not (more or span):
            continue
        if not more and span:
            yield replace(span, until=at, is_told=bool(is_text))
            span = None
        elif span is None:
            explained = any(
                t["kind"] == "summary" and t["source_id"] not in interim for t in standing
            )
            allowed = SOON if explained else BEFORE_A_SUMMARY
            span = Untold(at, None, False, more, _by(known), known["reason"], allowed)
        elif more != span.said:
            span = replace(span, said=more, by=_by(known), reason=known["reason"])
    if span:
        yield span


def _stands(text: Row, gone: Set[int]) -> bool:
    """Whether readers have a text, as the ones in ``gone`` were retracted: a retraction leaves
    nothing of what it is about, nor of what is said to correct that, before it or after.
    """
    return text["weight"] != "retraction" and not {text["pk"], text["corrects_id"]} & gone


def _record(text: Row) -> Facts | None:
    found: Facts | None = json.loads(text["record"]) if text["record"] else None
    return found


def _by(version: Row) -> str:
    return version["saved_by__name"] or "Afterword"


def _more(told: Facts, known: Facts) -> str:
    """Return what is known beyond what was told, in words; "" where nothing is."""
    return "; ".join(
        f"parts that no text names: {each.now}"
        if each.name == PARTS
        else f"{each.name}: {each.now} known, {each.was or 'none'} told"
        for each in larger(told, known)
    )
