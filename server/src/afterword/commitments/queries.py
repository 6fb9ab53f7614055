from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q

from afterword.commitments.models import Commitment, CommitmentChange, CommitmentState
from afterword.commitments.states import OPEN
from afterword.components.models import Page
from afterword.incidents.models import Incident
from afterword.kit.asking import asked_once, grouped, know
from afterword.kit.errors import NotFound


@asked_once
def of_incident(incident: Incident) -> list[Commitment]:
    """Return the promises of an incident, oldest first."""
    return list(Commitment.objects.filter(incident=incident))


def of_incidents(incidents: Sequence[Incident]) -> dict[int, list[Commitment]]:
    """Return the promises of several incidents by the key of each, oldest first."""
    found = Commitment.objects.filter(incident__in=[each.pk for each in incidents])
    return grouped(found, lambda each: each.incident_id)


def know_about(incidents: Sequence[Incident]) -> None:
    """Ask at once for the promises of each incident, and for how they changed."""
    found = list(Commitment.objects.filter(incident__in=[each.pk for each in incidents]))
    of = grouped(found, lambda each: each.incident_id)
    changes = CommitmentChange.objects.filter(commitment__in=[each.pk for each in found])
    changed = grouped(changes, lambda each: each.commitment_id)
    for one in incidents:
        know(of_incident, one, answer=of[one.pk])
    for each in found:
        know(changes_of, each, answer=changed[each.pk])


def by_public_id(public_id: str) -> Commitment:
    """Return the promise. Raises NotFound."""
    found = Commitment.objects.filter(public_id=public_id).select_related("incident__page").first()
    if found is None:
        raise NotFound(f"There is no promise {public_id!r}.")
    return found


def public_view(commitment: Commitment) -> dict[str, Any]:
    """Return what readers may know of a promise: no owner, no tracker. Dates are ISO, or None."""
    return {
        "id": commitment.public_id,
        "what": commitment.what,
        "why": commitment.why,
        "effect": commitment.effect,
        "mechanism": commitment.mechanism,
        "state": commitment.state,
        "due": commitment.due.isoformat() if commitment.due else None,
        "done_on": commitment.done_on.isoformat() if commitment.done_on else None,
        "dropped_because": commitment.dropped_because,
    }


def open_promises(page: Page) -> list[Commitment]:
    """Return the promises not yet kept or dropped, the one due first at the front."""
    found = Commitment.objects.filter(incident__page=page, state__in=OPEN)
    rows = list(found.select_related("incident"))
    return sorted(rows, key=lambda c: (c.due or date.max, c.created_at, c.pk))


def due_between(page: Page, first: date, last: date) -> list[Commitment]:
    """Return the promises not yet kept or dropped that are due on these days (UTC), both counted,
    with their incidents and changes, the one due first at the front.
    """
    found = Commitment.objects.filter(
        incident__page=page, state__in=OPEN, due__gte=first, due__lte=last
    )
    rows = found.select_related("incident").prefetch_related("changes")
    return list(rows.order_by("due", "created_at", "pk"))


def done_or_taken_back_since(page: Page, since: datetime) -> list[Commitment]:
    """Return the promises that became done since then, or were done and are not any more, with
    their incidents, the oldest first.
    """
    done = Q(after__state=CommitmentState.DONE) | Q(before__state=CommitmentState.DONE)
    moved = CommitmentChange.objects.filter(done, changed_at__gte=since).values("commitment")
    found = Commitment.objects.filter(incident__page=page, pk__in=moved)
    return list(found.select_related("incident__page").order_by("created_at", "pk"))


def day_given_on(commitment: Commitment) -> date:
    """Return on which day (UTC) the promise was given the day it is due now."""
    moved = [each for each in commitment.changes.all() if each.before["due"] != each.after["due"]]
    return (moved[-1].changed_at if moved else commitment.created_at).astimezone(UTC).date()


def put_off(commitment: Commitment) -> tuple[int, int]:
    """Return how often the promise was given a later day, told or not, and by how many days."""
    days = [
        (date.fromisoformat(each.before["due"]), date.fromisoformat(each.after["due"]))
        for each in changes_of(commitment)
        if each.before["due"] and each.after["due"]
    ]
    later = [(after - before).days for before, after in days if after > before]
    return len(later), sum(later)


def is_overdue(commitment: Commitment, today: date) -> bool:
    """Whether an open promise is past its day (UTC)."""
    return commitment.state in OPEN and commitment.due is not None and commitment.due < today


@asked_once
def changes_of(commitment: Commitment) -> list[CommitmentChange]:
    """Return what was changed, when and why, oldest first."""
    return list(CommitmentChange.objects.filter(commitment=commitment))
