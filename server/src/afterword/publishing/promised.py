"""What was promised about an incident and how it stands, folded from its publications. Pure.

Two things count differently once a text is retracted. Its words are gone, and so is what it said of
a promise being kept; the days it gave stay, or a retraction would give a promise a new first day.

A promise is kept when readers could read that it is done. The day somebody says it was done on is
shown beside that and keeps nothing: it is a word about the past, from whom it makes look good.

It is measured by the earliest day readers were ever given: a day that is put off takes nothing off
the first one, and a day that is brought forward binds as soon as readers have it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from afterword.publishing.corrections import withdrawn_by
from afterword.publishing.models import Publication
from afterword.publishing.projection import readable_from

OPEN_STATES: Final = frozenset({"planned", "in_progress"})
SETTLED_STATES: Final = frozenset({"done", "dropped"})
# Outcomes, as they are counted, by the earliest day readers were given.
OPEN: Final = "open"
LATE: Final = "late"
# Not done, the earliest day over, and the day readers have now is to come.
MOVED: Final = "moved"
KEPT: Final = "kept"
# Done on the earliest day or before it, as was said only after it.
KEPT_TOLD: Final = "kept_told"
# Done by a later day, and readers had each new day before the old one was over.
KEPT_MOVED: Final = "kept_moved"
KEPT_LATE: Final = "kept_late"
DROPPED: Final = "dropped"
# Made only in texts that were retracted since.
TAKEN_BACK: Final = "taken_back"
# Done before readers had any day to hold it to: a report, and no promise that could be broken.
NO_DAY: Final = "no_day"
OUTCOMES: Final = (
    LATE, MOVED, OPEN, KEPT, KEPT_TOLD, KEPT_MOVED, KEPT_LATE, DROPPED, TAKEN_BACK, NO_DAY,
)  # fmt: skip
STILL_OPEN: Final = (OPEN, MOVED)
# What a share of kept promises is a share of. What is late for ever stays in it.
DECIDED: Final = frozenset(OUTCOMES) - {OPEN, NO_DAY}
# Whether a kept promise holds: nothing with the same class of cause hit a same part within
# ``HOLD_DAYS`` after the day it was done. Without a known class nobody can say.
WATCHING, HELD, CAME_BACK, UNSURE = "watching", "held", "came_back", "unsure"
HOLD_DAYS: Final = 90


@dataclass(frozen=True)
class Promised:
    """One promise as the newest text that names it has it. Days are UTC.

    ``first_due`` is the earliest of all days readers were given, ``told_at`` the instant they could
    first read it as it stands now. ``settled_on`` is the day they were told it is done, or dropped.
    ``moves`` says how often they were given a later day, by ``days_moved`` days in all, and
    ``moved_in_time`` whether each time before the old day was over.
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
    moves: int
    days_moved: int
    moved_in_time: bool


@dataclass(frozen=True)
class Word:
    """What one text said of one promise, on the day (UTC) readers got it. ``stands``: the text was
    not retracted since.
    """

    state: str
    due: date | None
    done_on: date | None
    told_on: date
    stands: bool = True


@dataclass(frozen=True)
class Course:
    """How a promise went, as readers were told it. ``state`` is "" where no word of it stands.

    ``first_due`` is the earliest day they were given, by which it is judged. ``runs_out`` is the
    day whose figures it belongs to: the same, or the day they read a day that was over already, as
    no figure of the past may change. That holds for the day in their first word, too.
    """

    state: str
    first_due: date | None
    runs_out: date | None
    due: date | None
    done_on: date | None
    settled_on: date | None
    moves: int
    days_moved: int
    moved_in_time: bool

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


def course(words: Sequence[Word]) -> Course:
    """Return how a promise went; ``words`` are all that readers had of it, oldest first."""
    standing = [each for each in words if each.stands]
    last = standing[-1] if standing else None
    days = [each for each in words if each.state in OPEN_STATES and each.due is not None]
    due = days[0].due if days else None
    moves = days_moved = 0
    in_time = True
    for word in days:
        if due is None or word.due is None:
            continue
        if word.due > due:
            moves += 1
            days_moved += (word.due - due).days
            # A notice that was taken back is none.
            in_time = in_time and word.stands and word.told_on <= due
        due = word.due
    return Course(
        state=last.state if last else "",
        first_due=min((word.due for word in days if word.due), default=None),
        runs_out=_runs_out(days),
        due=due,
        done_on=last.done_on if last and last.state == "done" else None,
        settled_on=_settled_on(standing),
        moves=moves,
        days_moved=days_moved,
        moved_in_time=in_time,
    )


def _runs_out(days: Sequence[Word]) -> date | None:
    """Return the day whose figures a promise belongs to; ``days`` are its words that gave one."""
    return min((max(word.due, word.told_on) for word in days if word.due), default=None)


def _settled_on(standing: Sequence[Word]) -> date | None:
    """Return since when readers are told nothing but that it is done, or dropped."""
    found = None
    for word in reversed(standing):
        if word.state not in SETTLED_STATES or word.state != standing[-1].state:
            break
        found = word.told_on
    return found


def outcome_of(went: Course, today: date) -> str:
    """Return how it went, as it is counted. A day that was moved keeps no promise in time."""
    if not went.state:
        return TAKEN_BACK
    if went.state == "dropped":
        return DROPPED
    if went.state == "done":
        return _kept(went)
    if went.due is not None and went.due < today:
        return LATE
    return MOVED if went.first_due is not None and went.first_due < today else OPEN


def _kept(went: Course) -> str:
    first, told = went.first_due, went.settled_on
    if first is None or told is None:
        return NO_DAY
    if told <= first:
        return KEPT
    if went.done_on is not None and went.done_on <= first:
        return KEPT_TOLD
    in_time = went.moved_in_time and went.due is not None and told <= went.due
    return KEPT_MOVED if in_time else KEPT_LATE


def promised(shown: Sequence[Publication], *, today: date) -> list[Promised]:
    """Return the promises of one incident, in the order of its newest text that has any, after them
    any that this one no longer names, at last those that were taken back, without their words.

    Expects what was put on the page (``projection.on_the_page``), also what was retracted since.
    """
    withdrawn = withdrawn_by(shown)
    told: dict[str, list[_Said]] = {}
    order: list[str] = []
    for publication in shown:
        views = _views(publication)
        stands = publication.pk not in withdrawn
        for view in views:
            told.setdefault(view["id"], []).append(
                _Said(view, readable_from(publication), stands=stands)
            )
        if views and stands:
            order = [each["id"] for each in views]
    standing = [each for each in told if any(said.stands for said in told[each])]
    order += [each for each in standing if each not in order]
    order += [each for each in told if each not in order]
    return [_promised(place, key, told[key], today) for place, key in enumerate(order)]


@dataclass(frozen=True)
class _Said:
    view: Mapping[str, Any]
    at: datetime
    stands: bool

    @property
    def word(self) -> Word:
        return Word(
            state=_text(self.view, "state")[:16] or "unknown",
            due=_day(self.view.get("due")),
            done_on=_day(self.view.get("done_on")),
            told_on=self.at.astimezone(UTC).date(),
            stands=self.stands,
        )


def _promised(place: int, key: str, said: Sequence[_Said], today: date) -> Promised:
    went = course([each.word for each in said])
    outcome = outcome_of(went, today)
    standing = [each for each in said if each.stands]
    view: Mapping[str, Any] = standing[-1].view if standing else {}
    told_at = said[-1].at if not standing else standing[-1].at
    for each in reversed(standing):
        if each.view != view:
            break
        told_at = each.at
    return Promised(
        place=place,
        commitment_id=key,
        what=_text(view, "what"),
        why=_text(view, "why"),
        effect=_text(view, "effect"),
        mechanism=_text(view, "mechanism"),
        state=went.state,
        due=went.due if went.is_open else _day(view.get("due")),
        first_due=went.first_due,
        done_on=went.done_on,
        dropped_because=_text(view, "dropped_because"),
        told_at=told_at,
        settled_on=went.settled_on,
        is_late=outcome == LATE,
        outcome=outcome,
        moves=went.moves,
        days_moved=went.days_moved,
        moved_in_time=went.moved_in_time,
    )


def turned(outcome: str, due: date | None, first_due: date | None, today: date) -> str:
    """Return what becomes of an open promise by a day being over; on that day itself nothing."""
    if outcome not in STILL_OPEN:
        return outcome
    if due is not None and due < today:
        return LATE
    return MOVED if first_due is not None and first_due < today else outcome


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
