"""What needs saying now, across all cases and incidents, the most pressing first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from afterword.accounts.models import Person
from afterword.commitments import queries as commitments
from afterword.components.models import Page
from afterword.desk.acts import Act, act_for, act_for_written
from afterword.desk.case_view import CaseView, gather, waits_for
from afterword.desk.shell import may_do
from afterword.incidents import queries as incidents
from afterword.incidents.clocks import MONITORING_REMINDER, end_of_day
from afterword.incidents.models import Incident, Kind, Status
from afterword.kit.timespans import format_span

PROMISES_AHEAD = timedelta(days=14)
WITHOUT_CASE_AFTER = timedelta(days=120)
MOST_CASES = 50


@dataclass(frozen=True)
class Item:
    """One thing owed: ``what`` in a few words, ``why`` in a sentence, one act, maybe a clock."""

    kind: str
    what: str
    why: str
    incident: Incident
    act: Act | None
    due_at: datetime | None = None

    def late(self, now: datetime) -> bool:
        return self.due_at is not None and self.due_at < now


def items_for(page: Page, person: Person, now: datetime) -> list[Item]:
    """Return what is owed, by when it runs out; what has no clock comes after what has."""
    may = may_do(person)
    found = [*_live(page, now), *_promises(page, now)]
    for case in incidents.cases_open(page)[:MOST_CASES]:
        view = gather(page, case.incident, now)
        if may["review"]:
            found += _reviews(view, person)
        found += _steps(view, person)
    return sorted(found, key=lambda i: (i.due_at is None, i.due_at or now, i.kind != "review"))


def without_case(page: Page, now: datetime) -> list[Incident]:
    """Return recent incidents that are over and have no case: imported ones, mostly."""
    recent = incidents.recent_incidents(page, limit=100)
    known = {case.incident_id for case in incidents.cases_of(recent)}
    return [
        one
        for one in recent
        if one.is_over
        and one.kind == Kind.INCIDENT
        and one.pk not in known
        and (one.resolved_at or one.started_at) > now - WITHOUT_CASE_AFTER
    ]


def _live(page: Page, now: datetime) -> Iterator[Item]:
    for incident in incidents.open_incidents(page):
        last = incidents.updates_of(incident)[-1:]
        said = max(int((now - last[0].display_at).total_seconds()), 0) if last else None
        why = (
            "No word has been said yet." if said is None else f"Last word {format_span(said)} ago."
        )
        monitored = incident.status == Status.MONITORING and bool(last)
        yield Item(
            "live",
            "Resolve it, or say that you are still watching" if monitored else "Say what you know",
            why,
            incident,
            Act("Post an update", reverse("desk:incident", args=[incident.public_id])),
            last[0].display_at + MONITORING_REMINDER if monitored else None,
        )


def _reviews(view: CaseView, person: Person) -> Iterator[Item]:
    for written in waits_for(view, person):
        kind = written.statement.kind
        clock = next((c for c in view.clocks if c.name == kind and c.met_at is None), None)
        name = written.statement.get_kind_display().lower()
        author = written.newest.author.name if written.newest.author else "Afterword"
        yield Item(
            "review",
            f"Review the {name}",
            f"{author} asks for a second pair of eyes.",
            view.incident,
            act_for_written(written, person),
            clock.due_at if clock else None,
        )


def _steps(view: CaseView, person: Person) -> Iterator[Item]:
    """Yield what is due, and what is approved and only waits to be published."""
    for step in view.steps:
        act = act_for(step, view, person)
        ready = act is not None and act.label.startswith("Publish ")
        if step.state != "due" and not ready:
            continue
        clock = view.clock_of(step)
        yield Item(
            "ready" if ready else step.where,
            (act.label if ready and act else _WHAT.get(step.where, step.name)),
            "Approved; only publishing is left." if ready else step.why,
            view.incident,
            act,
            clock.due_at if clock else None,
        )


_WHAT = {
    "closure": "Close it in public",
    "decision": "Decide whether a summary is due",
    "record": "Complete the record",
    "summary": "Write the summary",
    "commitments": "Promise what will change",
    "postmortem": "Write the internal review",
    "follow_up": "Decide who needs more than the page",
    "published": "Look at what was published",
}


def _promises(page: Page, now: datetime) -> Iterator[Item]:
    for promise in commitments.open_promises(page):
        if promise.due is None or end_of_day(promise.due) > now + PROMISES_AHEAD:
            continue
        where = reverse("desk:commitment", args=[promise.incident.public_id, promise.public_id])
        yield Item(
            "promise",
            "Keep a promise",
            promise.what,
            promise.incident,
            Act("Say how it stands", where),
            end_of_day(promise.due),
        )
