"""What is owed by when after an incident. Pure; all times UTC, business days Monday to Friday.

The spans are our policy defaults. A clock that runs out is shown and counted; nothing is ever
published because of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from afterword.incidents.models import Case, Incident, Outcome, Status

CLOSURE_SPAN: Final = {1: timedelta(minutes=30), 2: timedelta(minutes=60)}
INTERIM_SPAN: Final = {1: timedelta(hours=24)}
INTERIM_BUSINESS_DAYS: Final = {2: 2}
SUMMARY_BUSINESS_DAYS: Final = {1: 3, 2: 5, 3: 10, 4: 10}
FOLLOW_UP_BUSINESS_DAYS: Final = {1: 1}
SLA_BUSINESS_DAYS: Final = 5
REVIEW_BUSINESS_DAYS: Final = {1: 3, 2: 5, 3: 10, 4: 10}
MONITORING_REMINDER: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Promise:
    """A public promise: due at the end of its day; ``kept_at`` None while it is open."""

    name: str
    due: date
    kept_at: datetime | None = None


@dataclass(frozen=True)
class ClockFacts:
    """What the other rooms know. Times are when the thing was published or sent.

    ``review_at`` is when a second person found the internal review final.
    """

    closure_at: datetime | None = None
    interim_at: datetime | None = None
    summary_at: datetime | None = None
    follow_up_at: datetime | None = None
    sla_result_at: datetime | None = None
    last_update_at: datetime | None = None
    cause_confirmed: bool = False
    outcome: str | None = None
    follow_up_owed: bool = False
    sla_owed: bool = False
    review_owed: bool = False
    review_at: datetime | None = None
    promises: Sequence[Promise] = ()


@dataclass(frozen=True)
class Clock:
    """One thing owed by ``due_at``; ``met_at`` is when it was done, None while it is not."""

    name: str
    due_at: datetime
    met_at: datetime | None = None

    def missed(self, now: datetime) -> bool:
        """Whether it was done late, or is not done though its time is over."""
        return (self.met_at or now) > self.due_at


def clocks(incident: Incident, case: Case | None, severity: int, facts: ClockFacts) -> list[Clock]:
    """Return every clock of an incident, in the order in which they run out.

    ``severity`` is 1 (worst) to 4 and may differ from the incident's. Without a case only the
    hourly reminder during monitoring runs.
    """
    found = list(_while_monitoring(incident, facts))
    if case is not None and incident.resolved_at is not None:
        found += owed_after(incident.resolved_at, severity, facts)
    found += [Clock(f"promise: {p.name}", end_of_day(p.due), p.kept_at) for p in facts.promises]
    return sorted(found, key=lambda clock: (clock.due_at, clock.name))


def add_business_days(moment: datetime, days: int) -> datetime:
    """Return the same clock time ``days`` business days later; a weekend counts from Monday 00:00.

    Public holidays are not known here and count as business days.
    """
    at = moment
    if at.weekday() >= 5:
        at = datetime.combine(at.date(), time(), at.tzinfo) + timedelta(days=7 - at.weekday())
    weeks, rest = divmod(days, 5)
    over_a_weekend = at.weekday() + rest > 4
    return at + timedelta(days=7 * weeks + rest + (2 if over_a_weekend else 0))


def end_of_day(day: date) -> datetime:
    """Return the last second of a day, UTC."""
    return datetime.combine(day, time(23, 59, 59), UTC)


def _while_monitoring(incident: Incident, facts: ClockFacts) -> Sequence[Clock]:
    if incident.status != Status.MONITORING:
        return ()
    last = facts.last_update_at or incident.updated_at
    return (Clock("still monitoring", last + MONITORING_REMINDER),)


def owed_after(recovered: datetime, severity: int, facts: ClockFacts) -> list[Clock]:
    """Return the clocks that start when an incident with a case is over."""
    span = CLOSURE_SPAN.get(severity)
    if span is not None:
        closure_due = recovered + span
    else:
        closure_due = end_of_day(add_business_days(recovered, 1).date())
    found = [Clock("closure", closure_due, facts.closure_at)]
    if facts.outcome != Outcome.NONE:
        found += _summary(recovered, severity, facts)
    if facts.follow_up_owed:
        days = FOLLOW_UP_BUSINESS_DAYS.get(severity, 2)
        found.append(Clock("follow-up", add_business_days(recovered, days), facts.follow_up_at))
    if facts.sla_owed:
        due = add_business_days(recovered, SLA_BUSINESS_DAYS)
        found.append(Clock("service level result", due, facts.sla_result_at))
    if facts.review_owed:
        due = add_business_days(recovered, REVIEW_BUSINESS_DAYS[severity])
        found.append(Clock("internal review", due, facts.review_at))
    return found


def _summary(recovered: datetime, severity: int, facts: ClockFacts) -> list[Clock]:
    found = []
    if not facts.cause_confirmed:
        met = facts.interim_at or facts.summary_at
        if severity in INTERIM_SPAN:
            found.append(Clock("interim summary", recovered + INTERIM_SPAN[severity], met))
        elif severity in INTERIM_BUSINESS_DAYS:
            due = add_business_days(recovered, INTERIM_BUSINESS_DAYS[severity])
            found.append(Clock("interim summary", due, met))
    due = add_business_days(recovered, SUMMARY_BUSINESS_DAYS[severity])
    return [*found, Clock("summary", due, facts.summary_at)]
