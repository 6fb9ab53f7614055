from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.commitments.models import (
    Commitment,
    CommitmentChange,
    CommitmentState,
    Mechanism,
)
from afterword.commitments.states import OPEN, may_follow
from afterword.incidents.models import Incident
from afterword.kit.errors import BadInput, WrongState
from afterword.kit.texts import optional_text, optional_web_address, required_text
from afterword.kit.timespans import year_problem

_TRACKED = ("state", "due", "done_on", "dropped_because")


def promise(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    what: str,
    why: str,
    effect: str,
    mechanism: str,
    due: date | None = None,
    state: str = CommitmentState.PLANNED,
    owner_name: str = "",
    tracker_url: str = "",
    done_on: date | None = None,
) -> Commitment:
    """Make a public promise: what changes, why it matters here, how it lowers the risk.

    An open promise needs a day it is due (UTC), today or later; one made as done needs
    ``done_on``, today by default, never later and not before the incident. Owner and tracker stay
    inside. Raises BadInput.
    """
    require(actor, "promise", page=incident.page_id)
    texts = {
        name: required_text(text, field=name, limit=500)
        for name, text in (("what", what), ("why", why), ("effect", effect))
    }
    if mechanism not in Mechanism.values:
        raise BadInput(
            "Say how it lowers the risk: prevent, detect, limit or recover.",
            {"mechanism": "not known"},
        )
    if state not in CommitmentState.values or state == CommitmentState.DROPPED:
        raise BadInput(
            "A promise begins as planned, in progress or done.", {"state": "cannot begin so"}
        )
    if state == CommitmentState.DONE:
        since = min(incident.started_at, now).astimezone(UTC).date()
        done_on = _checked_done(done_on or now.date(), now.date(), since, "the incident began")
    elif done_on is not None:
        raise BadInput("A promise that is open has no day it was done.", {"done_on": "not yet"})
    elif due is None:
        raise BadInput("Give the day it is due; readers will look.", {"due": "is missing"})
    else:
        _refuse_past(due, now.date())
    _refuse_year(due, "due")
    with transaction.atomic():
        _hold(incident.pk)
        commitment = Commitment(
            incident=incident,
            **texts,
            mechanism=mechanism,
            state=state,
            due=due,
            done_on=done_on,
            owner_name=optional_text(owner_name, field="owner_name", limit=120),
            tracker_url=optional_web_address(
                tracker_url, field="tracker_url", what="The tracker link"
            ),
            created_at=now,
        )
        commitment.save(force_insert=True)
        record_act(
            actor=actor, verb="commitments.promise",
            subject=f"commitment:{commitment.public_id}", now=now,
            detail={"incident": incident.public_id, "state": state},
        )  # fmt: skip
    return commitment


def change(
    *,
    actor: Actor,
    now: datetime,
    commitment: Commitment,
    state: str | None = None,
    due: date | None = None,
    note: str = "",
    dropped_because: str = "",
    done_on: date | None = None,
) -> Commitment:
    """Move a promise on, or to another day; what it was before is kept with the note.

    None leaves a fact as it is. A new day needs a note saying why; dropping needs a reason, which
    readers see. ``done_on`` goes with becoming done: today by default; an earlier day, back to the
    one the promise was made or last said not to be done, needs a note saying why it is told only
    now. Nothing new writes nothing. Raises BadInput, and WrongState for a step that cannot follow.
    """
    require(actor, "promise", page=commitment.incident.page_id)
    note = optional_text(note, field="note", limit=500)
    because = optional_text(dropped_because, field="dropped_because", limit=500)
    with transaction.atomic():
        _hold(commitment.incident_id)
        commitment.refresh_from_db(
            from_queryset=Commitment.objects.select_for_update(of=("self",), no_key=True)
        )
        before = _tracked(commitment)
        if state is not None and state != commitment.state:
            _move(commitment, state, because, now)
            if state == CommitmentState.DONE:
                commitment.done_on = _when_done(commitment, done_on, note, now.date())
        if done_on is not None and done_on != commitment.done_on:
            raise BadInput(
                "The day it was done is said once, when the promise becomes done.",
                {"done_on": "only goes with becoming done"},
            )
        if due is not None and due != commitment.due:
            _put_off(commitment, due, note, now.date())
        if commitment.state in OPEN and commitment.due is None:
            raise BadInput("Give the day it is due; readers will look.", {"due": "is missing"})
        after = _tracked(commitment)
        if after == before:
            return commitment
        commitment.save(update_fields=list(_TRACKED))
        CommitmentChange(
            commitment=commitment,
            before=before,
            after=after,
            note=note,
            changed_by=actor if isinstance(actor, Person) else None,
            changed_at=now,
        ).save(force_insert=True)
        record_act(
            actor=actor, verb="commitments.change",
            subject=f"commitment:{commitment.public_id}", now=now,
            detail={
                "changed": sorted(k for k in after if after[k] != before[k]),
                **_backdated(before, commitment, now.date()),
            },
        )  # fmt: skip
    return commitment


def _hold(incident_id: int) -> None:
    """Wait for a text of the incident that is just leaving: it carries the promises approved."""
    list(Incident.objects.select_for_update(no_key=True).filter(pk=incident_id).values_list("pk"))


def _move(commitment: Commitment, state: str, because: str, now: datetime) -> None:
    if state not in CommitmentState.values:
        raise BadInput(f"{state!r} is no state of a promise.", {"state": "not known"})
    if not may_follow(commitment.state, state):
        raise WrongState(
            f"A promise that is {commitment.get_state_display().lower()} cannot become "
            f"{CommitmentState(state).label.lower()}; make a new one."
        )
    if state == CommitmentState.DROPPED and not because:
        raise BadInput(
            "Say why the promise is dropped; readers will see it.",
            {"dropped_because": "is missing"},
        )
    commitment.state = state
    commitment.done_on = now.date() if state == CommitmentState.DONE else None
    commitment.dropped_because = because if state == CommitmentState.DROPPED else ""


def _put_off(commitment: Commitment, due: date, note: str, today: date) -> None:
    if commitment.state not in OPEN:
        raise WrongState("Only an open promise has a day to move.")
    _refuse_past(due, today)
    _refuse_year(due, "due")
    if commitment.due is not None and not note:
        raise BadInput("Say why the day changes.", {"note": "is missing"})
    commitment.due = due


def _tracked(commitment: Commitment) -> dict[str, Any]:
    return {
        "state": str(commitment.state),
        "due": commitment.due.isoformat() if commitment.due else None,
        "done_on": commitment.done_on.isoformat() if commitment.done_on else None,
        "dropped_because": commitment.dropped_because,
    }


def _when_done(commitment: Commitment, day: date | None, note: str, today: date) -> date:
    """Return the day it was done. Raises BadInput for one the promise cannot have been done on, and
    for an earlier one without a reason.
    """
    if day is None or day == today:
        return today
    undone = [
        each.changed_at
        for each in CommitmentChange.objects.filter(commitment=commitment)
        if each.before["state"] == CommitmentState.DONE and each.after["state"] in OPEN
    ]
    since = max([commitment.created_at, *undone]).astimezone(UTC).date()
    when = "it was last said not to be done" if undone else "the promise was made"
    _checked_done(day, today, since, when)
    if not note:
        raise BadInput(
            "Say why it is told only now; readers see both days, and it counts by the later one.",
            {"note": "is missing"},
        )
    return day


def _checked_done(day: date, today: date, since: date, when: str) -> date:
    if day > today:
        raise BadInput("The day it was done lies in the future.", {"done_on": "is in the future"})
    if day < since:
        raise BadInput(
            f"The day it was done lies before {when}. Give {since.isoformat()} or later.",
            {"done_on": f"is before {since.isoformat()}"},
        )
    _refuse_year(day, "done_on")
    return day


def _backdated(before: dict[str, Any], commitment: Commitment, today: date) -> dict[str, str]:
    """Return for the log the day that was given for what is said to be done only now."""
    done_on = commitment.done_on
    if done_on is None or done_on >= today or before["state"] == CommitmentState.DONE:
        return {}
    return {"done_on": done_on.isoformat()}


def _refuse_past(due: date, today: date) -> None:
    if due < today:
        raise BadInput(
            "The day it is due is over already. Give a day to come, or say that it is done.",
            {"due": "is in the past"},
        )


def _refuse_year(day: date | None, field: str) -> None:
    if day is not None and (problem := year_problem(day)):
        raise BadInput(f"The day {problem}.", {field: problem})
