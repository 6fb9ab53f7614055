"""The day a first closure may promise: the one the clock of the summary names already."""

from datetime import datetime
from typing import Final

from afterword.incidents.clocks import ClockFacts, clocks
from afterword.incidents.models import Incident, Outcome
from afterword.incidents.queries import case_of, latest_decision
from afterword.kit.timespans import long_utc

_BLANK: Final = "what we are changing by [blank: date and time, UTC]"


def with_day_of_summary(body: str, incident: Incident, now: datetime) -> str:
    """Return a closure's draft with the day its summary is due, for people to keep or to change.

    Left blank where no summary was decided, where its time is over, and without a case.
    """
    decision = latest_decision(incident)
    if decision is not None and decision.outcome == Outcome.NONE:
        return body
    running = clocks(incident, case_of(incident), incident.severity, ClockFacts())
    due = next((clock.due_at for clock in running if clock.name == "summary"), None)
    if due is None or due <= now:
        return body
    return body.replace(_BLANK, f"what we are changing by {long_utc(due)}", 1)
