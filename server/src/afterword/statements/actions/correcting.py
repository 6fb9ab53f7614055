"""Starting a correction: what was wrong, how grave it is, and what is true."""

from datetime import datetime

from django.db import IntegrityError, transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.incidents.models import Incident
from afterword.kit.errors import BadInput, Conflict
from afterword.kit.texts import optional_text, required_text
from afterword.statements import states
from afterword.statements.actions.drafting import write_revision
from afterword.statements.actions.holding import hold, move
from afterword.statements.corrected import MAX_RIGHT, MAX_WROTE, Corrected, first_words
from afterword.statements.models import (
    Amendment,
    Revision,
    Statement,
    StatementKind,
    StatementState,
    Weight,
)
from afterword.statements.texts import MAX_TITLE, tidied


def start_correction(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    corrected: Corrected,
    weight: str,
    right: str,
    wrote: str = "",
) -> Statement:
    """Start a correction of a published text, with revision 1 saying what was wrong and what is.

    ``wrote`` is the passage as readers have it; ``right`` what is true, the passage mended (a
    typo), why the text is withdrawn (a retraction, which quotes nothing), or the incident's new
    title (a title, which quotes nothing either). Where a correction
    of the same publication is under way, it is started over: the words written so far stay as
    revisions, and an approval is void. Raises BadInput for an unknown weight, an empty reason, or
    a passage that nobody published.
    """
    require(actor, "write", page=incident.page_id)
    known = _weight(weight)
    right = required_text(right, field="right", limit=MAX_RIGHT, single_line=False)
    wrote = optional_text(wrote, field="wrote", limit=MAX_WROTE, single_line=False)
    if known in {Weight.TYPO, Weight.FACT} and not wrote:
        raise BadInput("Say what we wrote, word for word.", {"wrote": "is empty"})
    if known == Weight.RETRACTION:
        wrote = ""
    about = {"weight": known, "wrote": wrote, "title": corrected.title, "body": corrected.body}
    if known == Weight.TITLE:
        right = required_text(right, field="right", limit=MAX_TITLE)
        about |= {"wrote": "", "title": incident.title, "body": ""}
    title, body = first_words(corrected, known, about["wrote"], right)
    text = tidied(title[:MAX_TITLE], body)
    with transaction.atomic():
        statement = _statement(incident, corrected.number, now)
        newest = _newest_held(statement)
        number = newest.number if newest else 0
        Amendment.objects.update_or_create(statement=statement, defaults=about)
        if newest is not None:
            move(statement, states.after(states.SAVE, statement.state))
        # A revision of its own even when its words are those before: it is about something else.
        write_revision(
            statement=statement, text=text, number=number + 1, based_on=number, actor=actor, now=now
        )
        record_act(
            actor=actor,
            verb="statements.start_correction",
            subject=f"statement:{statement.public_id}",
            now=now,
            detail={
                "incident": incident.public_id,
                "corrects": corrected.number,
                "weight": known.value,
            },
        )
    return statement


def _weight(weight: str) -> Weight:
    if weight not in Weight.values:
        raise BadInput(
            f"There is no correction of the weight {weight[:40]!r}. "
            f"Choose {', '.join(Weight.values)}.",
            {"weight": "unknown"},
        )
    return Weight(weight)


def _statement(incident: Incident, number: int, now: datetime) -> Statement:
    try:
        with transaction.atomic():
            statement, _ = Statement.objects.exclude(state=StatementState.PUBLISHED).get_or_create(
                incident=incident, kind=StatementKind.CORRECTION, segment="", corrects=number,
                defaults={"created_at": now, "language": incident.page.first_language},
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(
            "Somebody started a correction of the same text at this moment. Open it from the case."
        ) from None
    return statement


def _newest_held(statement: Statement) -> Revision | None:
    if not Revision.objects.filter(statement=statement).exists():
        return None
    return hold(statement)
