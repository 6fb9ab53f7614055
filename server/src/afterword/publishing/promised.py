"""What was promised about an incident and how it stands, folded from its publications. Pure.

Expects what readers get (``corrections.as_read``): a promise made only in a retracted text is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from afterword.publishing.models import Publication
from afterword.publishing.projection import readable_from

OPEN_STATES: Final = frozenset({"planned", "in_progress"})
# Outcomes, as they are counted. A promise is open until it is done, dropped or late. Kept after the
# first day is ``KEPT_MOVED`` where readers had each new day before the old one was over.
OPEN, LATE, KEPT, KEPT_LATE, DROPPED = "open", "late", "kept", "kept_late", "dropped"
KEPT_MOVED: Final = "kept_moved"
OUTCOMES: Final = (LATE, OPEN, KEPT, KEPT_MOVED, KEPT_LATE, DROPPED)
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
    notice: dict[str, Notice] = {}
    for publication, views in telling:
        for view in views:
            due = _day(view.get("due"))
            if due is not None:
                first_due.setdefault(view["id"], due)
                at = readable_from(publication).astimezone(UTC).date()
                notice[view["id"]] = moved(notice.get(view["id"]), due, at)
            if view["id"] not in told or told[view["id"]][0] != view:
                told[view["id"]] = (view, readable_from(publication))
    return [
        _promised(
            place,
            view,
            first_due.get(view["id"]),
            notice.get(view["id"]),
            told[view["id"]][1],
            today,
        )
        for place, view in enumerate(telling[-1][1])
    ]


def turns_late_on(due: date | None, state: str, today: date) -> bool:
    """Whether a promise is open past the day it was due; on that day itself it is not."""
    return state in OPEN_STATES and due is not None and due < today


@dataclass(frozen=True)
class Notice:
    """The day readers had last, and whether they had every later one in time."""

    due: date
    in_time: bool = True


def moved(before: Notice | None, due: date, told_on: date) -> Notice:
    """Return what becomes of the notice when readers are given a day: in time is on the old day at
    the latest, and an earlier one is always.
    """
    if before is None:
        return Notice(due)
    late = due > before.due and told_on > before.due
    return Notice(due, before.in_time and not late)


def _promised(
    place: int,
    view: Mapping[str, Any],
    first_due: date | None,
    notice: Notice | None,
    told_at: datetime,
    today: date,
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
        outcome=_outcome(state, settled_on, first_due, notice, late=late),
    )


def _outcome(
    state: str,
    settled_on: date | None,
    first_due: date | None,
    notice: Notice | None,
    *,
    late: bool,
) -> str:
    """Return how it went. A day that was moved does not make a promise kept in time."""
    if state == "dropped":
        return DROPPED
    if state == "done":
        if not first_due or not settled_on or settled_on <= first_due:
            return KEPT
        told = notice is not None and notice.in_time and settled_on <= notice.due
        return KEPT_MOVED if told else KEPT_LATE
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
