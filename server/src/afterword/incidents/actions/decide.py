from datetime import date, datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, may, require
from afterword.audit.actions import record_act
from afterword.incidents.decision import Proposal, is_lowering
from afterword.incidents.models import Decision, Incident, Outcome
from afterword.incidents.queries import pending_decision, proposal_for
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from afterword.kit.texts import optional_text
from afterword.kit.timespans import year_problem

MIN_REASON = 10


def decide_summary(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    outcome: str,
    reason: str = "",
    review_on: date | None = None,
    second_person: Person | None = None,
) -> Decision:
    """Decide whether the public gets a summary, and keep what the table proposed beside it.

    Anyone may tell more than proposed. Telling less needs a reason of 10 characters and a second
    person who may decide; a decision that names one is not in force until they call
    ``confirm_decision``. "none" always needs a reason and a day to look at it again. Raises
    BadInput, NotAllowed, and WrongState while the incident goes on.
    """
    require(actor, "decide", page=incident.page_id)
    if not isinstance(actor, Person):
        raise NotAllowed("A person decides this, by name.")
    if outcome not in Outcome.values:
        raise BadInput(f"{outcome!r} is no outcome.", {"outcome": "summary, short or none"})
    reason = optional_text(reason, field="reason", limit=2000, single_line=False)
    if not incident.is_over:
        raise WrongState("The incident is still open; decide when it is resolved.")
    with transaction.atomic():
        Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
        proposal = proposal_for(incident)
        lowering = is_lowering(outcome, proposal.outcome)
        if lowering:
            _require_second(actor, second_person, proposal, incident.page_id)
        _require_reason(
            outcome=outcome, lowering=lowering, reason=reason, review_on=review_on,
            today=now.date(),
        )  # fmt: skip
        decision = Decision(
            incident=incident,
            outcome=outcome,
            proposed=proposal.outcome,
            row=proposal.row,
            inputs=proposal.inputs,
            reason=reason,
            review_on=review_on,
            decided_by=actor,
            second_person=second_person,
            decided_at=now,
        )
        decision.save(force_insert=True)
        record_act(
            actor=actor, verb="incidents.decide", subject=f"incident:{incident.public_id}",
            now=now,
            detail={
                "outcome": outcome, "proposed": proposal.outcome, "row": proposal.row,
                "second_person": second_person.pk if second_person else None,
            },
        )  # fmt: skip
    return decision


def confirm_decision(*, actor: Actor, now: datetime, decision: Decision) -> Decision:
    """Agree, as the second person named, to a decision; from now on it is in force.

    Once is enough. Raises NotAllowed for anybody else, WrongState when a newer decision was made
    or the table proposes something else by now.
    """
    require(actor, "decide", page=decision.incident.page_id)
    incident = decision.incident
    with transaction.atomic():
        Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
        decision.refresh_from_db()
        if decision.second_person_id is None or decision.second_person_id != actor.id:
            named = decision.second_person
            raise NotAllowed(
                f"Only {named.name} can confirm this; nobody agrees for somebody else."
                if named
                else "This decision names no second person and is in force already."
            )
        if decision.confirmed_at is not None:
            return decision
        pending = pending_decision(incident)
        if pending is None or pending.pk != decision.pk:
            raise WrongState("A newer decision was made meanwhile. Open the decision again.")
        proposal = proposal_for(incident)
        if proposal.outcome != decision.proposed:
            raise WrongState(
                f"The facts changed: the table proposes {Outcome(proposal.outcome).label.lower()} "
                "now. Decide again."
            )
        decision.confirmed_at = now
        decision.save(update_fields=["confirmed_at"])
        record_act(
            actor=actor, verb="incidents.confirm_decision",
            subject=f"incident:{incident.public_id}", now=now,
            detail={"outcome": decision.outcome, "proposed": decision.proposed},
        )  # fmt: skip
    return decision


def _require_second(actor: Person, second: Person | None, proposal: Proposal, page: int) -> None:
    if second is None:
        raise BadInput(
            f"Row {proposal.row} proposes {Outcome(proposal.outcome).label.lower()}: "
            f"{proposal.because} Telling less needs a second person; name them.",
            {"second_person": "is missing"},
        )
    if second.pk == actor.pk:
        raise NotAllowed("The second person must be somebody else than you.")
    if not may(second, "decide", page=page):
        raise NotAllowed(
            f"{second.name} may not decide this; name a writer, a publisher or an administrator."
        )


def _require_reason(
    *, outcome: str, lowering: bool, reason: str, review_on: date | None, today: date
) -> None:
    problems: dict[str, str] = {}
    if (lowering or outcome == Outcome.NONE) and len(reason) < MIN_REASON:
        problems["reason"] = f"needs {MIN_REASON} characters or more"
    if outcome == Outcome.NONE:
        if review_on is None:
            problems["review_on"] = "is missing"
        elif review_on < today:
            problems["review_on"] = "is in the past"
        elif problem := year_problem(review_on):
            problems["review_on"] = problem
    if problems:
        raise BadInput(
            "Saying less needs a reason, and no summary needs a day to look at it again.", problems
        )
