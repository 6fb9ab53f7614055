"""One incident of a period as several measures need it: when it was over, how grave, what it got.

Pure. Whatever may have been made to look better afterwards is taken at its worst: the gravest
severity it ever had, the first time it was said to be over, the most that was ever proposed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from afterword.incidents import decision
from afterword.incidents.clocks import ClockFacts, owed_after
from afterword.incidents.models import Outcome
from afterword.incidents.smaller import Asked
from afterword.kit.numbers import number
from afterword.trust.made_smaller import asked_on
from afterword.trust.rows import Row, Rows

RANK: Final = {each: place for place, each in enumerate(decision.RANK)}
OWED: Final = frozenset({Outcome.SUMMARY, Outcome.SHORT})


@dataclass(frozen=True)
class Seen:
    """``over_at``: the first time in the period it was said to be over, and ``first_over_at`` the
    first time ever, from which a summary is owed, once. ``severity`` 1 to 4.

    ``decided`` is the decision in force (None: none yet), ``owed`` whether the table ever asked for
    a summary, on any version of the record (None: nobody has decided). Times of texts are those of
    the first that came after ``first_over_at``, whatever became of it; ``closure_stands`` and
    ``summary_stands`` say whether one is on the page now, of closures one since it came back last:
    an earlier one says that something is over which was not.
    """

    pk: int
    about: str
    title: str
    over_at: datetime
    first_over_at: datetime
    severity: int
    decided: Row | None
    owed: bool | None
    closure_at: datetime | None
    summary_at: datetime | None
    closure_stands: bool
    summary_stands: bool
    due: dict[str, datetime]


def seen(rows: Rows) -> list[Seen]:
    """Return the incidents of the period, the one over first at the front."""
    if "seen" not in rows.derived:
        found = [_seen(rows, pk) for pk in rows.incidents]
        rows.derived["seen"] = sorted(found, key=lambda each: (each.over_at, each.pk))
    incidents: list[Seen] = rows.derived["seen"]
    return incidents


def recoveries(rows: Rows, pk: int) -> list[tuple[datetime, datetime | None]]:
    """Return each time within the period it was said to be over, with when it came back, if so."""
    began, ended = rows.period.began, rows.period.ended
    return [each for each in recoveries_ever(rows, pk) if began <= each[0] < ended]


def recoveries_ever(rows: Rows, pk: int) -> list[tuple[datetime, datetime | None]]:
    """Return each time it was said to be over at all, with when it came back, if so."""
    known: dict[int, list[tuple[datetime, datetime | None]]] = rows.derived.setdefault("over", {})
    if pk not in known:
        known[pk] = _recoveries(rows, pk)
    return known[pk]


def _recoveries(rows: Rows, pk: int) -> list[tuple[datetime, datetime | None]]:
    turns = sorted(rows.turns.get(pk, ()), key=lambda each: each["at"])
    found = []
    for place, turn in enumerate(turns):
        if not turn["came_back"]:
            back = next((t["at"] for t in turns[place + 1 :] if t["came_back"]), None)
            found.append((turn["at"], back))
    return found


def texts_after(rows: Rows, pk: int, kind: str, after: datetime) -> list[Row]:
    """Return the public texts of a kind since an instant, interim ones left out, oldest first."""
    found = [
        each
        for each in rows.told.get(pk, ())
        if each["kind"] == kind
        and each["published_at"] >= after
        and each["source_id"] not in rows.interim
    ]
    return sorted(found, key=lambda each: int(each["number"]))


def closure_between(
    rows: Rows, pk: int, over_at: datetime, back: datetime | None
) -> datetime | None:
    """Return when the first closure left after it was over and before it came back, if one did."""
    found = [text["published_at"] for text in texts_after(rows, pk, "closure", over_at)]
    return next((at for at in found if back is None or at < back), None)


Over = tuple[Seen, datetime, datetime | None, datetime | None]


def closures(rows: Rows) -> list[Over]:
    """Return each time within the period an incident was said to be over, with when it came back,
    and when the first closure left before that, if so.
    """
    if "closures" not in rows.derived:
        rows.derived["closures"] = [
            (each, over_at, back, closure_between(rows, each.pk, over_at, back))
            for each in seen(rows)
            for over_at, back in recoveries(rows, each.pk)
        ]
    found: list[Over] = rows.derived["closures"]
    return found


def withdrawn(rows: Rows, pk: int) -> frozenset[int]:
    """Return the keys of the publications that were retracted."""
    return frozenset(
        each["corrects_id"] for each in rows.told.get(pk, ()) if each["weight"] == "retraction"
    )


def in_force(decisions: Sequence[Row], by: datetime | None = None) -> Row | None:
    """Return the newest decision that everybody it needs agreed to, by an instant if one is given.

    ``decisions`` come in the order they were made in.
    """
    agreed = [
        each
        for each in decisions
        if (at := _agreed_at(each)) is not None and (by is None or at <= by)
    ]
    return max(reversed(agreed), key=lambda each: each["decided_at"], default=None)


def _agreed_at(decision: Row) -> datetime | None:
    alone = decision["second_person_id"] is None
    at: datetime | None = decision["decided_at"] if alone else decision["confirmed_at"]
    return at


def was_declined(rows: Rows, pk: int, by: datetime) -> bool:
    """Whether "no summary" was in force at an instant. What is decided later undoes no clock."""
    decided = in_force(rows.decisions.get(pk, ()), by)
    return decided is not None and decided["outcome"] == Outcome.NONE


def is_asked_for(each: "Seen") -> bool:
    """Whether the table ever asked for a summary, somebody chose one, or one came."""
    chosen = each.decided is not None and each.decided["outcome"] != Outcome.NONE
    return bool(each.owed) or chosen or each.summary_at is not None


def worst_severity(rows: Rows, pk: int) -> int:
    """Return the gravest severity the incident ever had, 1 (worst) to 4."""
    said = [number(each["severity"]) for each in rows.versions.get(pk, ())]
    said += [each["severity"] for each in rows.turns.get(pk, ())]
    incident = rows.incidents.get(pk) or rows.going_on[pk]
    said += [incident["severity"], number(incident["worst"])]
    return min(each for each in said if each is not None and 1 <= each <= 4)


def asked(rows: Rows, pk: int) -> list[Asked]:
    """Return what the decision table asked for on each version of the record."""
    every: dict[int, list[Asked]] = rows.derived.setdefault("asked", {})
    if pk not in every:
        every[pk] = asked_on(rows.versions.get(pk, ()), rows.first_word.get(pk))
    return every[pk]


def _seen(rows: Rows, pk: int) -> Seen:
    incident, severity = rows.incidents[pk], worst_severity(rows, pk)
    gone, turns = withdrawn(rows, pk), rows.turns.get(pk, ())
    first_over_at = min(turn["at"] for turn in turns if not turn["came_back"])
    closures = texts_after(rows, pk, "closure", first_over_at)
    # What was explained once is explained, in whichever period it is over again.
    summaries = texts_after(rows, pk, "summary", first_over_at)
    since_back = max([first_over_at, *(turn["at"] for turn in turns if turn["came_back"])])
    decisions = rows.decisions.get(pk, ())
    most = max((RANK.get(each["proposed"], 0) for each in decisions), default=None)
    if most == 0:
        # A record that was made smaller before anybody decided lowers nothing that was owed.
        most = max([0, *(each.rank for each in asked(rows, pk))])
    return Seen(
        pk=pk,
        about=incident["public_id"],
        title=incident["title"],
        over_at=recoveries(rows, pk)[0][0],
        first_over_at=first_over_at,
        severity=severity,
        decided=in_force(decisions),
        owed=None if most is None else most > 0,
        closure_at=closures[0]["published_at"] if closures else None,
        summary_at=summaries[0]["published_at"] if summaries else None,
        closure_stands=any(
            each["pk"] not in gone and each["published_at"] >= since_back for each in closures
        ),
        summary_stands=any(each["pk"] not in gone for each in summaries),
        due=due_times(first_over_at, severity),
    )


def closure_due(each: Seen, over_at: datetime) -> datetime:
    """Return by when a closure is owed after one time it was over."""
    if over_at == each.first_over_at:
        return each.due["closure"]
    return due_times(over_at, each.severity)["closure"]


def due_times(over_at: datetime, severity: int) -> dict[str, datetime]:
    """Return by when closure and summary are owed after an incident was over, by name."""
    return {each.name: each.due_at for each in owed_after(over_at, severity, _EXPLAINED)}


_EXPLAINED: Final = ClockFacts(cause_confirmed=True)
