"""By when readers are owed the next word about something that is going on. Pure; times UTC.

What was promised counts. Without a promise, silence has a limit: half an hour while all is down or
nobody knows the cause, an hour while much is down or while it is only watched. These spans are our
defaults, after the cadence that public guides to incident communication advise.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from afterword.incidents.clocks import MONITORING_REMINDER
from afterword.incidents.models import Impact, Incident, Kind, Status, Update
from afterword.kit.timespans import parse_iso

WHILE_CRITICAL: Final = timedelta(minutes=30)
WHILE_MAJOR: Final = timedelta(minutes=60)
WHILE_INVESTIGATING: Final = timedelta(minutes=30)
# A word takes a few minutes to write; half an hour would be ignored as too early.
ALARM_AHEAD: Final = timedelta(minutes=10)
FIRST_WORD: Final = timedelta(minutes=15)

Because: TypeAlias = Literal["promised", "monitoring", "silence", "end", "beginning"]


@dataclass(frozen=True)
class NextWord:
    """The next word is due at ``at``. ``because`` names what makes it due."""

    at: datetime
    because: Because

    @property
    def alarm_at(self) -> datetime:
        """Since when the team is to be alarmed: ahead of what was promised, else once it is due."""
        return self.at - ALARM_AHEAD if self.because == "promised" else self.at


def promised_word(update: Update) -> datetime | None:
    """Return by when an update promised readers the next one, None when it did not."""
    at = update.extra.get("next_update_at")
    return parse_iso(at) if at else None


def next_word(incident: Incident, newest: Update | None) -> NextWord | None:
    """Return when the next word is due, None when nothing makes it due.

    ``newest`` is the newest update; planned work is due at the times it was planned for.
    """
    if incident.is_over:
        return None
    if newest is not None and (promised := promised_word(newest)) is not None:
        return NextWord(promised, "promised")
    if incident.kind == Kind.MAINTENANCE:
        return _planned(incident)
    said = newest.display_at if newest else incident.created_at
    if incident.status == Status.MONITORING:
        return NextWord(said + MONITORING_REMINDER, "monitoring")
    spans = [
        span
        for applies, span in (
            (incident.impact == Impact.CRITICAL, WHILE_CRITICAL),
            (incident.status == Status.INVESTIGATING, WHILE_INVESTIGATING),
            (incident.impact == Impact.MAJOR, WHILE_MAJOR),
        )
        if applies
    ]
    return NextWord(said + min(spans), "silence") if spans else None


def _planned(work: Incident) -> NextWord | None:
    if work.status == Status.SCHEDULED:
        return NextWord(work.scheduled_for, "beginning") if work.scheduled_for else None
    return NextWord(work.scheduled_until, "end") if work.scheduled_until else None


def first_word_late(incident: Incident, first: Update | None) -> timedelta | None:
    """Return how long readers waited for the first word, if that was more than 15 minutes."""
    if first is None or incident.kind == Kind.MAINTENANCE:
        return None
    waited = first.display_at - incident.started_at
    return waited if waited > FIRST_WORD else None
