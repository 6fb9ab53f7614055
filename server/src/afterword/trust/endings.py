"""When the impact of an incident ended as its record has it, and when readers were told. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from afterword.trust.incidents_seen import due_times, recoveries, seen, worst_severity
from afterword.trust.lookups import instant
from afterword.trust.rows import Row, Rows


@dataclass(frozen=True)
class Ending:
    """One time an incident was over, or is as its record has it.

    ``at`` says which period it belongs to: when readers were told, or else the end that the record
    names. ``ended_at`` is the earliest end of the impact that any version of the record named for
    that time (None: none did), ``over_at`` when readers were told, None where they have not been.
    """

    at: datetime
    pk: int
    about: str
    title: str
    severity: int
    ended_at: datetime | None
    over_at: datetime | None

    def waited(self, now: datetime) -> float | None:
        """Seconds from the end to the word, so far where it has not come; None: not known. Where
        it came before the end, nobody waited for it.
        """
        if self.ended_at is None:
            return None
        return max(((self.over_at or now) - self.ended_at).total_seconds(), 0.0)

    @property
    def due_at(self) -> datetime | None:
        """By when the closure would be due if its clock ran from the end; None: not known."""
        if self.ended_at is None:
            return None
        return due_times(self.ended_at, self.severity)["closure"]


def endings(rows: Rows) -> list[Ending]:
    """Return each time in the period that readers were told it is over, and of what goes on what
    ended in the period as its record has it.
    """
    if "endings" not in rows.derived:
        rows.derived["endings"] = [*_told(rows), *_not_told(rows)]
    found: list[Ending] = rows.derived["endings"]
    return found


def _told(rows: Rows) -> Iterator[Ending]:
    for each in seen(rows):
        backs = sorted(turn["at"] for turn in rows.turns[each.pk] if turn["came_back"])
        for over_at, back in recoveries(rows, each.pk):
            began = max((at for at in backs if at < over_at), default=None)
            yield Ending(
                at=over_at, pk=each.pk, about=each.about, title=each.title, severity=each.severity,
                ended_at=_ended(rows, each.pk, began, back), over_at=over_at,
            )  # fmt: skip


def _not_told(rows: Rows) -> Iterator[Ending]:
    for pk, incident in rows.going_on.items():
        turns = sorted(rows.turns.get(pk, ()), key=lambda turn: turn["at"])
        if turns and not turns[-1]["came_back"]:
            continue
        ended = _ended(rows, pk, turns[-1]["at"] if turns else None, None)
        if ended is not None and rows.period.began <= ended < rows.until:
            yield Ending(
                at=ended, pk=pk, about=incident["public_id"], title=incident["title"],
                severity=worst_severity(rows, pk), ended_at=ended, over_at=None,
            )  # fmt: skip


def _ended(rows: Rows, pk: int, began: datetime | None, back: datetime | None) -> datetime | None:
    """Return the earliest end that a version of the record ever named for one time of trouble,
    which lies between when it came back and when it came back again.
    """
    found = (_end_of(version) for version in rows.versions.get(pk, ()))
    return min(
        (
            at
            for at in found
            if at is not None and (began is None or at >= began) and (back is None or at < back)
        ),
        default=None,
    )


def _end_of(version: Row) -> datetime | None:
    return instant(version["impact_ended"])
