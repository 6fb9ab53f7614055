"""What readers may know of an incident, folded from its publications and from nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from afterword.kit.ids import is_public_id
from afterword.kit.timespans import parse_iso
from afterword.publishing.corrections import (
    TYPO,
    carries_old_title,
    retitled_by,
    title_in,
    weight_of,
    withdrawn_by,
)
from afterword.publishing.models import Audience, Publication, PublicationKind, PublicIncident
from afterword.publishing.reopenings import OVER, as_it_stands, reopening_of

__all__ = [
    "OVER",
    "Derived",
    "called_off",
    "derive",
    "ended_at",
    "facts_shown",
    "on_the_page",
    "places_touched",
    "quarter_of",
    "readable_from",
]
# Best first; a part is shown with the worst it had. Statuspage's order (COMPAT 1.4).
WORSE = (
    "operational",
    "under_maintenance",
    "degraded_performance",
    "partial_outage",
    "major_outage",
)
# Least first: what a day on which several began is called after.
GRAVER = ("maintenance", "none", "minor", "major", "critical")


@dataclass(frozen=True)
class Derived:
    """The columns of a ``PublicIncident``, without its identity. Times are UTC."""

    kind: str
    title: str
    status: str
    impact: str
    started_at: datetime
    resolved_at: datetime | None
    scheduled_for: datetime | None
    scheduled_until: datetime | None
    closed_at: datetime | None
    summarised_at: datetime | None
    newest_at: datetime
    updated_at: datetime
    month: str
    is_open: bool
    called_off: bool
    imported: bool
    facts: dict[str, Any]
    components: list[dict[str, str]]


def on_the_page(publications: Iterable[Publication]) -> list[Publication]:
    """Return what any reader may see, in the order of numbers. A translation says nothing new."""
    seen = (
        p
        for p in publications
        if p.audience != Audience.LIST and p.kind != PublicationKind.TRANSLATION
    )
    return sorted(seen, key=lambda p: p.number)


def derive(publications: Iterable[Publication]) -> Derived | None:
    """Fold the publications of one incident, or return None when the page shows none of them.

    What was retracted counts for nothing but the state the incident was in; a mended spelling is
    no new word.
    """
    shown = on_the_page(publications)
    if not shown:
        return None
    withdrawn = withdrawn_by(shown)
    standing = [p for p in shown if p.pk not in withdrawn]
    state = shown[-1].facts["incident"]
    started_at = parse_iso(state["started_at"])
    is_open = state["status"] not in OVER
    return Derived(
        kind=state["kind"],
        title=state["title"],
        status=state["status"],
        impact=state["impact"],
        started_at=started_at,
        resolved_at=_instant(state.get("resolved_at")),
        scheduled_for=_instant(state.get("scheduled_for")),
        scheduled_until=_instant(state.get("scheduled_until")),
        closed_at=None if is_open else _newest(_since(shown, standing), PublicationKind.CLOSURE),
        summarised_at=_newest(standing, PublicationKind.SUMMARY),
        newest_at=max(p.display_at for p in shown if weight_of(p) != TYPO),
        updated_at=max(readable_from(p) for p in shown),
        month=started_at.astimezone(UTC).strftime("%Y-%m"),
        is_open=is_open,
        called_off=called_off(shown),
        imported=all(p.imported for p in shown),
        facts=facts_shown(shown)[1],
        components=_components(shown),
    )


def called_off(shown: Sequence[Publication]) -> bool:
    """Return whether planned work ended before it was to begin, and no word said that it had begun.

    Statuspage's words know only ``completed`` for that; readers must not take it for work done.
    """
    state = shown[-1].facts["incident"] if shown else {}
    planned, ended = _instant(state.get("scheduled_for")), _instant(state.get("resolved_at"))
    if state.get("status") != "completed" or planned is None or ended is None or ended >= planned:
        return False
    said = {p.facts.get("update", {}).get("status") for p in shown}
    return said.isdisjoint({"in_progress", "verifying"})


def facts_shown(shown: Sequence[Publication]) -> tuple[Publication | None, dict[str, Any]]:
    """Return the facts the page shows, and the publication that told them; (None, {}) for none.

    ``shown``: the publications on the page, in the order of their numbers.
    """
    withdrawn = withdrawn_by(shown)
    for publication in reversed(shown):
        record = publication.facts.get("record")
        if record and publication.pk not in withdrawn:
            standing = as_it_stands(record, publication, reopening_of(shown))
            retitled = retitled_by(shown)
            if retitled is not None and carries_old_title(publication, retitled):
                standing["title"] = title_in(retitled)
            return publication, standing
    return None, {}


def readable_from(publication: Publication) -> datetime:
    """Return when readers could first see it: for an imported one, when the old page showed it."""
    if publication.imported:
        return publication.display_at
    return max(publication.display_at, publication.published_at)


def places_touched(incident_id: str, before: Derived | None, after: Derived) -> set[str]:
    """Return the places of the site whose content a change from ``before`` to ``after`` alters."""
    places = {"index", "api", "embeds", "feeds", f"incident:{incident_id}", f"month:{after.month}"}
    places |= {f"quarter:{quarter_of(each)}" for each in (before, after) if each is not None}
    if "maintenance" in {each.kind for each in (before, after) if each is not None}:
        places.add("maintenance")
    if before is None or before.month != after.month:
        places.add("history")
    if before is not None:
        places.add(f"month:{before.month}")
    return places


def parts_named(components: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the ids of the components an incident touched; what cannot be an id is none."""
    return {str(part["id"]) for part in components if is_public_id(str(part.get("id", "")))}


def day_of(incident: "Derived | PublicIncident") -> date:
    """Return the UTC day an incident began on."""
    return incident.started_at.astimezone(UTC).date()


def gravest(impacts: Iterable[str]) -> str:
    """Return the gravest impact, ``none`` for none at all."""
    return max(
        impacts, key=lambda each: GRAVER.index(each) if each in GRAVER else 0, default="none"
    )


def ended_at(incident: Derived | PublicIncident) -> datetime:
    """Return the instant a history files an incident under: its end, else its newest word."""
    return incident.resolved_at or incident.newest_at


def quarter_of(incident: Derived | PublicIncident) -> str:
    """Return the quarter it ended in, UTC, such as ``2026-q1``."""
    at = ended_at(incident).astimezone(UTC)
    return f"{at.year:04}-q{(at.month + 2) // 3}"


def _newest(shown: Sequence[Publication], kind: PublicationKind) -> datetime | None:
    return max((p.display_at for p in shown if p.kind == kind), default=None)


def _since(shown: Sequence[Publication], standing: Sequence[Publication]) -> list[Publication]:
    """Return what was said since it last came back; a closure from before closes nothing."""
    reopening = reopening_of(shown)
    return [p for p in standing if reopening is None or p.number > reopening.number]


def _components(shown: Sequence[Publication]) -> list[dict[str, str]]:
    worst: dict[str, dict[str, str]] = {}
    for publication in shown:
        for part in publication.facts.get("components", ()):
            known = worst.setdefault(part["id"], dict(part))
            known["name"] = part["name"]
            if _badness(part["status"]) > _badness(known["status"]):
                known["status"] = part["status"]
    return list(worst.values())


def _badness(status: str) -> int:
    return WORSE.index(status) if status in WORSE else 0


def _instant(text: str | None) -> datetime | None:
    return parse_iso(text) if text else None
