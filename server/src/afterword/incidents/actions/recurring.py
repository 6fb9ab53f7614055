"""Whether an incident is an earlier one again: asked of a person, who says so by name."""

from datetime import UTC, datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.incidents.actions.record import put_record
from afterword.incidents.models import Incident, Recurrence
from afterword.incidents.queries import current_record, recurrence_between
from afterword.incidents.record import starting_record
from afterword.kit.errors import BadInput
from afterword.kit.texts import optional_text

MIN_REASON = 10


def judge_recurrence(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    earlier: Incident,
    is_same: bool,
    reason: str = "",
) -> Recurrence:
    """Say that an incident has the cause of an earlier one, or that it has not, and why.

    The newest word counts; the same again writes nothing. The record of the later one gains the
    earlier, or loses it, so that the decision, the check and the summary go by it: approvals given
    before are void. "Not the same" needs a reason of 10
    characters: readers will see two alike. Raises BadInput, also for incidents of two pages or in
    the wrong order.
    """
    require(actor, "edit_record", page=incident.page_id)
    reason = optional_text(reason, field="reason", limit=1000, single_line=False)
    if incident.page_id != earlier.page_id or incident.pk == earlier.pk:
        raise BadInput("Compare two incidents of this page.", {"earlier": "is no other incident"})
    if earlier.started_at >= incident.started_at:
        raise BadInput("The earlier one must have begun before.", {"earlier": "began later"})
    if not is_same and len(reason) < MIN_REASON:
        raise BadInput(
            f"Say in {MIN_REASON} characters or more why it is not the same cause.",
            {"reason": f"needs {MIN_REASON} characters or more"},
        )
    with transaction.atomic():
        Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
        before = recurrence_between(incident, earlier)
        if before and (before.is_same, before.reason) == (is_same, reason):
            return before
        found = Recurrence(
            incident=incident,
            earlier=earlier,
            is_same=is_same,
            reason=reason,
            decided_by=actor if isinstance(actor, Person) else None,
            decided_at=now,
        )
        found.save(force_insert=True)
        _into_the_record(actor, now, incident, earlier, is_same=is_same)
        record_act(
            actor=actor, verb="incidents.judge_recurrence",
            subject=f"incident:{incident.public_id}", now=now,
            detail={"earlier": earlier.public_id, "is_same": is_same},
        )  # fmt: skip
    return found


def _into_the_record(
    actor: Actor, now: datetime, incident: Incident, earlier: Incident, *, is_same: bool
) -> None:
    record = current_record(incident)
    data = dict(record.data if record else starting_record(incident))
    entry = previous_entry(earlier)
    others = [each for each in data.get("previous") or [] if dict(each) != entry]
    data["previous"] = [*others, entry] if is_same else others
    put_record(actor=actor, now=now, incident=incident, data=data)


def previous_entry(earlier: Incident) -> dict[str, str]:
    """Return how the record of a later incident names this one: its day (UTC) and its title."""
    return {"date": earlier.started_at.astimezone(UTC).date().isoformat(), "title": earlier.title}
