"""What was promised about an incident and how it stands, folded from its publications. Pure.

Expects what readers get (``corrections.as_read``): a promise made only in a retracted text is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from afterword.publishing.models import Publication
from afterword.publishing.projection import readable_from

OPEN_STATES: Final = frozenset({"planned", "in_progress"})
# Outcomes, as they are counted. A promise is open until it is done, dropped or late.
OPEN, LATE, KEPT, KEPT_LATE, DROPPED = "open", "late", "kept", "kept_late", "dropped"
OUTCOMES: Final = (LATE, OPEN, KEPT, KEPT_LATE, DROPPED)
# Whether a kept promise holds: nothing with the same class of cause hit a same part within
# ``HOLD_DAYS`` after the day it was done. Without a known class nobody can say.
WATCHING, HELD, CAME_BACK, UNSURE = "watching", "held", "came_back", "unsure"
HOLD_DAYS: Final = 90


@dataclass(frozen=True)
class Promised:
    """One promise as the newest text that names it has it. Days are UTC.

    ``first_due`` is the day readers were given first, ``told_at`` the instant they could first
    read it as it stands now. ``settled_on`` is the day it was done, or readers told it is dropped.
    """

    place: int
    commitment_id: str
    what: str
    why: str
    effect: str
    mechanism: str
    state: str
    due: date | None
    first_due: date | None
    done_on: date | None
    dropped_because: str
    told_at: datetime
    settled_on: date | None
    is_late: bool
    outcome: str


def promised(shown: Sequence[Publication], *, today: date) -> list[Promised]:
    """Return the promises of one incident, in the order of its newest text that has any."""
    telling = [(each, _views(each)) for each in shown]
    telling = [(each, views) for each, views in telling if views]
    if not telling:
        return []
    first_due: dict[str, date] = {}
    told: dict[str, tuple[Mapping[str, Any], datetime]] = {}
    for publication, views in telling:
        for view in views:
            due = _day(view.get("due"))
            if due is not None:
                first_due.setdefault(view["id"], due)
            if view["id"] not in told or told[view["id"]][0] != view:
                told[view["id"]] = (view, readable_from(publication))
    return [
        _promised(place, view, first_due.get(view["id"]), told[view["id"]][1], today)
        for place, view in enumerate(telling[-1][1])
    ]


def turns_late_on(due: date | None, state: str, today: date) -> bool:
    """Whether a promise is open past the day it was due; on that day itself it is not."""
    return state in OPEN_STATES and due is not None and due < today


def _promised(
    place: int, view: Mapping[str, Any], first_due: date | None, told_at: datetime, today: date
) -> Promised:
    state, due, done_on = str(view.get("state")), _day(view.get("due")), _day(view.get("done_on"))
    settled_on = done_on or told_at.date() if state in {"done", "dropped"} else None
    late = turns_late_on(due, state, today)
    return Promised(
        place=place,
        commitment_id=view["id"],
        what=_text(view, "what"),
        why=_text(view, "why"),
        effect=_text(view, "effect"),
        mechanism=_text(view, "mechanism"),
        state=state,
        due=due,
        first_due=first_due,
        done_on=done_on,
        dropped_because=_text(view, "dropped_because"),
        told_at=told_at,
        settled_on=settled_on,
        is_late=late,
        outcome=_outcome(state, settled_on, first_due, late=late),
    )


def _outcome(state: str, settled_on: date | None, first_due: date | None, *, late: bool) -> str:
    """Return how it went. A day that was moved does not make a promise kept in time."""
    if state == "dropped":
        return DROPPED
    if state == "done":
        return KEPT_LATE if first_due and settled_on and settled_on > first_due else KEPT
    return LATE if late else OPEN


def _views(publication: Publication) -> list[Mapping[str, Any]]:
    found = publication.commitments if isinstance(publication.commitments, list) else []
    return [each for each in found if isinstance(each, Mapping) and each.get("id")]


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None


def _text(view: Mapping[str, Any], name: str) -> str:
    return str(view.get(name) or "")[:500]
