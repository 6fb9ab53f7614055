"""Letting a finding stand, by name and with a reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, may, require
from afterword.audit.actions import record_act
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from afterword.statements import queries, states
from afterword.statements.actions.holding import hold, tidied_comment
from afterword.statements.models import Override, Statement
from afterword.wording.queries import FindingView

MIN_REASON = 10


def override(
    *,
    actor: Actor,
    now: datetime,
    statement: Statement,
    rule: str,
    quote: str,
    reason: str,
    second_person: Person | None = None,
    beside: Sequence[FindingView] = (),
) -> Override:
    """Accept one finding of the newest revision, or of what leaves ``beside`` it (the figures of
    recipients, which rooms above find); it holds while the very quote stands.

    With a second person named it does not count until they call ``confirm_override``. Raises
    BadInput for a reason under 10 characters or a finding that is not there, NotAllowed when the
    rule needs a second person (other than the actor, with the right to override) and none is
    named, WrongState for a published statement.
    """
    require(actor, "override", page=statement.incident.page_id)
    if not isinstance(actor, Person):
        raise NotAllowed("A finding is accepted by a person, by name.")
    reason = tidied_comment(reason)
    if len(reason) < MIN_REASON:
        raise BadInput(
            f"Give the reason in at least {MIN_REASON} characters; it is kept with the text.",
            {"reason": "too short"},
        )
    with transaction.atomic():
        newest = hold(statement)
        states.after(states.OVERRIDE, statement.state)
        all_of_them = (*queries.findings(statement).findings, *beside)
        found = [f for f in all_of_them if (f.rule, f.quote) == (rule, quote)]
        if not found:
            raise BadInput(
                f"Revision {newest.number} has no finding {rule[:20]} on these words. "
                "Check it again; the text or the record may have changed.",
                {"quote": "no such finding"},
            )
        needs_two = any(f.needs_two for f in found)
        _check_second(
            actor, second_person, rule, needs_two=needs_two, page=statement.incident.page_id
        )
        message = found[0].message
        accepted = Override.objects.create(
            statement=statement,
            rule=rule,
            quote=quote,
            message=message,
            occurrences=sum(f.message == message for f in found),
            reason=reason,
            accepted_by=actor,
            second_person=second_person,
            accepted_at=now,
        )
        record_act(
            actor=actor,
            verb="statements.override",
            subject=f"statement:{statement.public_id}",
            now=now,
            detail={
                "rule": rule,
                "revision": newest.number,
                "override": accepted.pk,
                "second_person": second_person.pk if second_person else None,
            },
        )
    return accepted


def confirm_override(
    *, actor: Actor, now: datetime, override: Override, beside: Sequence[FindingView] = ()
) -> Override:
    """Agree, as the second person named, to let the finding stand; from now on it counts.

    Once is enough. Raises NotAllowed for anybody else, WrongState for a published statement or
    when the text or the record moved on from what was accepted.
    """
    require(actor, "override", page=override.statement.incident.page_id)
    statement = override.statement
    with transaction.atomic():
        hold(statement)
        override.refresh_from_db()
        if override.second_person_id is None or override.second_person_id != actor.id:
            named = override.second_person
            raise NotAllowed(
                f"Only {named.name} can confirm this; nobody agrees for somebody else."
                if named
                else "This acceptance names no second person and counts already."
            )
        if override.confirmed_at is not None:
            return override
        states.after(states.OVERRIDE, statement.state)
        checked = queries.findings(statement)
        checked = replace(checked, findings=(*checked.findings, *beside))
        if override.pk not in {o.pk for o in queries.overrides_waiting(statement, checked)}:
            raise WrongState(
                f"{override.rule} no longer stands on these words as it was accepted: the text or "
                "the record changed. Accept what is found now."
            )
        override.confirmed_at = now
        override.save(update_fields=["confirmed_at"])
        record_act(
            actor=actor,
            verb="statements.confirm_override",
            subject=f"statement:{statement.public_id}",
            now=now,
            detail={"rule": override.rule, "override": override.pk},
        )
    return override


def _check_second(
    actor: Person, second: Person | None, rule: str, *, needs_two: bool, page: int
) -> None:
    if second is None:
        if needs_two:
            raise NotAllowed(
                f"{rule} is let through by two people only. Name the second: somebody else with "
                "the role Reviewer or Publisher."
            )
        return
    if second.pk == actor.pk:
        raise NotAllowed("The second person must be somebody other than you.")
    if not may(second, "override", page=page):
        raise NotAllowed(
            f"{second.name} may not let findings through. Name somebody with the role Reviewer "
            "or Publisher."
        )
